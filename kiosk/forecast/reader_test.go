package forecast_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// owner is a hall's owner without a log: it publishes what the test tells it to.
type owner struct {
	mu        sync.Mutex
	view      *kiosk.View
	changed   chan struct{}
	forecasts []*kiosk.Forecast
	log       *archive        // nil: no events
	hidden    int             // of the newest events, how many can't be read yet
	times     []time.Duration // of the forecasts, after the start
	start     time.Time
}

func (o *owner) View() *kiosk.View {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.view
}

func (o *owner) Changed() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.changed
}

func (o *owner) Since(since uint64, limit int) ([]kiosk.Event, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.log == nil {
		return nil, true
	}
	events, ok := inMemory{o.log}.Since(since, limit)
	return events[:max(0, min(len(events), len(o.log.log)-o.hidden-int(since)))], ok
}

func (o *owner) SetForecast(f *kiosk.Forecast) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.forecasts = append(o.forecasts, f)
	o.times = append(o.times, time.Since(o.start))
	o.wake()
}

// made gives how many forecasts there were, the newest, and when it came.
func (o *owner) made() (int, *kiosk.Forecast, time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(o.forecasts)
	return n, o.forecasts[n-1], o.times[n-1]
}

func (o *owner) publish(v *kiosk.View) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.view = v
	o.wake()
}

// hide makes the n newest events unreadable, as they are between the publishing of a view and that of
// its events.
func (o *owner) hide(n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.hidden = n
}

func (o *owner) wake() {
	close(o.changed)
	o.changed = make(chan struct{})
}

func TestReaderFollowsTheHall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land"))
		o := &owner{view: s.hall.Snapshot(), changed: make(chan struct{}), start: time.Now()}
		r := forecast.New(o, forecast.Options{})
		if n, f, _ := o.made(); n != 1 || f.Seq != s.hall.Seq() {
			t.Fatal("New returned without a first forecast")
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()

		// Ten commits within 100 ms are one forecast, and the reader's own one wakes nobody up again.
		for range 10 {
			s.take("land", "")
			o.publish(s.hall.Snapshot())
			time.Sleep(5 * time.Millisecond) // fake time
		}
		time.Sleep(10 * time.Second)
		if n, f, at := o.made(); n != 2 || f.Seq != s.hall.Seq() || at != 100*time.Millisecond {
			t.Fatalf("after ten commits: %d forecasts, the last at %v of seq %d", n, at, f.Seq)
		}
		s.take("land", "") // long after the last one: at once
		o.publish(s.hall.Snapshot())
		synctest.Wait()
		if n, f, _ := o.made(); n != 3 || f.Seq != s.hall.Seq() {
			t.Fatal("a commit in a quiet hall waits for its forecast")
		}
		time.Sleep(61 * time.Second) // nothing happens: every 30 s, because time passes
		if n, _, at := o.made(); n != 5 || at > 71*time.Second {
			t.Fatalf("after a quiet minute: %d forecasts, the last at %v", n, at)
		}
		stop()
		<-done
	})
}

// While it runs the reader learns from each commit, keeps what it has learned now and then, at the end
// of the day and at the end of the program.
func TestReaderLearnsWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive(newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land")))
		o := &owner{view: a.hall.Snapshot(), changed: make(chan struct{}), start: time.Now(), log: a}
		begin := time.Now()
		r := forecast.New(o, forecast.Options{Journal: a, Now: func() time.Time { return morning.Add(time.Since(begin)) }})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		do := func(change func()) {
			time.Sleep(time.Minute) // fake time
			synctest.Wait()         // the reader, which reads the same stage, sleeps
			a.now = morning.Add(time.Since(begin))
			change()
			o.publish(a.hall.Snapshot())
			time.Sleep(time.Second) // it may just have made a forecast, and rest
			synctest.Wait()
		}
		kept := func() int { return int(a.states["forecast"].seq) }
		do(func() { a.open("1"); a.take("land", "") })
		do(func() { a.next("1") })
		if got := r.Scores(1)[0].Total; got.N != 1 || got.MeanWaitS != 61 || kept() != 0 {
			t.Fatalf("after two minutes: %+v, events kept: %d", got, kept())
		}
		for range 3 {
			do(func() { a.take("land", "") })
		}
		if kept() < len(a.log)-1 { // by then, or by the moment before the last one
			t.Fatalf("after five minutes: %d of %d events are kept", kept(), len(a.log))
		}
		do(func() { a.do(kiosk.Finish{Operator: seat("1")}) })
		do(func() { a.do(kiosk.CloseDay{By: "user:an"}) })
		if days := r.Scores(9); kept() != len(a.log) || len(days) != 1 || days[0].Total.N != 1 || a.states["forecast 2026-11"].state == nil {
			t.Fatalf("after the end of the day: %d of %d events are kept; %+v", kept(), len(a.log), days)
		}
		do(func() { a.change(func(x *kiosk.Setup) { x.BookDays = 7 }) })
		stop()
		<-done
		if kept() != len(a.log) || r.Took() != 0 { // no time goes by in the fake world
			t.Fatalf("at the end: %d of %d events are kept, took %v", kept(), len(a.log), r.Took())
		}
	})
}

// A forecast that is made of a view whose events can't be read yet is no reason to learn them late.
func TestReaderLearnsWhatComesAfterTheView(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newArchive(newStage(t, []kiosk.Service{service("land", 600)}, counter("1", "land")))
		a.open("1")
		a.take("land", "")
		o := &owner{view: a.hall.Snapshot(), changed: make(chan struct{}), start: time.Now(), log: a}
		r := forecast.New(o, forecast.Options{Journal: a, Now: func() time.Time { return a.now }})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		time.Sleep(time.Second) // fake time
		synctest.Wait()
		a.next("1")
		o.hide(1)
		o.publish(a.hall.Snapshot())
		time.Sleep(time.Second)
		if n, f, _ := o.made(); n != 2 || f.Seq != a.hall.Seq() || r.Scores(1)[0].Total.N != 0 {
			t.Fatalf("with the view alone: %d forecasts, the last of seq %d, %d calls scored", n, f.Seq, r.Scores(1)[0].Total.N)
		}
		o.hide(0)
		o.publish(a.hall.Snapshot())
		time.Sleep(time.Second)
		if got := r.Scores(1)[0].Total.N; got != 1 {
			t.Fatalf("with the events too: %d calls scored, want 1", got)
		}
		stop()
		<-done
	})
}
