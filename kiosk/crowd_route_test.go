package kiosk_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"layso/kiosk"
)

// 32 kiosks give tickets for two services each, eight counters serve both, and every command is sent
// twice at once, as by a nervous finger: each step of each ticket is called once and nowhere else.
func TestCrowdOnRoutes(t *testing.T) {
	const kiosks, each = 32, 10
	log, s := &memory{}, crowdSetup()
	s.Services = testSetup().Services
	for i := range s.Counters {
		s.Counters[i].Services = []string{"land", "result"}
		if i%2 == 0 { // the others call a ticket again at once for its second step
			s.Counters[i].Services, s.Counters[i].Assist = []string{"land"}, []string{"result"}
		}
	}
	o := startWith(t, log, newClock(), s)
	var called sync.Map // token and service -> counter
	var steps atomic.Int32
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second) // a broken hall may keep everybody waiting
	defer stop()
	var work sync.WaitGroup
	for k := range kiosks {
		work.Go(func() {
			for i := range each {
				c := through("land", "result")
				c.Device, c.Key = fmt.Sprint("k", k), fmt.Sprint(i)
				if first, second := twice(t, o, c); first != second {
					t.Errorf("one key gave %s and %s", first, second)
				}
			}
		})
	}
	for i := range s.Counters {
		seat := kiosk.Operator{Counter: fmt.Sprint(i + 1), User: "an"}
		do(t, o, kiosk.OpenCounter{Operator: seat})
		work.Go(func() { serveRoutes(ctx, t, o, seat, &called, &steps, 2*kiosks*each) })
	}
	work.Wait()
	for x := range o.View().Tickets() {
		if x.State != kiosk.Finished || x.Calls != 2 {
			t.Errorf("%s is %s after %d calls", x.Number, x.State, x.Calls)
		}
	}
	checkLog(t, log)
}

// twice sends a command two times at once and gives the tokens of both answers.
func twice(t *testing.T, o *kiosk.Owner, cmd kiosk.Command) (a, b string) {
	var other sync.WaitGroup
	other.Go(func() { b = answerTo(t, o, cmd) })
	a = answerTo(t, o, cmd)
	other.Wait()
	return a, b
}

func answerTo(t *testing.T, o *kiosk.Owner, cmd kiosk.Command) string {
	res, err := o.Do(context.Background(), cmd)
	if err != nil && !errors.Is(err, kiosk.ErrTicketInService) {
		t.Errorf("%#v: %v", cmd, err)
	}
	return res.Token
}

// serveRoutes calls and finishes, each twice at once, until all steps are done.
func serveRoutes(ctx context.Context, t *testing.T, o *kiosk.Owner, seat kiosk.Operator, called *sync.Map, steps *atomic.Int32, all int32) {
	hand := ""
	for steps.Load() < all && ctx.Err() == nil {
		changed := o.Changed()
		next := kiosk.Next{Operator: seat, Finish: hand}
		if hand != "" {
			next.For = o.View().Ticket(hand).Service
			if a, b := twice(t, o, next); a != b {
				t.Errorf("one wish called %s and %s", a, b)
			}
		} else {
			answerTo(t, o, next)
		}
		c, _ := o.View().Counter(seat.Counter)
		if hand = c.InHand; hand == "" {
			if steps.Load() < all {
				select {
				case <-changed:
				case <-ctx.Done():
				}
			}
			continue
		}
		step := hand + " " + o.View().Ticket(hand).Service
		if other, again := called.LoadOrStore(step, seat.Counter); again {
			t.Errorf("counter %s called what counter %s had called", seat.Counter, other)
		}
		if steps.Add(1) == all {
			answerTo(t, o, kiosk.Finish{Operator: seat}) // the last one, and it wakes the others
			return
		}
	}
	if hand != "" {
		answerTo(t, o, kiosk.Finish{Operator: seat})
	}
}
