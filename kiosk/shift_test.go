package kiosk_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// shift is a whole day of a drawn hall: citizens come, counters serve, nobody decides but the policy. The
// property tests watch it event by event. With disorder clerks also hold, transfer and miss people.
type shift struct {
	*rapid.T
	hall     *kiosk.Hall
	log      []kiosk.Event
	now      time.Time
	visits   []visit
	busy     map[string]time.Time // counter -> end of the service
	work     map[string]int       // token -> seconds of service
	disorder bool
	watch    func(kiosk.Event) // after each event, which the hall contains by then
	settled  func()            // once the idle counters have called whom they can
}

// visit is a citizen who comes: to take a number, or with an appointment.
type visit struct {
	at, work          int // seconds after the day's begin; of service
	service, priority string
	route             []string
	slot              int    // seconds after the day's begin, 0 without an appointment
	token             string // of the ticket
}

// dawn is a Tuesday, 08:00 in the hall.
var dawn = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

func after(seconds int) time.Time { return dawn.Add(time.Duration(seconds) * time.Second) }

// drawHall makes a hall of up to three services and four counters, each of which owns some of them and
// assists with others; every service is owned by a counter. Single has one pool of equal counters.
func drawHall(r *rapid.T, single bool) *kiosk.Setup {
	s := testSetup()
	s.Services, s.Counters = nil, nil
	s.Priorities = append(s.Priorities, kiosk.Priority{ID: "child", Name: kiosk.Text{VI: "Trẻ nhỏ"}, CreditS: 600})
	services := 1
	if !single {
		services += dice(r, "services", 3)
	}
	for i := range services {
		s.Services = append(s.Services, kiosk.Service{
			ID: fmt.Sprint("s", i), Name: kiosk.Text{VI: "x"}, Prefix: string(rune('A' + i)), MeanS: 600, Slots: &kiosk.Slots{Capacity: 9},
		})
	}
	for i := range 1 + dice(r, "counters", 4) {
		c := kiosk.Counter{ID: fmt.Sprint(i + 1), Name: kiosk.Text{VI: "x"}, Services: []string{s.Services[i%services].ID}}
		for _, x := range s.Services {
			if slices.Contains(c.Services, x.ID) {
				continue
			}
			switch dice(r, "skill", 4) {
			case 0:
				c.Services = append(c.Services, x.ID)
			case 1, 2:
				c.Assist = append(c.Assist, x.ID)
			}
		}
		s.Counters = append(s.Counters, c)
	}
	if n := len(s.Counters); n < services { // the last one has what nobody else has
		for _, x := range s.Services[n:] {
			c := &s.Counters[n-1]
			c.Assist = slices.DeleteFunc(c.Assist, func(id string) bool { return id == x.ID })
			if !slices.Contains(c.Services, x.ID) {
				c.Services = append(c.Services, x.ID)
			}
		}
	}
	return s
}

// drawVisits makes the citizens of the day, in order of their coming. With rich, some have an
// appointment and some go on to other services.
func drawVisits(r *rapid.T, s *kiosk.Setup, rich bool) []visit {
	var out []visit
	at := 0
	for range pick(r, "visits", 5, 20, 50) {
		at += pick(r, "gap", 0, 20, 60, 120, 300, 900)
		v := visit{at: at, work: pick(r, "work", 60, 200, 500, 1500), token: kiosk.NewToken()}
		v.service = pick(r, "service", s.Services...).ID
		v.priority = pick(r, "priority", "", "", "", "elderly", "child")
		if rich && dice(r, "booked", 5) == 0 {
			v.slot = (1 + dice(r, "slot", 6)) * 1800
			v.at = v.slot + pick(r, "offset", -1200, -600, 0, 300, 600, 601, 1500)
		} else if rich && dice(r, "route", 4) == 0 {
			for _, x := range s.Services {
				if x.ID != v.service {
					v.route = append(v.route, x.ID)
				}
			}
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b visit) int { return a.at - b.at })
	return out
}

// begin opens the hall and all its counters, and makes the appointments.
func begin(r *rapid.T, s *kiosk.Setup, visits []visit) *shift {
	d := &shift{T: r, hall: kiosk.NewHall(), now: dawn, visits: visits, busy: map[string]time.Time{}, work: map[string]int{}}
	d.fold(d.hall.DecideDay(s, d.now))
	for _, c := range s.Counters {
		d.do(kiosk.OpenCounter{Operator: at(c.ID)})
	}
	for i, v := range visits {
		if v.slot > 0 {
			d.do(kiosk.Book{Service: v.service, Slot: after(v.slot), Token: "booked " + v.token, Codes: []string{fmt.Sprintf("%06d", i)}})
		}
	}
	return d
}

func (d *shift) do(cmd kiosk.Command) kiosk.Decision {
	dec, err := d.hall.Decide(cmd, d.now)
	if err != nil {
		d.Fatalf("%#v: %v", cmd, err)
	}
	d.fold(dec.Events)
	return dec
}

func (d *shift) fold(events []kiosk.Event) {
	for _, e := range events {
		e.Seq = d.hall.Seq() + 1
		d.hall.Apply(e)
		d.log = append(d.log, e)
		if d.watch != nil {
			d.watch(e)
		}
	}
}

// run plays the day until everybody has come and nobody can be served any more.
func (d *shift) run() {
	for next := 0; ; {
		counter, end := d.soonest()
		switch {
		case next < len(d.visits) && (counter == "" || after(d.visits[next].at).Before(end)):
			d.now = after(d.visits[next].at)
			d.come(d.visits[next])
			next++
		case counter != "":
			d.now = end
			d.end(counter)
		default:
			return
		}
		d.dispatch()
		if d.settled != nil {
			d.settled()
		}
	}
}

func (d *shift) soonest() (counter string, end time.Time) {
	for _, c := range d.hall.Setup().Counters {
		if t, ok := d.busy[c.ID]; ok && (counter == "" || t.Before(end)) {
			counter, end = c.ID, t
		}
	}
	return counter, end
}

func (d *shift) come(v visit) {
	d.work[v.token] = v.work
	if v.slot > 0 {
		d.do(kiosk.CheckIn{Appointment: "booked " + v.token, Token: v.token, Priority: v.priority})
		return
	}
	d.do(kiosk.Take{Service: v.service, Priority: v.priority, Route: v.route, Token: v.token})
}

// end ends the service at a counter: it calls the next one in the same step, or, with disorder, does
// something else with the ticket.
func (d *shift) end(counter string) {
	delete(d.busy, counter)
	o := at(counter)
	seat, _ := d.hall.Counter(counter)
	if d.disorder {
		switch dice(d.T, "end", 12) {
		case 0:
			d.do(kiosk.MarkNoShow{Operator: o})
			return
		case 1:
			d.do(kiosk.Hold{Operator: o})
			return
		case 2:
			d.do(kiosk.Transfer{Operator: o, Service: pick(d.T, "to", d.hall.Setup().Services...).ID})
			return
		case 3:
			d.do(kiosk.Finish{Operator: o})
			d.do(kiosk.Undo{Operator: o})
			d.serve(counter)
			return
		case 4:
			d.comeBack()
		}
	}
	o.For = d.hall.Ticket(seat.InHand).Service
	d.do(kiosk.Next{Operator: o, Finish: seat.InHand})
	d.serve(counter)
}

// comeBack brings everybody back who missed a call or is on hold.
func (d *shift) comeBack() {
	for t := range d.hall.Tickets() {
		if t.State == kiosk.NoShow || t.State == kiosk.Held {
			d.do(kiosk.Return{Token: t.Token})
		}
	}
}

// serve keeps the counter busy with its ticket.
func (d *shift) serve(counter string) {
	if seat, _ := d.hall.Counter(counter); seat.InHand != "" {
		d.busy[counter] = d.now.Add(time.Duration(d.work[seat.InHand]) * time.Second)
	}
}

// dispatch lets idle counters call whom the hints say, one after another: there is always one whose Next
// gives the ticket that its hint names.
func (d *shift) dispatch() {
	for hints := d.hall.Hints(d.now); len(hints) > 0; hints = d.hall.Hints(d.now) {
		counter := ""
		for id, t := range hints {
			dec, err := d.hall.Decide(kiosk.Next{Operator: at(id)}, d.now)
			if err == nil && dec.Token == t.Token {
				counter = max(counter, id)
			}
		}
		if counter == "" {
			d.Fatalf("no counter would call the ticket of its hint: %v", hints)
		}
		d.do(kiosk.Next{Operator: at(counter)})
		d.serve(counter)
	}
}

// mayCall reports whether the counter's skills and the ticket's binding let it call the ticket, which
// waits and whose time has come.
func (d *shift) mayCall(counter string, t *kiosk.Ticket) bool {
	c := d.hall.Setup().Counter(counter)
	switch {
	case t.State != kiosk.Waiting || !t.Slot.IsZero() && d.now.Before(t.Slot.Add(-5*time.Minute)):
		return false
	case t.Counter != "":
		return t.Counter == counter
	}
	return slices.Contains(c.Services, t.Service) || slices.Contains(c.Assist, t.Service)
}
