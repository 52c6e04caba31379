package kiosk_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"layso/kiosk"
)

// crowd is a hall of one service and eight counters.
func crowdSetup() *kiosk.Setup {
	s := testSetup()
	s.Services, s.Counters = s.Services[:1], nil
	for i := range 8 {
		id := fmt.Sprint(i + 1)
		s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: []string{"land"}})
	}
	return s
}

// 64 kiosks and 8 counters at once: every ticket has a number of its own, is called once, and is in
// the log; readers see whole views meanwhile.
func TestCrowd(t *testing.T) {
	const kiosks, each = 64, 25
	log := &memory{}
	o, err := kiosk.Start(log, kiosk.Options{Seed: crowdSetup()})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	var taken, called sync.Map // number -> token
	var served atomic.Int32
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var work sync.WaitGroup
	for k := range kiosks {
		work.Go(func() {
			for i := range each {
				c := take("land")
				c.Device, c.Key = fmt.Sprint("k", k), fmt.Sprint(i)
				first, repeat := crowdTake(t, o, c), crowdTake(t, o, c)
				if first != repeat {
					t.Errorf("one key gave %s and %s", first, repeat)
				}
				if other, twice := taken.LoadOrStore(first, c.Token); twice {
					t.Errorf("%s was given twice, to %s and %s", first, other, c.Token)
				}
			}
		})
	}
	for i := range 8 {
		work.Go(func() { crowdServe(ctx, t, o, fmt.Sprint(i+1), &called, &served, kiosks*each) })
	}
	readers := make(chan struct{})
	go func() { defer close(readers); crowdRead(ctx, t, o) }()
	work.Wait()
	stop()
	<-readers
	checkLog(t, log)
	checkCrowdLog(t, log, &taken)
}

func crowdTake(t *testing.T, o *kiosk.Owner, c kiosk.Take) string {
	res, err := o.Do(t.Context(), c)
	if err != nil {
		t.Error(err)
		return ""
	}
	return res.Ticket().Number
}

// crowdServe calls and finishes until everybody was served, waiting for news where nobody waits.
func crowdServe(ctx context.Context, t *testing.T, o *kiosk.Owner, counter string, called *sync.Map, served *atomic.Int32, all int32) {
	seat := kiosk.Operator{Counter: counter, User: "an"}
	if _, err := o.Do(ctx, kiosk.OpenCounter{Operator: seat}); err != nil {
		t.Error(err)
		return
	}
	hand := ""
	for served.Load() < all {
		changed := o.Changed()
		res, err := o.Do(ctx, kiosk.Next{Operator: seat, Finish: hand})
		if err != nil {
			t.Error(err)
			return
		}
		if hand = res.Token; hand == "" {
			if served.Load() < all {
				select {
				case <-changed:
				case <-ctx.Done():
				}
			}
			continue
		}
		if other, twice := called.LoadOrStore(hand, counter); twice {
			t.Errorf("counter %s called what counter %s had called", counter, other)
		}
		served.Add(1)
	}
	o.Do(ctx, kiosk.Finish{Operator: seat}) // wakes the counters that wait for news
}

// crowdRead looks at view after view: each must be whole.
func crowdRead(ctx context.Context, t *testing.T, o *kiosk.Owner) {
	for ctx.Err() == nil {
		changed := o.Changed()
		v := o.View()
		if now := o.Now(); now.Before(v.At()) {
			t.Errorf("the hall's time is %s, that of a view %s", now, v.At())
		}
		waiting := 0
		for x := range v.Tickets() {
			if x.State == kiosk.Waiting {
				waiting++
			}
		}
		if waiting != v.WaitingIn("land") || waiting != v.Pool().Len() {
			t.Errorf("a view has %d waiting tickets and counts %d", waiting, v.WaitingIn("land"))
		}
		for id, x := range v.Hints(v.At()) {
			if c, _ := v.Counter(id); x.State != kiosk.Waiting || c.InHand != "" {
				t.Errorf("counter %s, with %q in hand, is told %s, which is %s", id, c.InHand, x.Number, x.State)
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

func checkCrowdLog(t *testing.T, log *memory, taken *sync.Map) {
	logged := map[string]string{}
	var calls []string
	for _, e := range log.all() {
		switch e.Type {
		case kiosk.TicketTaken:
			logged[e.Number] = e.Ticket
		case kiosk.TicketCalled:
			calls = append(calls, e.Number)
		}
	}
	n := 0
	taken.Range(func(number, token any) bool {
		n++
		if logged[number.(string)] != token {
			t.Errorf("%s was given to %s, the log has %q", number, token, logged[number.(string)])
		}
		return true
	})
	if n != len(logged) {
		t.Errorf("%d tickets were given, the log has %d", n, len(logged))
	}
	slices.Sort(calls)
	if unique := len(slices.Compact(slices.Clone(calls))); unique != len(calls) || unique != n {
		t.Errorf("%d tickets, %d calls of %d tickets", n, len(calls), unique)
	}
}
