package kiosk_test

import (
	"cmp"
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// The guarantees of the order of calling (facts: "Property tests", 1 to 9), each as a test over random
// days. They know the keys only from the rule "time of issue less credit", not from the package.

// ages is what a test knows of every ticket of the day.
type ages struct {
	base, key map[string]int64 // token -> Unix ms: of issue or slot; and less the credit
	credit    map[string]int64 // ms
	class     map[string]string
	returned  map[string]bool
}

func newAges() *ages {
	return &ages{map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]string{}, map[string]bool{}}
}

// note takes in an event.
func (a *ages) note(e kiosk.Event, setup *kiosk.Setup) {
	ms, id := e.At.UnixMilli(), e.Ticket
	switch e.Type {
	case kiosk.TicketTaken:
		credit := int64(0)
		if p := setup.Priority(e.Priority); p != nil {
			credit = int64(p.CreditS) * 1000
		}
		if e.Appointment != "" {
			credit = max(credit, 600_000)
		}
		if e.Slot != nil {
			ms, credit = max(ms, e.Slot.UnixMilli()), max(credit, 1_800_000)
		}
		a.base[id], a.credit[id], a.key[id] = ms, credit, ms-credit
		a.class[id] = e.Priority
		if e.Appointment != "" {
			a.class[id] = "with an appointment"
		}
	case kiosk.TicketReturned:
		a.key[id], a.returned[id] = max(a.key[id], ms-600_000), true
	}
}

// rival is called for each pair of a ticket that the policy calls and one of the same service that waits
// and that the counter may call as well.
func rivals(r *rapid.T, disorder bool, rival func(d *shift, a *ages, called, waiting *kiosk.Ticket)) {
	setup := drawHall(r, false)
	d := begin(r, setup, drawVisits(r, setup, true))
	d.disorder = disorder
	a := newAges()
	d.watch = func(e kiosk.Event) {
		a.note(e, setup)
		if e.Type != kiosk.TicketCalled || e.From != kiosk.Waiting {
			return
		}
		called := d.hall.Ticket(e.Ticket)
		for t := range d.hall.Tickets() {
			if t.Service == called.Service && d.mayCall(e.Counter, t) {
				rival(d, a, called, t)
			}
		}
	}
	d.run()
}

func TestProperty1ReplayOfTheLogGivesIdenticalCalls(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, false)
		d := begin(r, setup, drawVisits(r, setup, true))
		d.disorder = true
		d.run()
		again := kiosk.NewHall()
		for i, e := range d.log {
			e = throughJSON(r, e)
			if e.Type == kiosk.TicketCalled {
				if token, err := replayed(again, d.log[:i], e); err != nil || token != e.Ticket {
					r.Fatalf("event %d called %s, its replay %q (%v)", e.Seq, e.Number, token, err)
				}
			}
			again.Apply(e)
		}
		if dump(again.Snapshot()) != dump(d.hall.Snapshot()) {
			r.Fatal("the replay ends in another hall")
		}
	})
}

// replayed asks the hall that the log up to the call gives whom the counter calls. A call that finished
// another ticket in the same step is asked for from before that.
func replayed(h *kiosk.Hall, log []kiosk.Event, e kiosk.Event) (string, error) {
	o := at(e.Counter)
	if e.After != "" {
		done := log[len(log)-1]
		o.For = cmp.Or(done.FromService, done.Service)
		h = kiosk.NewHall()
		for _, x := range log[:len(log)-1] {
			h.Apply(x)
		}
	}
	dec, err := h.Decide(kiosk.Next{Operator: o, Finish: e.After}, e.At)
	return dec.Token, err
}

func throughJSON(r *rapid.T, e kiosk.Event) (back kiosk.Event) {
	b, err := json.Marshal(e)
	if err == nil {
		err = json.Unmarshal(b, &back)
	}
	if err != nil {
		r.Fatal(err)
	}
	return back
}

func TestProperty2TheOrderOfTwoTicketsNeverChanges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rivals(r, true, func(_ *shift, a *ages, called, waiting *kiosk.Ticket) {
			x, y := a.key[called.Token], a.key[waiting.Token]
			if x > y || x == y && called.Seq > waiting.Seq {
				r.Fatalf("%s was called while %s waited, which comes before it", called.Number, waiting.Number)
			}
		})
	})
}

func TestProperty3NobodyLateOvertakes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rivals(r, true, func(_ *shift, a *ages, called, waiting *kiosk.Ticket) {
			x, y := called.Token, waiting.Token
			if head := max(0, a.credit[x]-a.credit[y]); !a.returned[y] && a.base[x]-a.base[y] > head {
				r.Fatalf("%s came %d s after %s and overtook it, with %d s more credit", called.Number, (a.base[x]-a.base[y])/1000, waiting.Number, head/1000)
			}
		})
	})
}

func TestProperty4FirstComeFirstServedWithinAClass(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rivals(r, true, func(_ *shift, a *ages, called, waiting *kiosk.Ticket) {
			x, y := called.Token, waiting.Token
			if a.class[x] == a.class[y] && a.class[x] != "with an appointment" && !a.returned[y] && called.Seq > waiting.Seq {
				r.Fatalf("%s was called before %s of the same class", called.Number, waiting.Number)
			}
		})
	})
}

func TestProperty5NoCounterIdlesThatCanServeSomebody(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, false)
		d := begin(r, setup, drawVisits(r, setup, true))
		d.disorder = rapid.Bool().Draw(r, "disorder")
		idle := func() {
			for _, c := range d.hall.Counters() {
				for _, w := range d.hall.Waiting() {
					skills := setup.Counter(c.ID)
					serves := w.Counter == c.ID || w.Counter == "" && contains(w.Service, skills.Services, skills.Assist)
					if c.InHand == "" && serves {
						r.Fatalf("counter %s idles at %s while %s waits", c.ID, d.now, w.Number)
					}
				}
			}
		}
		d.settled = idle
		d.run()
	})
}

func contains(id string, lists ...[]string) bool {
	for _, list := range lists {
		for _, x := range list {
			if x == id {
				return true
			}
		}
	}
	return false
}

func TestProperty6EveryDayEnds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, false)
		d := begin(r, setup, drawVisits(r, setup, true))
		d.run()
		for x := range d.hall.Tickets() {
			if x.State != kiosk.Finished || len(x.Route) > 0 {
				r.Fatalf("%s is %s at the end, with %q before it", x.Number, x.State, x.Route)
			}
		}
		if d.hall.Count() != len(d.visits) {
			r.Fatalf("%d tickets of %d", d.hall.Count(), len(d.visits))
		}
	})
}

// backward are the events after which a ticket may stand before others again, as it came earlier.
var backward = map[kiosk.EventType]bool{kiosk.TicketContinued: true, kiosk.TicketTransferred: true, kiosk.TicketReturned: true}

func TestProperty7PeopleAheadDoNotBecomeMore(t *testing.T) {
	const window = 1800_000 // the largest credit
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, false)
		d := begin(r, setup, drawVisits(r, setup, true))
		d.disorder = rapid.Bool().Draw(r, "disorder")
		a, ahead := newAges(), map[string]int{}
		d.watch = func(e kiosk.Event) {
			a.note(e, setup)
			for _, w := range d.hall.Waiting() {
				n, before := d.hall.Ahead(w), ahead[w.Token]
				open := a.key[w.Token]+window >= e.At.UnixMilli() // somebody may come who counts as older
				if n > before && !open && !backward[e.Type] && e.Ticket != w.Token {
					r.Fatalf("%s has %d people ahead instead of %d since %s of %s", w.Number, n, before, e.Type, e.Number)
				}
				ahead[w.Token] = n
			}
		}
		d.run()
	})
}

func TestProperty8ComingBackOrBeingSentOnGainsNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, false)
		d := begin(r, setup, drawVisits(r, setup, true))
		d.disorder = true
		a, key := newAges(), map[string]int64{}
		d.watch = func(e kiosk.Event) {
			a.note(e, setup)
			x := d.hall.Ticket(e.Ticket)
			if x == nil {
				return
			}
			if old, ok := key[x.Token]; ok && x.Key() < old {
				r.Fatalf("%s gained %d s by %s", x.Number, (old-x.Key())/1000, e.Type)
			}
			if x.Key() != a.key[x.Token] {
				r.Fatalf("%s stands at %d after %s, not at %d", x.Number, x.Key(), e.Type, a.key[x.Token])
			}
			key[x.Token] = x.Key()
		}
		d.run()
	})
}

func TestProperty9ALaterRegularTicketDelaysNobodyBefore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		setup := drawHall(r, true)
		visits := drawVisits(r, setup, false)
		i := dice(r, "where", len(visits))
		extra := visit{at: visits[i].at, work: 1500, service: "s0", token: kiosk.NewToken()}
		more := append(append(append([]visit{}, visits[:i+1]...), extra), visits[i+1:]...)
		with, without := starts(r, setup, more), starts(r, setup, visits)
		for k, v := range visits {
			earlier := without[v.token].Before(with[extra.token])
			if (k <= i || earlier) && !with[v.token].Equal(without[v.token]) {
				r.Fatalf("visit %d starts at %s instead of %s because of a later ticket", k, with[v.token], without[v.token])
			}
		}
	})
}

// starts gives the first call of every ticket of a day.
func starts(r *rapid.T, setup *kiosk.Setup, visits []visit) map[string]time.Time {
	d := begin(r, setup, visits)
	out := map[string]time.Time{}
	d.watch = func(e kiosk.Event) {
		if e.Type == kiosk.TicketCalled {
			out[e.Ticket] = e.At
		}
	}
	d.run()
	return out
}
