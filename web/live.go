package web

import (
	"sync"
	"time"

	"layso/kiosk"
)

// liveStatus is the hall as its manager sees it beside [kiosk.HallStatus]: who does what, and since when.
type liveStatus struct {
	Seq         uint64        `json:"seq"`
	Now         time.Time     `json:"now"`
	BusinessDay string        `json:"business_day"`
	Counters    []liveCounter `json:"counters"`
	Waiting     []liveWaiting `json:"waiting"` // in calling order
	Held        int           `json:"held"`    // tickets on hold
	Help        []helpStatus  `json:"help"`    // who asks for the manager, who asked first at the front
	Today       todayStatus   `json:"today"`   // what the business day has come to so far
	Users       []liveUser    `json:"users"`
}

type liveCounter struct {
	ID       string            `json:"id"`
	State    kiosk.CounterMode `json:"state"`
	User     string            `json:"user"` // empty: nobody sits there
	UserName string            `json:"user_name"`
	Reason   string            `json:"reason"` // of the pause
	Since    *time.Time        `json:"since"`  // of the state; null: not since the day began
	Services []string          `json:"services"`
	Assist   []string          `json:"assist"`
	Ticket   *liveTicket       `json:"ticket"` // in hand
	Idle     *time.Time        `json:"idle"`   // since when the open counter has had no ticket in hand; null: it has one, or is not open
}

// liveTicket is a ticket in hand.
type liveTicket struct {
	Number   string    `json:"number"`
	Service  string    `json:"service"`
	CalledAt time.Time `json:"called_at"`
}

// liveWaiting is somebody who waits.
type liveWaiting struct {
	Token     string     `json:"token"`
	Number    string     `json:"number"`
	Service   string     `json:"service"`
	Priority  string     `json:"priority"` // reason id, or empty
	Confirmed bool       `json:"confirmed"`
	Counter   string     `json:"counter"` // the only one that may call it, or empty
	Since     time.Time  `json:"since"`   // he waits: since he took the number, or since his appointment's slot where that is later
	Slot      *time.Time `json:"slot,omitempty"`
	Undated   bool       `json:"undated"` // nobody knew the time then
}

type todayStatus struct {
	Day string `json:"day"`
	kiosk.Sums
}

type liveUser struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func getLive(c *call) error {
	v := c.Hall.View()
	sums, err := c.today.sums(v, c.History)
	if err != nil {
		return unavailable(err)
	}
	out := liveStatus{
		Seq: v.Seq(), Now: c.Now().In(v.Location()), BusinessDay: v.Day(), Counters: []liveCounter{}, Waiting: []liveWaiting{},
		Held: len(v.Held()), Help: helps(v), Today: todayStatus{v.Day(), sums}, Users: []liveUser{},
	}
	for _, x := range v.Counters() {
		out.Counters = append(out.Counters, counterNow(v, x))
	}
	for _, t := range v.Waiting() {
		out.Waiting = append(out.Waiting, waitingNow(v, t))
	}
	for _, u := range v.Setup().Users {
		out.Users = append(out.Users, liveUser{u.ID, u.Name})
	}
	return c.json(200, out)
}

func counterNow(v *kiosk.View, x kiosk.CounterState) liveCounter {
	out := liveCounter{ID: x.ID, State: x.State, User: x.User, UserName: userName(v, x.User), Reason: x.Reason, Services: []string{}, Assist: []string{}}
	if s := v.Setup().Counter(x.ID); s != nil {
		out.Services, out.Assist = append(out.Services, s.Services...), append(out.Assist, s.Assist...)
	}
	if !x.Since.IsZero() {
		since := x.Since.In(v.Location())
		out.Since = &since
	}
	if idle := x.IdleSince(); !idle.IsZero() {
		idle = idle.In(v.Location())
		out.Idle = &idle
	}
	if t := v.Ticket(x.InHand); t != nil {
		out.Ticket = &liveTicket{t.Number, t.Service, t.CalledAt.In(v.Location())}
	}
	return out
}

func waitingNow(v *kiosk.View, t *kiosk.Ticket) liveWaiting {
	out := liveWaiting{
		Token: t.Token, Number: t.Number, Service: t.Service, Priority: t.Priority, Confirmed: t.Confirmed, Counter: t.Counter,
		Since: t.IssuedAt.In(v.Location()), Undated: t.Undated,
	}
	if !t.Slot.IsZero() {
		slot := t.Slot.In(v.Location())
		if out.Slot = &slot; slot.After(out.Since) {
			out.Since = slot
		}
	}
	return out
}

// today adds the open business day up as it goes on: each event is read once.
type today struct {
	mu    sync.Mutex
	first uint64 // of the day that is added up
	seq   uint64 // up to here
	tally kiosk.Tally
}

// todayPage is how many events are read at a time.
const todayPage = 1000

// sums is what the day of the view has come to; events that the view does not have yet may count already.
func (t *today) sums(v *kiosk.View, log History) (kiosk.Sums, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if first := v.DayFirst(); first > t.first {
		t.first, t.seq, t.tally = first, first-1, kiosk.Tally{}
	}
	for t.first > 0 && t.seq < v.Seq() {
		events, err := log.Since(t.seq, todayPage)
		if err != nil {
			return kiosk.Sums{}, err
		}
		if len(events) == 0 {
			break // what is published stands in the log; this one was read anew meanwhile
		}
		for i := range events {
			if events[i].Type == kiosk.DayOpened && events[i].Seq > t.first {
				t.first, t.tally = events[i].Seq, kiosk.Tally{}
			}
			t.tally.Add(&events[i])
		}
		t.seq = events[len(events)-1].Seq
	}
	return t.tally.Totals().Sums, nil
}
