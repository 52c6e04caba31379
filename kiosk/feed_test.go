package kiosk_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"layso/kiosk"
)

// The log gives back only the open day after a failure. When the commit that failed was the one that
// changed the day, the feed must not close the gap by counting on.
func TestFeedAfterADayChangeThatFailed(t *testing.T) {
	clock, log := newClock(), &memory{}
	o := start(t, log, clock)
	do(t, o, take("land"))
	clock.move(24 * time.Hour)
	log.failNext(true)
	if _, err := o.Do(t.Context(), take("land")); !errors.Is(err, kiosk.ErrStorage) {
		t.Fatalf("got %v", err)
	}
	do(t, o, take("result"))
	all := log.all()
	for since := range all {
		events, ok := o.Since(uint64(since), math.MaxInt)
		if ok && (len(events) != len(all)-since || events[0].Seq != uint64(since)+1) {
			t.Errorf("since %d: %d events of %d", since, len(events), len(all)-since)
		}
	}
	if _, ok := o.Since(o.View().DayFirst()-1, 10); !ok {
		t.Error("the open day is not in the feed")
	}
}
