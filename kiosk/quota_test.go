package kiosk_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"layso/kiosk"
)

// 64 kiosks at once cannot get one number more than the day's quota out of the hall, places of booked
// appointments included, also while those are checked in and every touch comes twice.
func TestTheQuotaHoldsInACrowd(t *testing.T) {
	const kiosks, quota, booked = 64, 100, 7
	setup, clock, log := limited(), clockAt(t, "2026-11-24 08:20"), &memory{}
	setup.Services[0].Quota, setup.Services[0].Slots = quota, &kiosk.Slots{Capacity: 10}
	o := startWith(t, log, clock, setup)
	for i := range booked {
		do(t, o, kiosk.Book{
			Service: "land", Slot: when(t, "2026-11-24 08:30"), Token: fmt.Sprint("a", i), Codes: []string{fmt.Sprintf("%06d", i)}, By: "citizen",
		})
	}
	var given, refusedN atomic.Int32
	var work sync.WaitGroup
	for k := range kiosks {
		work.Go(func() {
			for i := range 4 {
				c := take("land")
				c.Device, c.Key = fmt.Sprint("k", k), fmt.Sprint(i)
				for range 2 {
					switch _, err := o.Do(t.Context(), c); {
					case err == nil:
						given.Add(1)
					case errors.Is(err, kiosk.ErrQuotaReached):
						refusedN.Add(1)
					default:
						t.Error(err)
					}
				}
			}
		})
	}
	for i := range booked {
		work.Go(func() {
			if _, err := o.Do(t.Context(), kiosk.CheckIn{Code: fmt.Sprintf("%06d", i), Token: kiosk.NewToken(), Device: "k", By: "device:k"}); err != nil {
				t.Errorf("a booked place is gone: %v", err)
			}
		})
	}
	work.Wait()
	if n := o.View().Count(); n != quota || given.Load() != 2*(quota-booked) || refusedN.Load() != 2*(4*kiosks-quota+booked) {
		t.Errorf("%d numbers of %d, %d answers, %d refusals", n, quota, given.Load(), refusedN.Load())
	}
	if h := o.View().Hall(o.Now(), nil); h.Services[0].Reason != "quota_reached" || opening(h.Services[0].OpensAt) != "2026-11-25 07:30" {
		t.Errorf("%+v", h.Services[0])
	}
	checkLog(t, log)
}
