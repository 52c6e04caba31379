package kiosk_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"layso/kiosk"
)

func TestBooking(t *testing.T) {
	log, clock := &memory{}, newClock() // 08:00
	o := booker{startWith(t, log, clock, slotSetup())}
	wish := kiosk.Book{Service: "land", Slot: morning(8, 30), Codes: []string{"111111"}, Token: kiosk.NewToken(), Device: "web", Key: "k"}
	first := o.must(t, wish)
	again := wish
	again.Token, again.Codes = kiosk.NewToken(), []string{"222222"}
	if res, err := o.Do(t.Context(), again); err != nil || !res.Repeat || res.Token != first {
		t.Fatalf("the repeated booking gave %+v, %v", res.Decision, err)
	}
	again.Slot = morning(9, 0)
	refused(t, o.Owner, again, kiosk.ErrKeyReused)
	other := take("land")
	other.Device, other.Key = "web", "k"
	refused(t, o.Owner, other, kiosk.ErrKeyReused)

	again.Key, again.Codes = "", []string{"12345", "abcdef", "111111"}
	refused(t, o.Owner, again, kiosk.ErrInvalidField) // no code that is free
	for _, x := range []struct {
		service string
		slot    time.Time
		want    error
	}{
		{"moon", morning(9, 0), kiosk.ErrUnknownService},
		{"result", morning(9, 0), kiosk.ErrSlotUnknown},      // offers none
		{"land", morning(8, 0), kiosk.ErrSlotUnknown},        // has begun
		{"land", morning(9, 10), kiosk.ErrSlotUnknown},       // no half-hour
		{"land", morning(9+15*24, 0), kiosk.ErrSlotUnknown},  // too far ahead
		{"land", morning(9-24, 0), kiosk.ErrSlotUnknown},     // yesterday
		{"land", morning(9, 0).Add(1), kiosk.ErrSlotUnknown}, // a nanosecond late
		{"land", morning(9+14*24, 0), nil},                   // just not too far ahead
		{"land", morning(8, 30), nil}, {"land", morning(8, 30), nil}, {"land", morning(8, 30), kiosk.ErrSlotFull},
	} {
		c := kiosk.Book{Service: x.service, Slot: x.slot, Token: kiosk.NewToken(), Codes: codes()}
		if x.want == nil {
			o.must(t, c)
		} else {
			refused(t, o.Owner, c, x.want)
		}
	}
	do(t, o.Owner, kiosk.CancelBooking{Token: first, By: "citizen"})
	if a := o.View().Appointment(first); a == nil || !a.Cancelled || o.View().AppointmentByCode("111111") != nil {
		t.Fatalf("cancelled it is %+v", a)
	}
	if res, err := o.Do(t.Context(), kiosk.CancelBooking{Token: first}); err != nil || !res.Repeat {
		t.Fatalf("cancelling again gave %+v, %v", res.Decision, err)
	}
	refused(t, o.Owner, kiosk.CheckIn{Code: "111111", Token: kiosk.NewToken()}, kiosk.ErrUnknownAppointment)
	refused(t, o.Owner, kiosk.CancelBooking{Token: "moon"}, kiosk.ErrUnknownAppointment)
	o.must(t, kiosk.Book{Service: "land", Slot: morning(8, 30), Token: kiosk.NewToken(), Codes: codes()}) // its place is free again
	checkLog(t, log)
}

// booker is an owner of whom a test wants appointments.
type booker struct{ *kiosk.Owner }

func (o booker) must(t *testing.T, c kiosk.Book) string {
	t.Helper()
	res, err := o.Do(t.Context(), c)
	if err != nil || o.View().Appointment(res.Token) == nil {
		t.Fatalf("%+v: %v", c, err)
	}
	return res.Token
}

var lastCode atomic.Int64

func codes() []string { return []string{fmt.Sprintf("%06d", 500_000+lastCode.Add(1))} }

func TestCheckInTimes(t *testing.T) {
	for _, x := range []struct {
		at, priority string
		want         error
		credit       int
		key          time.Time
		kept         bool
	}{
		{at: "08:39:59", want: kiosk.ErrTooEarly},
		{at: "08:40:00", credit: 1800, key: morning(8, 30), kept: true},
		{at: "09:00:00", credit: 1800, key: morning(8, 30), kept: true},
		{at: "09:10:00", credit: 1800, key: morning(8, 40), kept: true},
		{at: "09:10:01", credit: 600, key: morning(9, 0).Add(time.Second)},
		{at: "11:00:00", credit: 600, key: morning(10, 50)},
		{at: "09:00:00", priority: "elderly", credit: 1800, key: morning(8, 30), kept: true}, // never added
		{at: "11:00:00", priority: "elderly", credit: 1800, key: morning(10, 30)},
		{at: "09:00:00", priority: "rich", want: kiosk.ErrUnknownPriority},
	} {
		t.Run(x.at+x.priority, func(t *testing.T) {
			log, clock := &memory{}, newClock()
			o := startWith(t, log, clock, slotSetup())
			token := book(t, o, morning(9, 0), "123456")
			now, err := time.ParseInLocation(time.DateTime, "2026-11-24 "+x.at, o.View().Location())
			if err != nil {
				t.Fatal(err)
			}
			clock.move(now.Sub(clock.now().Round(0)))
			c := kiosk.CheckIn{Code: "123456", Token: kiosk.NewToken(), Priority: x.priority, Device: "k1"}
			if x.want != nil {
				refused(t, o, c, x.want)
				return
			}
			got := do(t, o, c)
			if got.CreditS != x.credit || got.Key() != x.key.UnixMilli() || got.Slot.IsZero() == x.kept || got.Number != "A001" {
				t.Fatalf("got %+v with the key %s", got, time.UnixMilli(got.Key()))
			}
			// The same citizen once more, at another kiosk: the same ticket.
			res, err := o.Do(t.Context(), kiosk.CheckIn{Appointment: token, Token: kiosk.NewToken(), Device: "k2", Key: "x"})
			if err != nil || !res.Repeat || res.Token != got.Token {
				t.Fatalf("the second check-in gave %+v, %v", res.Decision, err)
			}
			refused(t, o, kiosk.CancelBooking{Token: token}, kiosk.ErrTicketNotWaiting)
			if x.priority != "" {
				floor := do(t, o, kiosk.SetPriority{Token: got.Token, Reason: "none", By: "user:an"})
				if want := map[bool]int{true: 1800, false: 600}[x.kept]; floor.CreditS != want {
					t.Errorf("without priority it has %d s", floor.CreditS)
				}
			}
			checkLog(t, log)
		})
	}
}

// An appointment before its time goes only to a counter that would idle.
func TestEarlyAppointmentWaits(t *testing.T) {
	clock := newClock()
	o := startWith(t, &memory{}, clock, slotSetup())
	for _, code := range []string{"111111", "222222"} {
		book(t, o, morning(8, 30), code)
	}
	do(t, o, kiosk.OpenCounter{Operator: at("1")})
	clock.move(15 * time.Minute) // 08:15
	a, b := do(t, o, kiosk.CheckIn{Code: "111111", Token: kiosk.NewToken()}), do(t, o, kiosk.CheckIn{Code: "222222", Token: kiosk.NewToken()})
	x := do(t, o, take("land"))
	call := func(want *kiosk.Ticket) {
		t.Helper()
		if got := do(t, o, kiosk.Next{Operator: at("1")}); got.Token != want.Token {
			t.Fatalf("at %s it called %s, want %s", clock.now(), got.Number, want.Number)
		}
		do(t, o, kiosk.Finish{Operator: at("1")})
	}
	call(x) // its key is later, but the appointments' time has not come
	call(a) // the counter would idle
	y := do(t, o, take("land"))
	clock.move(10 * time.Minute) // 08:25
	call(b)
	call(y)
}

// A day takes over the appointments that are still to come, and forgets the others.
func TestAppointmentsOverNight(t *testing.T) {
	log, clock := &memory{}, newClock()
	o := startWith(t, log, clock, slotSetup())
	missed, tomorrow := book(t, o, morning(8, 30), "111111"), book(t, o, morning(8+24, 30), "222222")
	do(t, o, kiosk.CloseDay{By: "user:binh"})
	refused(t, o, kiosk.CheckIn{Code: "111111", Token: kiosk.NewToken()}, kiosk.ErrHallClosed)
	refused(t, o, kiosk.Book{Service: "land", Slot: morning(9, 0), Token: kiosk.NewToken(), Codes: codes()}, kiosk.ErrSlotUnknown)
	late := book(t, o, morning(9+24, 0), "333333") // in the evening, with the day closed
	clock.move(24*time.Hour + 25*time.Minute)
	o.Close()
	o = startWith(t, log, clock, nil)
	if a := o.View().Appointment(missed); a != nil {
		t.Errorf("yesterday's is still here: %+v", a)
	}
	for _, token := range []string{tomorrow, late} {
		if o.View().Appointment(token) == nil {
			t.Error("one is lost")
		}
	}
	if got := do(t, o, kiosk.CheckIn{Code: "222222", Token: kiosk.NewToken()}); got.Number != "A001" {
		t.Errorf("got %s", got.Number)
	}
	checkLog(t, log)
}

func TestServiceWithAppointmentsStays(t *testing.T) {
	o := startWith(t, &memory{}, newClock(), slotSetup())
	token := book(t, o, morning(9+24, 0), "111111")
	without := slotSetup()
	without.Services, without.Counters = without.Services[1:], without.Counters[2:]
	change := func(s *kiosk.Setup) kiosk.ChangeSetup { return kiosk.ChangeSetup{Setup: s, Seq: o.View().SetupSeq()} }
	refused(t, o, change(without), kiosk.ErrServiceInUse)
	fewer := slotSetup()
	fewer.Services[0].Slots = nil
	do(t, o, change(fewer)) // what is booked stays booked
	if o.View().Appointment(token) == nil {
		t.Fatal("the appointment is lost")
	}
	do(t, o, kiosk.CancelBooking{Token: token})
	do(t, o, change(without))
	x := do(t, o, take("result"))
	do(t, o, change(slotSetup()))
	do(t, o, kiosk.Cancel{Token: x.Token})
	y := through("result", "land")
	do(t, o, y)
	refused(t, o, change(without), kiosk.ErrServiceInUse) // somebody has to go there yet
}

// An appointment holds its place of the quota until its citizen comes or cancels it.
func TestQuotaHoldsPlacesForAppointments(t *testing.T) {
	clock, s := newClock(), slotSetup()
	s.Services[0].Quota = 4
	o := startWith(t, &memory{}, clock, s)
	first, second := book(t, o, morning(8, 30), "111111"), book(t, o, morning(8, 30), "222222")
	tomorrow := kiosk.Book{Service: "land", Slot: morning(8+24, 30), Token: kiosk.NewToken(), Codes: codes()}
	do(t, o, tomorrow) // holds a place of another day
	clock.move(20 * time.Minute)
	do(t, o, take("land"))
	do(t, o, take("land"))
	refused(t, o, take("land"), kiosk.ErrQuotaReached)
	refused(t, o, kiosk.Book{Service: "land", Slot: morning(9, 0), Token: kiosk.NewToken(), Codes: codes()}, kiosk.ErrQuotaReached)
	if slots := o.View().Slots("land", "2026-11-24", clock.now()); len(slots) == 0 || slots[0].Free != 0 {
		t.Errorf("the slots of a used-up day are %+v", slots)
	}
	do(t, o, kiosk.CheckIn{Appointment: first, Token: kiosk.NewToken()})
	refused(t, o, take("land"), kiosk.ErrQuotaReached)
	do(t, o, kiosk.CancelBooking{Token: second})
	do(t, o, take("land"))
	refused(t, o, take("land"), kiosk.ErrQuotaReached)
}

func TestSlotsFollowTheHours(t *testing.T) {
	s := slotSetup()
	weekday := []kiosk.Span{{From: 7*60 + 15, To: 11*60 + 45}, {From: 13 * 60, To: 17 * 60}}
	s.Hours = kiosk.Hours{Mon: weekday, Tue: weekday, Wed: weekday}
	s.Services[0].Slots.Spans = []kiosk.Span{{From: 8 * 60, To: 14*60 + 59}}
	s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-11-30", Name: kiosk.Text{VI: "Lễ"}}}
	clock := newClock() // Tuesday, 08:00
	o := startWith(t, &memory{}, clock, s)
	clock.move(time.Hour)
	for day, want := range map[string]string{
		"2026-11-24": "09:30 10:00 10:30 11:00 13:00 13:30 14:00 ",
		"2026-11-25": "08:00 08:30 09:00 09:30 10:00 10:30 11:00 13:00 13:30 14:00 ",
		"2026-11-26": "", "2026-11-30": "", "2026-11-23": "", "2027-11-24": "", "tomorrow": "",
	} {
		got := ""
		for _, x := range o.View().Slots("land", day, clock.now()) {
			got += x.Start.In(o.View().Location()).Format("15:04 ")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// A step of a route can be taken back: what it was done for stays until then.
func TestServiceOfAStepStays(t *testing.T) {
	log, three := &memory{}, at("3")
	o := startWith(t, log, newClock(), testSetup())
	without := testSetup()
	without.Services, without.Counters = without.Services[1:], without.Counters[2:]
	do(t, o, kiosk.OpenCounter{Operator: three})
	x := do(t, o, through("land", "result"))
	do(t, o, kiosk.CallTicket{Operator: three, Token: x.Token, Reason: "alone in the hall"})
	do(t, o, kiosk.Finish{Operator: three})
	refused(t, o, kiosk.ChangeSetup{Setup: without, Seq: o.View().SetupSeq()}, kiosk.ErrServiceInUse)
	do(t, o, kiosk.Undo{Operator: three})
	do(t, o, kiosk.Finish{Operator: three})
	do(t, o, kiosk.Next{Operator: three}) // now it can't
	do(t, o, kiosk.ChangeSetup{Setup: without, Seq: o.View().SetupSeq()})
	checkLog(t, log)
}

// A booking whose answer got lost is one booking, also where a business day ends or begins before it is
// asked for again.
func TestBookedOnceOverNight(t *testing.T) {
	clock, log, setup := clockAt(t, "2026-11-24 17:00"), &memory{}, limited()
	setup.Services[0].Slots = &kiosk.Slots{Capacity: 3}
	o := startWith(t, log, clock, setup)
	asked := 0
	ask := func(key string) kiosk.Result {
		t.Helper()
		asked++
		res, err := o.Do(t.Context(), kiosk.Book{
			Service: "land", Slot: when(t, "2026-11-26 08:00"), Token: kiosk.NewToken(), Codes: []string{fmt.Sprintf("%06d", asked)},
			Lang: kiosk.Vietnamese, Device: "citizen", By: "citizen", Key: key,
		})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	first := ask("k")
	for _, at := range []string{"2026-11-24 17:10", "2026-11-24 23:59", "2026-11-25 00:01", "2026-11-25 09:00"} {
		clock.to(when(t, at))
		tick(t, o)
		if got := ask("k"); !got.Repeat || got.Token != first.Token {
			t.Errorf("at %s it is booked again", at)
		}
	}
	if ask("another").Repeat || ask("").Repeat || len(o.View().Appointments()) != 3 {
		t.Errorf("booked: %d", len(o.View().Appointments()))
	}
	checkLog(t, log)
}
