package kiosk_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// picture is a PNG of that size in base64; noise does not compress.
func picture(t testing.TB, width, height int, noise bool) string {
	t.Helper()
	p := image.NewGray(image.Rect(0, 0, width, height))
	if random := rand.New(rand.NewPCG(1, 2)); noise {
		for i := range p.Pix {
			p.Pix[i] = byte(random.Uint32())
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func TestPaperTextsAreChecked(t *testing.T) {
	crest := picture(t, 96, 96, true)
	texts := kiosk.PaperTexts{
		Head: kiosk.Text{VI: "Số 25 Liễu Giai, Ba Đình – 024 3762 1234", EN: "25 Lieu Giai"}, Foot: kiosk.Text{VI: strings.Repeat("đ", 160)},
		Crest: crest, Closing: true,
	}
	setup := testSetup()
	setup.Paper = texts
	if err := setup.Validate(); err != nil {
		t.Fatal(err)
	}
	setup.Paper = kiosk.PaperTexts{Crest: picture(t, 1024, 1024, false)}
	if err := setup.Validate(); err != nil {
		t.Fatal(err)
	}
	whole, _ := base64.StdEncoding.DecodeString(crest)
	text := base64.StdEncoding.EncodeToString
	type P = *kiosk.PaperTexts
	for _, x := range []struct {
		field, problem string
		spoil          func(P)
	}{
		{"paper.head.vi", "too_long", func(p P) { p.Head.VI = strings.Repeat("đ", 161) }},
		{"paper.head.en", "too_long", func(p P) { p.Head.EN = strings.Repeat("x", 161) }},
		{"paper.head.vi", "required", func(p P) { p.Head.VI = " " }},
		{"paper.head.vi", "characters", func(p P) { p.Head.VI = "hai\ndòng" }},
		{"paper.foot.vi", "too_long", func(p P) { p.Foot.VI += "!" }},
		{"paper.foot.vi", "required", func(p P) { p.Foot = kiosk.Text{EN: "Bye"} }},
		{"paper.foot.en", "characters", func(p P) { p.Foot.EN = "a\u202e" }},
		{"paper.crest", "format", func(p P) { p.Crest = "data:image/png;base64," + crest }},
		{"paper.crest", "format", func(p P) { p.Crest = crest[:len(crest)-5] }},
		{"paper.crest", "format", func(p P) { p.Crest = text(whole[:len(whole)/2]) }},
		{"paper.crest", "format", func(p P) { p.Crest = text(whole[8:]) }},
		{"paper.crest", "format", func(p P) { p.Crest = text([]byte("GIF89a\x01\x00\x01\x00")) }},
		{"paper.crest", "format", func(p P) { p.Crest = " " }},
		{"paper.crest", "range", func(p P) { p.Crest = picture(t, 1025, 8, false) }},
		{"paper.crest", "range", func(p P) { p.Crest = picture(t, 8, 1025, false) }},
		{"paper.crest", "too_long", func(p P) { p.Crest = picture(t, 200, 200, true) }},
		{"paper.crest", "too_long", func(p P) { p.Crest = text(append(bytes.Clone(whole), make([]byte, 32<<10+1-len(whole))...)) }},
	} {
		setup.Paper = texts
		x.spoil(&setup.Paper)
		err := setup.Validate()
		var faults kiosk.Faults
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Field != x.field || faults[0].Problem != x.problem {
			t.Errorf("%s should be %s: got %v", x.field, x.problem, err)
		}
	}
	setup.Paper.Crest = text(append(bytes.Clone(whole), make([]byte, 32<<10-len(whole))...)) // just as large as it may be
	if err := setup.Validate(); err != nil {
		t.Error(err)
	}
}

// What a setup without papers says is what it said before there were any.
func TestSetupWithoutPapers(t *testing.T) {
	b, err := json.Marshal(testSetup())
	if err != nil || bytes.Contains(b, []byte("paper")) {
		t.Errorf("%v %s", err, b)
	}
}

// FuzzCrest gives the hall anything for a crest: it is refused, or a picture of at most 1024 × 1024 that
// can be drawn.
func FuzzCrest(f *testing.F) {
	for _, s := range []string{picture(f, 8, 8, true), picture(f, 1025, 1, false), "", "!", "iVBORw0KGgo="} {
		raw, _ := base64.StdEncoding.DecodeString(s)
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		setup := testSetup()
		setup.Paper.Crest = base64.StdEncoding.EncodeToString(raw)
		err := setup.Validate()
		if err != nil || len(raw) == 0 {
			if err != nil && !errors.Is(err, kiosk.ErrInvalidField) {
				t.Fatal(err)
			}
			return
		}
		if len(raw) > 32<<10 {
			t.Fatalf("%d bytes were taken", len(raw))
		}
		p, err := png.Decode(bytes.NewReader(raw))
		if err != nil || p.Bounds().Dx() > 1024 || p.Bounds().Dy() > 1024 || p.Bounds().Empty() {
			t.Fatalf("was taken: %v %v", err, p.Bounds())
		}
	})
}

// printTicket takes a ticket whose paper comes out of the printer.
func printTicket(t *testing.T, o *kiosk.Owner, printer string, mm int) {
	t.Helper()
	c := take("land")
	c.Print, c.Printer = true, printer
	do(t, o, c)
	do(t, o, kiosk.ReportPrint{Token: c.Token, Printer: printer, Outcome: kiosk.Sending})
	do(t, o, kiosk.ReportPrint{Token: c.Token, Printer: printer, Outcome: kiosk.Processed, MM: mm})
}

// A roll lasts for days: it goes on over nights, restarts and a PC that was off, until a new one is in.
func TestRollsGoOn(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	o := startWith(t, log, clock, limited())
	is := func(printer string, length, used int, since string) {
		t.Helper()
		r, ok := o.View().Roll(printer)
		want := kiosk.Roll{Printer: printer, LengthMM: length, UsedMM: used}
		if got := fmt.Sprint(r.Printer, r.LengthMM, r.UsedMM); !ok || got != fmt.Sprint(want.Printer, want.LengthMM, want.UsedMM) || !r.Since.Equal(when(t, since)) {
			t.Fatalf("the roll is %+v, want %+v since %s", r, want, since)
		}
	}
	again := func() {
		o.Close()
		o = startWith(t, log, clock, nil)
	}
	if _, ok := o.View().Roll("p"); ok {
		t.Fatal("a printer that never printed has a roll")
	}
	printTicket(t, o, "p", 90) // nobody said anything of a roll
	is("p", 0, 90, "2026-11-24 09:00")
	clock.to(when(t, "2026-11-24 10:00"))
	do(t, o, kiosk.PaperChanged{Printer: "p", MM: 80_000, By: "user:an"})
	do(t, o, kiosk.PaperChanged{Printer: "a", By: "user:an"}) // of any length
	printTicket(t, o, "p", 100)
	is("p", 80_000, 100, "2026-11-24 10:00")
	is("a", 0, 0, "2026-11-24 10:00")
	again()
	is("p", 80_000, 100, "2026-11-24 10:00")

	clock.to(when(t, "2026-11-24 17:10")) // the day has closed itself, and the slip of it comes out
	tick(t, o)
	do(t, o, kiosk.ReportPage{Printer: "p", Page: kiosk.ClosingPage, Day: "2026-11-24", Outcome: kiosk.Processed, MM: 150, By: "system"})
	if !o.View().DayClosed() {
		t.Error("the day is not over")
	}
	again()
	is("p", 80_000, 250, "2026-11-24 10:00")
	clock.to(when(t, "2026-11-27 09:00")) // two days off
	again()
	is("p", 80_000, 250, "2026-11-24 10:00")
	is("a", 0, 0, "2026-11-24 10:00")
	do(t, o, kiosk.ReportPage{Printer: "p", Page: kiosk.ClosingPage, Day: "2026-11-24", Outcome: kiosk.Failed, Reason: "paper_out", MM: 20, By: "user:binh"})
	if e := log.all()[len(log.all())-1]; e.Day != "2026-11-24" {
		t.Errorf("the slip of a past day is said to be of %q", e.Day)
	}
	is("p", 80_000, 270, "2026-11-24 10:00")
	do(t, o, kiosk.PaperChanged{Printer: "p", MM: 50_000, By: "user:an"})
	is("p", 50_000, 0, "2026-11-27 09:00")
	checkLog(t, log)
}

// A PC with a dead battery prints too, and so somebody changes its paper.
func TestRollsBeforeTheFirstDay(t *testing.T) {
	clock, log := newClock(), &memory{}
	clock.step(time.Unix(5, 0).Sub(clock.now().Round(0)))
	o := startWith(t, log, clock, testSetup())
	do(t, o, kiosk.PaperChanged{Printer: "p", MM: 80_000, By: "user:an"})
	do(t, o, kiosk.ReportPage{Printer: "p", Page: kiosk.TestPage, Outcome: kiosk.Sent, MM: 120, By: "user:an"})
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 09:00"), By: "user:an"})
	o.Close()
	o = startWith(t, log, clock, nil)
	if r, _ := o.View().Roll("p"); r.LengthMM != 80_000 || r.UsedMM != 120 || o.View().Day() != "2026-11-24" {
		t.Errorf("on %s the roll is %+v", o.View().Day(), r)
	}
	checkLog(t, log)
}

// What a ticket tells of its paper: who asked for it, when, of which printer, and which one has it.
func TestWhereAPaperIs(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	o := startWith(t, log, clock, testSetup())
	c := take("land")
	c.Print, c.Printer = true, "lobby"
	do(t, o, c)
	told := func(printer string, outcome kiosk.PrintState, fault string) {
		do(t, o, kiosk.ReportPrint{Token: c.Token, Printer: printer, Outcome: outcome, Reason: fault})
	}
	is := func(want string) {
		t.Helper()
		x := o.View().Ticket(c.Token)
		st := o.View().Status(x, nil, "")
		got := fmt.Sprintf("%s asked of %q by %s at %s, on %q, shown %q, %d papers, fault %q",
			x.Print, x.Printer, x.PrintBy, x.PrintAsked.In(vietnam).Format("15:04"), x.PrintedOn, st.Printer, st.Prints, x.PrintFault)
		if got != want {
			t.Errorf("the paper is %s\nwant         %s", got, want)
		}
	}
	is(`queued asked of "lobby" by device:k1 at 09:00, on "", shown "lobby", 1 papers, fault ""`)
	clock.move(time.Minute)
	told("desk", kiosk.Sending, "") // which stands in
	is(`sending asked of "lobby" by device:k1 at 09:00, on "desk", shown "desk", 1 papers, fault ""`)
	refused(t, o, kiosk.ReportPrint{Token: c.Token, Printer: "lobby", Outcome: kiosk.Processed}, kiosk.ErrInvalidField)
	told("desk", kiosk.Failed, "cutter")
	is(`failed asked of "lobby" by device:k1 at 09:00, on "desk", shown "desk", 1 papers, fault "cutter"`)
	do(t, o, kiosk.Reprint{Token: c.Token, By: "system"})
	is(`queued asked of "lobby" by system at 09:01, on "", shown "lobby", 2 papers, fault ""`)
	told("lobby", kiosk.Sending, "")
	told("lobby", kiosk.Confirmed, "")
	clock.move(time.Minute)
	do(t, o, kiosk.Reprint{Token: c.Token, By: "user:an", Printer: "desk"})
	is(`queued asked of "desk" by user:an at 09:02, on "", shown "desk", 3 papers, fault ""`)
	clock.move(time.Minute)
	elsewhere := kiosk.Reprint{Token: c.Token, By: "user:binh", Printer: "lobby"}
	do(t, o, elsewhere) // while it waits: the same paper
	is(`queued asked of "lobby" by user:binh at 09:03, on "", shown "lobby", 3 papers, fault ""`)
	clock.move(time.Minute)
	do(t, o, elsewhere)
	is(`queued asked of "lobby" by user:binh at 09:03, on "", shown "lobby", 3 papers, fault ""`)
	told("lobby", kiosk.Sending, "")
	do(t, o, kiosk.Reprint{Token: c.Token, By: "user:an", Printer: "desk"}) // too late
	is(`sending asked of "lobby" by user:binh at 09:03, on "lobby", shown "lobby", 3 papers, fault ""`)
	checkLog(t, log)
}

// When staff set the clock after a power cut, who waits for his paper since two minutes has not waited for
// hours; whose paper was asked for before it has.
func TestPapersKeepTheirAge(t *testing.T) {
	clock, log := clockAt(t, "2026-11-24 09:00"), &memory{}
	o := startWith(t, log, clock, testSetup())
	paper := func() string {
		c := take("land")
		c.Print = true
		return do(t, o, c).Token
	}
	before := paper()
	clock.to(when(t, "2026-11-24 09:01"))
	do(t, o, kiosk.ReportPrint{Token: before, Printer: "p", Outcome: kiosk.Sending})
	o.Close() // a power cut, and the battery of the clock is dead
	clock.step(time.Unix(5, 0).Sub(clock.now().Round(0)))
	o = startWith(t, log, clock, nil)
	clock.move(3 * time.Minute)
	after, lost := paper(), paper()
	do(t, o, kiosk.ReportPrint{Token: lost, Printer: "p", Outcome: kiosk.Sending})
	do(t, o, kiosk.ReportPrint{Token: lost, Printer: "p", Outcome: kiosk.Failed, Reason: "paper_out"})
	clock.move(2 * time.Minute)
	clock.step(time.Hour) // somebody sets the PC's clock first
	tick(t, o)
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 12:00"), By: "user:an"})
	ages := func(want ...time.Duration) {
		t.Helper()
		for i, token := range []string{before, after, lost} {
			if got := o.Now().Sub(o.View().Ticket(token).PrintAsked).Round(time.Second); got != want[i] {
				t.Errorf("paper %d is %s old, want %s", i, got, want[i])
			}
		}
	}
	ages(3*time.Hour, 2*time.Minute, 2*time.Minute)
	clock.move(time.Minute)
	do(t, o, kiosk.SetClock{Now: when(t, "2026-11-24 12:31"), By: "user:binh"}) // a clock that nobody doubted
	ages(3*time.Hour+time.Minute, 3*time.Minute, 3*time.Minute)
	o.Close()
	o = startWith(t, log, clock, nil) // the hall's time is the PC's again; what counts is what was in the log
	if got := o.View().Ticket(after).PrintAsked.In(vietnam).Format("15:04"); got != "12:28" {
		t.Errorf("folded anew, the paper was asked for at %s", got)
	}
	checkLog(t, log)
}
