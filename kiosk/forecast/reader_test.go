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

func (o *owner) Since(uint64, int) ([]kiosk.Event, bool) { return nil, true }

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
