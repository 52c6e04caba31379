package web

import (
	"time"

	"layso/kiosk"
)

// lostAfter is how long a display may be silent, or owe what it was told, before somebody has to go and look. A
// display answers every 10 s and is back within 11 s of a cut.
const lostAfter = 30 * time.Second

// Why a display is lost.
const (
	lostGone   = "gone"   // it was there today, and is not
	lostFrozen = "frozen" // it is connected and does not show what it is told
)

// Display is a paired display as the staff sees it.
type Display struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Counters  []string   `json:"counters"` // its zone: ids of the counters whose calls it shows; empty: all
	Connected bool       `json:"connected"`
	Since     *time.Time `json:"since"`      // connected; null: it is not
	SeenAt    *time.Time `json:"seen_at"`    // when it was last heard of; null: not since the server began
	Behind    *uint64    `json:"behind"`     // seqs that it has still to show; null: it said nothing
	Sound     string     `json:"sound"`      // on, starting, suspended, failed, off or unknown
	Lost      string     `json:"lost"`       // gone, frozen or empty
	LostSince *time.Time `json:"lost_since"` // null: it is not
}

// sounds are the states of a display's voice as the staff is told them. Suspended: its browser wants a touch.
var soundOf = map[string]string{"on": "on", "trying": "starting", "blocked": "suspended", "failed": "failed", "muted": "off", "off": "off"}

// Displays gives the paired displays in order of their ids.
func (s *Server) Displays() []Display {
	screens := map[string]Screen{}
	if s.Screens != nil {
		for _, x := range s.Screens() {
			// The longest connected one comes first; after a cut it may be the one that is not noticed to be dead.
			if old, ok := screens[x.Device]; x.View == "public" && (!ok || x.Silent < old.Silent) {
				screens[x.Device] = x
			}
		}
	}
	v, out := s.Hall.View(), []Display{}
	working := s.working(v)
	for _, d := range s.devices.all() {
		if d.Kind != deviceDisplay {
			continue
		}
		x, known := screens[d.ID]
		row := s.display(d, x, known)
		if working {
			row.Lost, row.LostSince = s.lost(d, x, known)
		}
		out = append(out, row)
	}
	return out
}

func (s *Server) display(d *device, x Screen, known bool) Display {
	row := Display{ID: d.ID, Name: d.Name, Counters: append([]string{}, d.Counters...), Connected: x.Connected, Sound: "unknown"}
	if !known {
		return row
	}
	zone := s.Hall.View().Location()
	seen := s.Now().Add(-x.Silent).In(zone).Truncate(time.Second)
	row.SeenAt = &seen
	if !x.Connected {
		return row
	}
	since := x.Since.In(zone)
	row.Since = &since
	if x.Acked > 0 {
		row.Behind = &x.Behind
	}
	if sound, ok := soundOf[x.Voice]; ok {
		row.Sound = sound
	}
	return row
}

// lost says whether somebody has to look after a display that was there today, and since when.
func (s *Server) lost(d *device, x Screen, known bool) (string, *time.Time) {
	since, why := s.steadySince(), lostGone
	if known {
		since = x.Silent
		if x.Connected && x.Silent <= lostAfter {
			since, why = x.Owes, lostFrozen
			if x.Acked == 0 {
				return "", nil // a page that does not tell what it shows
			}
		}
	} else if d.SeenOn != s.Hall.View().Day() {
		return "", nil
	}
	if since <= lostAfter {
		return "", nil
	}
	at := s.Now().Add(-since).In(s.Hall.View().Location()).Truncate(time.Second)
	if why == lostGone && d.SeenOn != s.Hall.View().Day() && at.Format(time.DateOnly) != s.Hall.View().Day() {
		return "", nil // it was not there today
	}
	return why, &at
}

// working reports whether anybody looks at displays: the hall is open, or a counter still is.
func (s *Server) working(v *kiosk.View) bool {
	if open, _ := v.Door(s.Now()); open {
		return true
	}
	for _, c := range v.Counters() {
		if c.State != kiosk.CounterIsClosed {
			return true
		}
	}
	return false
}

// steadySince is for how long the server has run.
func (s *Server) steadySince() time.Duration { return s.Steady().Sub(s.begun) }

// displaysStatus answers who looks after the displays.
type displaysStatus struct {
	Paired []Display `json:"paired"`
	Others int       `json:"others"` // connected ones that are not paired
}

func getDisplays(c *call) error { return c.json(200, c.displays()) }

func (c *call) displays() displaysStatus {
	out := displaysStatus{Paired: c.Server.Displays()}
	if c.Screens == nil {
		return out
	}
	paired := map[string]bool{}
	for _, d := range c.devices.all() {
		paired[d.ID] = d.Kind != deviceKiosk // a counter's screen follows the hall, and is no display
	}
	for _, x := range c.Screens() {
		if x.View == "public" && x.Connected && !paired[x.Device] {
			out.Others++
		}
	}
	return out
}

// saw notes, once a business day, that a display follows the hall: a restart of the server must not make it
// forgotten.
func (d *devices) saw(id, day string) error {
	for _, x := range d.all() {
		if x.ID != id || x.SeenOn == day {
			continue
		}
		_, err := d.change(id, func(x *device) error {
			x.SeenOn = day
			return nil
		})
		return err
	}
	return nil
}
