package kiosk_test

import (
	"fmt"
	"testing"
	"time"

	"layso/kiosk"
)

// limited is a hall with office hours, whose results desk is also open on Saturday mornings, and which
// is closed on Wednesday 2 December 2026 and all of Tết 2027 (a fortnight).
func limited() *kiosk.Setup {
	s := testSetup()
	s.Hours = *office()
	own := *office()
	own.Sat = []kiosk.Span{{From: 8 * 60, To: 11 * 60}}
	s.Service("result").Hours = &own
	s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-12-02", Name: kiosk.Text{VI: "Ngày truyền thống", EN: "Founding day"}}}
	for d := range 14 {
		s.ClosedDays = append(s.ClosedDays, kiosk.ClosedDay{
			Date: time.Date(2027, 2, 1+d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), Name: kiosk.Text{VI: "Tết Nguyên đán"},
		})
	}
	return s
}

var vietnam = time.FixedZone("ICT", 7*3600)

// when reads a local time of the hall.
func when(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", s, vietnam)
	if err != nil {
		at, err = time.ParseInLocation("2006-01-02 15:04", s, vietnam)
	}
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func shown(at time.Time, ok bool) string {
	if !ok {
		return "never"
	}
	return at.In(vietnam).Format("2006-01-02 15:04")
}

func TestOpenings(t *testing.T) {
	s := limited()
	for _, x := range []struct {
		service, at   string
		open          bool
		next, closing string
	}{
		{"land", "2026-11-24 07:29:59", false, "2026-11-24 07:30", "2026-11-24 17:00"}, // a Tuesday
		{"land", "2026-11-24 08:00", true, "2026-11-24 13:30", "2026-11-24 17:00"},
		{"land", "2026-11-24 11:30", false, "2026-11-24 13:30", "2026-11-24 17:00"}, // lunch
		{"land", "2026-11-24 17:00", false, "2026-11-25 07:30", "2026-11-24 17:00"},
		{"land", "2026-11-27 17:00", false, "2026-11-30 07:30", "2026-11-27 17:00"}, // over the weekend
		{"result", "2026-11-27 17:00", false, "2026-11-28 08:00", "2026-11-27 17:00"},
		{"land", "2026-11-28 09:00", false, "2026-11-30 07:30", "never"},
		{"result", "2026-11-28 09:00", true, "2026-11-30 07:30", "2026-11-28 11:00"},
		{"", "2026-11-28 09:00", true, "2026-11-30 07:30", "2026-11-28 11:00"}, // the hall, for its results desk
		{"land", "2026-12-01 18:00", false, "2026-12-03 07:30", "2026-12-01 17:00"},
		{"land", "2026-12-02 09:00", false, "2026-12-03 07:30", "never"}, // a closed day
		{"", "2026-12-02 09:00", false, "2026-12-03 07:30", "never"},
		{"result", "2027-01-30 12:00", false, "2027-02-15 07:30", "2027-01-30 11:00"}, // Tết
	} {
		at := when(t, x.at)
		if s.OpenAt(x.service, at) != x.open {
			t.Errorf("%s at %s: open is %v", x.service, x.at, !x.open)
		}
		if got := shown(s.NextOpen(x.service, at)); got != x.next {
			t.Errorf("%s at %s opens at %s, want %s", x.service, x.at, got, x.next)
		}
		if got := shown(s.Closing(x.service, at)); got != x.closing {
			t.Errorf("%s at %s closes at %s, want %s", x.service, x.at, got, x.closing)
		}
	}
}

func TestOpeningsWithoutEnd(t *testing.T) {
	s, never := testSetup(), testSetup()
	s.ClosedDays = []kiosk.ClosedDay{{Date: "2026-12-02", Name: kiosk.Text{VI: "x"}}}
	never.Hours = kiosk.Hours{}
	for _, x := range []struct {
		setup    *kiosk.Setup
		at, next string
		open     bool
	}{
		{s, "2026-12-01 23:59", "never", true},
		{s, "2026-12-02 12:00", "2026-12-03 00:00", false},
		{never, "2026-12-01 12:00", "never", false},
	} {
		at := when(t, x.at)
		if x.setup.OpenAt("land", at) != x.open || shown(x.setup.NextOpen("land", at)) != x.next {
			t.Errorf("%s: open %v, next %s", x.at, x.setup.OpenAt("land", at), shown(x.setup.NextOpen("land", at)))
		}
		if got := shown(x.setup.Closing("", at)); got != "never" {
			t.Errorf("%s: closes at %s", x.at, got)
		}
	}
}

// Where summer time begins or ends, the hours are what the clock on the wall shows.
func TestOpeningsWithSummerTime(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	s := testSetup()
	day := []kiosk.Span{{From: 8 * 60, To: 16 * 60}}
	s.Hours = kiosk.Hours{Sun: day}
	for _, date := range []int{29, 25} { // of March and of October 2026
		month := map[int]time.Month{29: time.March, 25: time.October}[date]
		early := time.Date(2026, month, date, 0, 30, 0, 0, zone)
		open, ok := s.NextOpen("land", early)
		closing, _ := s.Closing("land", early)
		if !ok || open.Hour() != 8 || closing.Hour() != 16 || !s.OpenAt("land", open) || s.OpenAt("land", closing) {
			t.Errorf("%s: from %s to %s", early, open, closing)
		}
	}
}

// TestWhenItOpensAgain goes through a week of a hall and looks at what the kiosk can say.
func TestWhenItOpensAgain(t *testing.T) {
	setup := limited()
	setup.Services[0].Quota = 2
	clock := clockAt(t, "2026-11-24 07:00")
	o := startWith(t, &memory{}, clock, setup)
	land := func(at, reason, opens string) {
		t.Helper()
		clock.to(when(t, at))
		do(t, o, kiosk.Probe{})
		hall := o.View().Hall(o.Now(), nil)
		s := hall.Services[0]
		if got := at + " " + s.Reason + " " + opening(s.OpensAt); got != at+" "+reason+" "+opens || s.Open != (reason == "") {
			t.Errorf("%s, want %s %s", got, reason, opens)
		}
	}
	land("2026-11-24 07:10", "hall_closed", "2026-11-24 07:30")
	land("2026-11-24 07:30", "", "")
	do(t, o, take("land"))
	land("2026-11-24 12:00", "hall_closed", "2026-11-24 13:30")
	land("2026-11-24 16:00", "", "")
	land("2026-11-24 16:46", "", "") // a ticket takes 14 minutes
	land("2026-11-24 16:46:01", "no_time_left", "2026-11-25 07:30")
	refused(t, o, take("land"), kiosk.ErrNoTimeLeft)
	land("2026-11-24 17:01", "hall_closed", "2026-11-25 07:30")
	land("2026-11-25 08:00", "", "")
	do(t, o, take("land"))
	do(t, o, take("land"))
	land("2026-11-25 08:01", "quota_reached", "2026-11-26 07:30")
	refused(t, o, take("land"), kiosk.ErrQuotaReached)
	land("2026-11-27 18:00", "hall_closed", "2026-11-30 07:30")
	if h := o.View().Hall(o.Now(), nil); opening(h.OpensAt) != "2026-11-28 08:00" {
		t.Errorf("the hall opens at %s, its results desk at 08:00 on Saturday", opening(h.OpensAt))
	}
	land("2026-11-28 09:00", "service_closed", "2026-11-30 07:30") // only results on a Saturday
	refused(t, o, take("land"), kiosk.ErrServiceClosed)
	land("2026-12-02 09:00", "hall_closed", "2026-12-03 07:30")
	if d := o.View().Hall(o.Now(), nil).ClosedDay; d == nil || d.Name != "Ngày truyền thống" || d.NameEN != "Founding day" {
		t.Errorf("the closed day is %+v", d)
	}
	land("2026-12-03 09:00", "", "")
	do(t, o, kiosk.CloseDay{By: "user:binh", Reason: "power cut"})
	land("2026-12-03 09:01", "hall_closed", "2026-12-04 07:30") // though the hours say that it is open
	if h := o.View().Hall(o.Now(), nil); h.Open || opening(h.OpensAt) != "2026-12-04 07:30" || h.ClosesAt != nil {
		t.Errorf("a hall closed by hand: %v %v %v", h.Open, h.OpensAt, h.ClosesAt)
	}
}

func opening(t *time.Time) string {
	if t == nil {
		return ""
	}
	return shown(*t, true)
}

// The wait that the ticket carries counts against the closing time, and so does the hall's overtime.
func TestTheLastTicketFitsIn(t *testing.T) {
	for _, x := range []struct {
		overtime, wait int
		at             string
		fits           bool
	}{
		{0, 0, "16:46", true}, {0, 0, "16:47", false},
		{0, 1800, "16:16", true}, {0, 1800, "16:17", false},
		{900, 1800, "16:31", true}, {900, 1800, "16:32", false},
		{0, 7200, "10:00", true}, // over lunch: the forecast knows that
	} {
		setup := limited()
		setup.OvertimeS = x.overtime
		o := startWith(t, &memory{}, clockAt(t, "2026-11-24 "+x.at), setup)
		o.SetForecast(&kiosk.Forecast{Table: map[string]map[int]kiosk.Range{"land": {0: {P50S: x.wait, P80S: 2 * x.wait}}}})
		_, err := o.Do(t.Context(), take("land"))
		if fits := err == nil; fits != x.fits || !fits && err != kiosk.ErrNoTimeLeft {
			t.Errorf("%s: %v", fmt.Sprint(x), err)
		}
	}
}

// The hall is open while any of it is: its hours are the hall's and those of the services that work.
func TestTheHallsHoursAreOfAllItsServices(t *testing.T) {
	for _, x := range []struct {
		until         int // closing time of the results desk on a Tuesday
		closed        bool
		closing, next string // of the hall, the latter after 17:30
		open          bool   // at 17:30
	}{
		{11 * 60, false, "2026-11-24 17:00", "2026-11-25 07:30", false},
		{19 * 60, false, "2026-11-24 19:00", "2026-11-25 07:30", true},
		{19 * 60, true, "2026-11-24 17:00", "2026-11-25 07:30", false},
	} {
		s := limited()
		s.Services[1].Hours = &kiosk.Hours{Tue: []kiosk.Span{{From: 8 * 60, To: x.until}}}
		s.Services[1].Closed = x.closed
		at := when(t, "2026-11-24 17:30")
		if got := shown(s.Closing("", at)); got != x.closing || s.OpenAt("", at) != x.open || shown(s.NextOpen("", at)) != x.next {
			t.Errorf("%+v: closes at %s, open %v, next %s", x, got, s.OpenAt("", at), shown(s.NextOpen("", at)))
		}
	}
}
