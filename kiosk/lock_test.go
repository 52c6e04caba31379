package kiosk_test

import (
	"testing"

	"layso/kiosk"
)

// TestLockedDevice: a locked device gets again what it had asked for before, and nothing new; not even a word of
// whether a code is right.
func TestLockedDevice(t *testing.T) {
	clock := newClock() // 08:00
	o := startWith(t, &memory{}, clock, slotSetup())
	book(t, o, morning(8, 30), "111111")
	clock.to(morning(8, 15))
	ticket := take("land")
	ticket.Device, ticket.Key = "k1", "a"
	wish := kiosk.Book{Service: "land", Slot: morning(9, 0), Codes: []string{"222222"}, Token: kiosk.NewToken(), Device: "k1", Key: "b"}
	arrival := kiosk.CheckIn{Code: "111111", Token: kiosk.NewToken(), Device: "k1", Key: "c"}
	ask := []func(key string) kiosk.Command{
		func(key string) kiosk.Command { ticket.Key = key; return ticket },
		func(key string) kiosk.Command { wish.Key = key; return wish },
		func(key string) kiosk.Command { arrival.Key = key; return arrival },
	}
	var given []string
	for i, f := range ask {
		res, err := o.Do(t.Context(), f(string(rune('a'+i))))
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		given = append(given, res.Token)
	}
	ticket.Locked, wish.Locked, arrival.Locked = true, true, true
	for i, f := range ask {
		if res, err := o.Do(t.Context(), f(string(rune('a'+i)))); err != nil || !res.Repeat || res.Token != given[i] {
			t.Errorf("%T repeated: %+v, %v", f("x"), res.Decision, err)
		}
		refused(t, o, f("new"), kiosk.ErrKioskLocked)
	}
	arrival.Code = "999999"
	refused(t, o, arrival, kiosk.ErrKioskLocked)
}
