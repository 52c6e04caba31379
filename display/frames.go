package display

import (
	"encoding/json"
	"fmt"
	"time"

	"layso/kiosk"
)

type helloFrame struct {
	Type  string `json:"type"`
	Epoch string `json:"epoch"`
	Build string `json:"build"`
	View  View   `json:"view"`
	Now   string `json:"now"`
	// Zone is the counters whose calls a display shows; empty: all. Other screens are told none.
	Zone []string `json:"zone,omitzero"`
}

type snapshotFrame struct {
	Type     string                 `json:"type"`
	Seq      uint64                 `json:"seq"`
	Hall     kiosk.HallStatus       `json:"hall"`
	Printers *[]kiosk.PrinterStatus `json:"printers,omitempty"`
}

type printersFrame struct {
	Type     string                `json:"type"`
	Printers []kiosk.PrinterStatus `json:"printers"`
}

type heartbeatFrame struct {
	Type  string `json:"type"`
	Seq   uint64 `json:"seq"`
	Build string `json:"build"`
	Now   string `json:"now"`
}

type countsService struct {
	ID      string      `json:"id"`
	Waiting int         `json:"waiting"`
	Ahead   int         `json:"ahead"`
	Open    bool        `json:"open"`
	Reason  string      `json:"reason,omitempty"`
	OpensAt string      `json:"opens_at,omitempty"`
	Wait    kiosk.Range `json:"wait"`
}

type countsCounter struct {
	ID    string            `json:"id"`
	State kiosk.CounterMode `json:"state"`
	Now   *string           `json:"now"`
}

type countsBodyFrame struct {
	Open      bool                   `json:"open"`
	OpensAt   string                 `json:"opens_at,omitempty"`
	ClosesAt  string                 `json:"closes_at,omitempty"`
	ClosedDay *kiosk.ClosedDayStatus `json:"closed_day,omitempty"`
	Clock     string                 `json:"clock"`
	Services  []countsService        `json:"services"`
	Counters  []countsCounter        `json:"counters"`
}

// stamp gives a time as the contract has it, in the hall's zone.
func stamp(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02T15:04:05.000Z07:00")
}

// plain is a frame without an offset of its own. With a seq it tells how things stood at that
// event; a client that knows better does not get it.
type plain struct {
	seq uint64
	msg message
}

func newPlain(seq uint64, v any) (plain, error) {
	msg, err := encoded(v)
	return plain{seq, msg}, err
}

func (f plain) deliver(c *client) error {
	if f.seq > 0 && f.seq < c.seen.Load() {
		return nil
	}
	return c.send(f.msg)
}

// snapshot is how the hall stood at an event; the stream goes on from there.
type snapshot struct{ plain }

// snapshot makes one for a view; a display with a zone gets the calls of its zone.
func (h *Hub) snapshot(view *kiosk.View, v View, zone []string) (snapshot, error) {
	f := snapshotFrame{Type: "snapshot", Seq: view.Seq(), Hall: view.Hall(h.opts.Now(), h.opts.Hall.Forecast())}
	f.Hall.Demo = h.opts.Demo
	if v == Public && len(zone) > 0 {
		f.Hall.RecentCalls = view.CallsOf(zone)
	}
	if v != Public {
		printers := []kiosk.PrinterStatus{}
		if h.opts.Printers != nil {
			printers = h.opts.Printers()
		}
		f.Printers = &printers
	}
	p, err := newPlain(view.Seq(), f)
	return snapshot{p}, err
}

func (f snapshot) deliver(c *client) error {
	if f.seq < c.seen.Load() {
		return nil
	}
	c.wrote(f.seq)
	return c.send(f.msg)
}

// pulse is a heartbeat. The ping beside it makes a screen's network stack answer, so that a dead
// one is noticed although it swallows frames for a long time.
type pulse struct{ plain }

func (h *Hub) beat(seq uint64) pulse {
	zone := h.opts.Hall.View().Location()
	p, err := newPlain(0, heartbeatFrame{"heartbeat", seq, h.opts.Build, stamp(h.opts.Now(), zone)})
	if err != nil {
		h.opts.Log.Error("no heartbeat", "err", err) // of four plain fields: can't happen
	}
	return pulse{p}
}

func (f pulse) deliver(c *client) error {
	if err := c.send(f.msg); err != nil {
		return err
	}
	return c.send(ping)
}

// countsBody is hall.counts without its head, to be compared with the one before.
func countsBody(view *kiosk.View, now time.Time, f *kiosk.Forecast) []byte {
	hall := view.Hall(now, f)
	b := countsBodyFrame{
		Open: hall.Open, OpensAt: moment(hall.OpensAt), ClosesAt: moment(hall.ClosesAt), ClosedDay: hall.ClosedDay, Clock: hall.Clock,
		Services: []countsService{}, Counters: []countsCounter{},
	}
	for _, s := range hall.Services {
		b.Services = append(b.Services, countsService{s.ID, s.Waiting, s.Ahead, s.Open, s.Reason, moment(s.OpensAt), s.Wait})
	}
	for _, c := range hall.Counters {
		b.Counters = append(b.Counters, countsCounter{c.ID, c.State, c.Now})
	}
	data, err := json.Marshal(b)
	if err != nil {
		return nil // of strings and numbers: can't happen
	}
	return data
}

// moment writes a time that the hall may not know.
func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.RFC3339)
}

// countsFrame gives hall.counts. It has no offset of its own: seq says how fresh it is.
func countsFrame(seq uint64, body []byte) plain {
	return plain{seq, newMessage(fmt.Appendf(nil, `{"type":"hall.counts","seq":%d,%s`, seq, body[1:]))}
}
