package load

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestOpenLoopCountsFromWhenItWasDue stops a server for a second: of the ten requests of each second, those that were
// due meanwhile are as late as they are, although the one caller could send none of them.
func TestOpenLoopCountsFromWhenItWasDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		o, err := open(t.Context(), 1, 10, 4*time.Second, func(context.Context, int) error {
			if n++; n == 11 {
				time.Sleep(time.Second)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		late := int64(0)
		for i := time.Second; i > 0; i -= 100 * time.Millisecond {
			late++
		}
		if o.n != 40 || o.Max() != time.Second || o.At(float64(o.n-late)/40) > time.Millisecond || o.At(float64(o.n-late+1)/40) < 90*time.Millisecond {
			t.Errorf("%d requests, max %v, the last on time %v, the first late %v", o.n, o.Max(), o.At(float64(o.n-late)/40), o.At(float64(o.n-late+1)/40))
		}
		if o.rate() < 9 || o.rate() > 11 || o.asked != 10 {
			t.Errorf("%v a second of %v", o.rate(), o.asked)
		}
	})
}

// TestClosedLoop has callers that wait for their answers, up to a span, up to a number, and until something fails.
func TestClosedLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context, int) error { time.Sleep(100 * time.Millisecond); return nil }
		if o, err := closed(t.Context(), 4, time.Second, 0, slow); err != nil || o.n != 40 || o.rate() != 40 {
			t.Errorf("%v, %+v", err, o)
		}
		if o, err := closed(t.Context(), 4, time.Hour, 10, slow); err != nil || o.n != 10 {
			t.Errorf("%v, %+v", err, o)
		}
		broken := errors.New("broken")
		if _, err := closed(t.Context(), 4, time.Hour, 0, func(context.Context, int) error { return broken }); err != broken {
			t.Errorf("%v", err)
		}
	})
}
