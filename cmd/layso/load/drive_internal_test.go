package load

import (
	"context"
	"errors"
	"io"
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

// TestLatency: what is written as p99 is the p99, and so on, each less than 0.8 % above the true one.
func TestLatency(t *testing.T) {
	o := outcome{took: 2 * time.Second, asked: 600}
	for i := range 1000 {
		o.Record(time.Duration(i+1) * time.Millisecond)
	}
	l := o.latency()
	for name, x := range map[string]struct{ got, want float64 }{"p50": {l.P50, 500}, "p90": {l.P90, 900}, "p99": {l.P99, 990}, "p99.9": {l.P999, 999}, "max": {l.Max, 1000}} {
		if x.got < x.want || x.got > x.want*1.008 {
			t.Errorf("%s is %v ms, want %v", name, x.got, x.want)
		}
	}
	if l.Count != 1000 || l.PerS != 500 || l.AskedS != 600 {
		t.Errorf("%+v", l)
	}
}

// TestRatio: a figure is compared with the one that it names.
func TestRatio(t *testing.T) {
	b := &bench{Options: Options{Log: io.Discard}, measure: "x"}
	b.plain("floor", 200, "1/s")
	b.add(Figure{Name: "one", Value: 50}, "floor")
	b.add(Figure{Name: "another", Value: 50}, "nothing")
	if f := b.Figures[1]; f.Ratio != 0.25 || f.To != "floor" || f.Measure != "x" {
		t.Errorf("%+v", f)
	}
	if f := b.Figures[2]; f.Ratio != 0 || f.To != "" {
		t.Errorf("compared with what was not measured: %+v", f)
	}
}
