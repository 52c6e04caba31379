package web_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// checked is the answer of the morning check.
type checked struct {
	Now            time.Time
	Clock, Version string
	BusinessDay    string `json:"business_day"`
	Printers       []kiosk.PrinterStatus
	Papers         struct {
		Printed, Unconfirmed, Pending, Uncertain, Failed, Expired int
		Open                                                      []struct{ Number, Print string }
	}
	Displays, Kiosks struct {
		Paired []struct {
			Name      string
			Connected bool
		}
		Others int
	}
	Voice struct {
		Spoken   string
		Displays int
		Speakers []struct{ Name string }
	}
	Hardware []web.Part
	Backup   *struct{ At time.Time }
	Disk     *struct{ Free, Total uint64 }
}

func (h *hall) check() checked {
	h.t.Helper()
	a := h.do(h.clerk, "GET", "/api/check", "")
	if a.status != 200 {
		h.t.Fatalf("the check: %d %s", a.status, a.body)
	}
	return into[checked](h, a)
}

func TestCheckTellsHowThingsStand(t *testing.T) {
	var screens []web.Screen
	var upkeep web.Upkeep
	parts := []web.Part{}
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Parts = func() []web.Part { return parts }
		o.Screens, o.Upkeep, o.Version = func() []web.Screen { return screens }, func() web.Upkeep { return upkeep }, "1.2.3"
	})
	got := h.check()
	if got.Clock != "trusted" || !got.Now.Equal(h.clock.now()) || got.BusinessDay != "2026-11-24" || got.Version != "1.2.3" || len(got.Printers) != 1 {
		t.Errorf("at the start: %+v", got)
	}
	if got.Backup != nil || got.Disk != nil {
		t.Errorf("nobody knows of a backup or a disk: %+v", got)
	}
	if len(got.Kiosks.Paired) != 1 || got.Kiosks.Paired[0].Connected || len(got.Displays.Paired) != 0 {
		t.Errorf("one kiosk is paired and off: %+v", got)
	}
	kioskID := into[struct{ Device struct{ ID string } }](h, h.do(h.kiosk, "GET", "/api/session", "")).Device.ID
	_, tv := h.server.Pair("display")
	screens = []web.Screen{
		{View: "kiosk", Device: kioskID, Connected: true}, {View: "kiosk", Device: "loopback", Connected: true}, {View: "clerk", Sound: true, Connected: true}, {View: "public", Sound: true, Connected: true},
		{View: "public", Device: tv, Connected: true}, {View: "public", Device: kioskID, Connected: true}, {View: "kiosk", Device: tv, Connected: true},
		{View: "kiosk", Device: "gone"}, {View: "public", Device: "gone", Sound: true},
	}
	if got.Hardware == nil || len(got.Hardware) != 0 {
		t.Errorf("there is no hardware: %+v", got.Hardware)
	}
	parts = []web.Part{{Kind: "button", Name: "button-GPIO17", For: []string{"dat-dai"}, State: "stuck"}}
	upkeep = web.Upkeep{Backup: h.clock.now().Add(-time.Hour), DiskFree: 5, DiskTotal: 7}
	got = h.check()
	if !got.Kiosks.Paired[0].Connected || got.Kiosks.Others != 2 || !got.Displays.Paired[0].Connected || got.Displays.Others != 2 {
		t.Errorf("screens: kiosks %+v, displays %+v", got.Kiosks, got.Displays)
	}
	if got.Voice.Spoken != "twice" || got.Voice.Displays != 1 || got.Voice.Speakers == nil {
		t.Errorf("the voice: %+v", got.Voice)
	}
	if got.Backup == nil || !got.Backup.At.Equal(upkeep.Backup) || got.Disk == nil || got.Disk.Free != 5 || got.Disk.Total != 7 {
		t.Errorf("upkeep: %+v %+v", got.Backup, got.Disk)
	}
	if !reflect.DeepEqual(got.Hardware, parts) {
		t.Errorf("hardware: %+v", got.Hardware)
	}
	h.take("dat-dai")
	h.restart(-24 * time.Hour)
	if got := h.check(); got.Clock != "suspect" {
		t.Errorf("the clock is %s", got.Clock)
	}
}

func TestCheckCountsThePapers(t *testing.T) {
	h := newHall(t)
	ways := map[kiosk.PrintState]int{
		kiosk.Queued: 1, kiosk.Sending: 2, kiosk.Sent: 3, kiosk.Processed: 4, kiosk.Confirmed: 5, kiosk.PrintUncertain: 6, kiosk.Failed: 7, kiosk.Expired: 8,
	}
	states := []kiosk.PrintState{kiosk.Queued, kiosk.Sending, kiosk.Sent, kiosk.Processed, kiosk.Confirmed, kiosk.PrintUncertain, kiosk.Failed, kiosk.Expired}
	for _, state := range states {
		for range ways[state] {
			token := h.take("dat-dai").Token
			if state != kiosk.Queued {
				h.report(token, kiosk.Sending)
			}
			if state != kiosk.Queued && state != kiosk.Sending {
				h.report(token, state)
			}
		}
	}
	h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","print":false}`), 201)
	got := h.check().Papers
	if fmt.Sprint(got.Printed, got.Unconfirmed, got.Pending, got.Uncertain, got.Failed, got.Expired) != "9 3 3 6 7 8" {
		t.Errorf("counted %+v", got)
	}
	var open []string
	for _, x := range got.Open {
		open = append(open, x.Number)
	}
	want := []string{"A001", "A002", "A003"}
	for n := 16; n < 33; n++ {
		want = append(want, fmt.Sprintf("A%03d", n))
	}
	if !slices.Equal(open, want) {
		t.Errorf("open papers %q, want %q", open, want)
	}
	if a := h.at("1", "open", ""); a.status != 200 {
		t.Fatal(a.status)
	}
	h.ticket(h.at("1", "next", "{}"), 200)
	if got := h.check().Papers.Open; got[0].Number != "A002" || len(got) != 20 {
		t.Errorf("a citizen who was called is still in the list: %+v", got)
	}
}
