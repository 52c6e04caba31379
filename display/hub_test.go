package display_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

func TestACallReachesTheScreen(t *testing.T) {
	h := newHall(t, nil)
	h.do(kiosk.OpenCounter{Operator: at("3")})
	s := h.dial("")
	hello := s.until("hello")
	if !strings.Contains(hello.raw, `"zone":[]`) {
		t.Errorf("a display without a zone is told %s", hello.raw)
	}
	if hello.Epoch != "e1" || hello.Build != "b1" || hello.View != "public" || !strings.HasSuffix(hello.Now, "+07:00") {
		t.Errorf("hello: %s", hello.raw)
	}
	snap := s.until("snapshot")
	if snap.Seq != h.owner.View().Seq() || snap.Hall.Name != "Bộ phận Một cửa" || len(snap.Hall.Services) != 1 {
		t.Errorf("snapshot: %s", snap.raw)
	}
	h.take("k1")
	taken := s.until("ticket.taken")
	if taken.Prev != snap.Seq {
		t.Errorf("the first event has prev %d, the snapshot was %d", taken.Prev, snap.Seq)
	}
	h.do(kiosk.Next{Operator: at("3")})
	called := s.until("ticket.called")
	if called.Number != "A001" || called.Counter != "3" || called.Prev != taken.Seq || called.Lang != "vi" {
		t.Errorf("called: %s", called.raw)
	}
	if c := s.until("hall.counts"); c.Seq != called.Seq || c.Services[0].Waiting != 0 {
		t.Errorf("counts: %s", c.raw)
	}
}

func TestChangedHallGivesSnapshot(t *testing.T) {
	h := newHall(t, nil)
	s := h.dial("")
	s.until("snapshot")
	setup := testSetup()
	setup.Name.VI = "Trung tâm"
	h.do(kiosk.ChangeSetup{Setup: setup, Seq: h.owner.View().SetupSeq(), By: "user:an"})
	changed := s.until("hall.changed")
	snap := s.until("snapshot")
	if snap.Hall.Name != "Trung tâm" || snap.Seq != changed.Seq {
		t.Errorf("after the change: %s", snap.raw)
	}
	h.take("k1")
	if e := s.until("ticket.taken"); e.Prev != snap.Seq {
		t.Errorf("prev %d, want the snapshot's %d", e.Prev, snap.Seq)
	}
	// Who missed the change gets the event and the names as well.
	late := h.dial(fmt.Sprintf("epoch=e1&since=%d", changed.Seq-1))
	if e := late.until("hall.changed"); e.Prev != changed.Seq-1 {
		t.Errorf("replayed prev %d", e.Prev)
	}
	if snap := late.until("snapshot"); snap.Seq != h.owner.View().Seq() {
		t.Errorf("snapshot after the replay: %d", snap.Seq)
	}
}

func TestOddOffsetGivesSnapshot(t *testing.T) {
	h := newHall(t, nil)
	h.take("k1")
	top := h.owner.View().Seq()
	for _, q := range []string{
		"", "since=1", "epoch=e1", "epoch=e0&since=1", "epoch=e1&since=0", "epoch=e1&since=-1", "epoch=e1&since=x",
		"epoch=e1&since=99999999999999999999", fmt.Sprintf("epoch=e1&since=%d", top+1),
	} {
		s := h.dial(q)
		s.until("hello")
		if f, err := s.read(); err != nil || f.Type != "snapshot" {
			t.Errorf("%q: %s %v", q, f.raw, err)
		}
	}
	s := h.dial("epoch=e1&since=1") // the day.opened itself
	s.until("hello")
	if f, err := s.read(); err != nil || f.Type != "ticket.taken" || f.Prev != 1 {
		t.Errorf("a good offset: %s %v", f.raw, err)
	}
}

func TestLostHistoryGivesSnapshot(t *testing.T) {
	h := newHall(t, func(o *display.Options) {
		o.Hall, o.History = forgetful{o.Hall.(*kiosk.Owner), 1}, nil
		o.Log = slog.New(slog.DiscardHandler)
	})
	for range 5 {
		h.take("k1")
	}
	s := h.dial("epoch=e1&since=1")
	s.until("hello")
	if f, err := s.read(); err != nil || f.Type != "snapshot" || f.Seq != 6 {
		t.Errorf("got %s %v", f.raw, err)
	}
}

func TestViewsLeakNothing(t *testing.T) {
	faulty := make(chan struct{})
	h := newHall(t, func(o *display.Options) {
		o.Printers = func() []kiosk.PrinterStatus {
			return []kiosk.PrinterStatus{{Name: "cashdrawer", Fault: "paper_out"}}
		}
		o.PrintersChanged = func() <-chan struct{} {
			select {
			case <-faulty:
				return nil // told once: told without end it would cut off a screen that reads slowly
			default:
				return faulty
			}
		}
	})
	h.do(kiosk.OpenCounter{Operator: at("1")})
	views := map[string]*screen{
		"public": h.dial(""), "other kiosk": h.dial("view=kiosk&device=k2"), "no kiosk": h.dial("view=kiosk"),
		"own kiosk": h.dial("view=kiosk&device=k1"), "clerk": h.dial("view=clerk"),
	}
	for _, s := range views {
		s.until("snapshot")
	}
	tk := h.take("k1")
	h.do(kiosk.ReportPrint{Token: tk.Token, Printer: "p", Outcome: kiosk.Sending})
	h.do(kiosk.ReportPrint{Token: tk.Token, Printer: "p", Outcome: kiosk.Failed, Reason: "paper_out"})
	h.do(kiosk.SetPriority{Token: tk.Token, Priority: "elderly", Reason: "75+", By: "user:an"})
	h.do(kiosk.PaperChanged{Printer: "backroom", MM: 80_000, By: "user:an"})
	h.do(kiosk.ReportPage{Printer: "backroom", Page: kiosk.TestPage, Outcome: kiosk.Processed, MM: 131, By: "user:an"})
	h.do(kiosk.Next{Operator: at("1")})
	h.do(kiosk.PauseCounter{Operator: at("1"), Reason: "secretbreak"})
	h.do(kiosk.ResumeCounter{Operator: at("1")})
	text, prints := map[string]string{}, map[string]int{}
	for name, s := range views {
		prev := uint64(0)
		for {
			f, err := s.read()
			if err != nil {
				t.Fatal(name, err)
			}
			text[name] += f.raw
			if f.Type == "hall.counts" {
				continue
			}
			if prev > 0 && f.Prev != prev {
				t.Errorf("%s: %s follows %d", name, f.raw, prev)
			}
			prev = f.Seq
			if strings.HasPrefix(f.Type, "print.") && f.Type != "print.page" {
				prints[name]++
			}
			if f.Type == "counter.resumed" {
				break
			}
		}
	}
	secrets := []string{tk.Token, "elderly", "secretbreak", "paper_out", "backroom", "paper_changed", "print.page", "80000", "user:an", `"an"`}
	for _, name := range []string{"public", "other kiosk", "no kiosk"} {
		for _, secret := range secrets {
			if strings.Contains(text[name], secret) {
				t.Errorf("%s saw %q in %s", name, secret, text[name])
			}
		}
		if prints[name] != 0 {
			t.Errorf("%s got %d print outcomes", name, prints[name])
		}
	}
	if prints["own kiosk"] != 2 || prints["clerk"] != 2 || !strings.Contains(text["own kiosk"], tk.Token) {
		t.Errorf("print outcomes: %v", prints)
	}
	for _, want := range secrets[:8] {
		if !strings.Contains(text["clerk"], want) {
			t.Errorf("the clerk did not get %q", want)
		}
	}
	for _, secret := range []string{"elderly", "secretbreak", "paper_changed", "print.page"} {
		if strings.Contains(text["own kiosk"], secret) {
			t.Errorf("the kiosk saw %q, which is the staff's", secret)
		}
	}
	close(faulty)
	if f := views["clerk"].until("printer.state"); f.Printers[0].Fault != "paper_out" {
		t.Errorf("printer: %s", f.raw)
	}
}

func TestAcknowledgement(t *testing.T) {
	h := newHall(t, nil)
	s := h.dial("device=tv1")
	seq := s.until("snapshot").Seq
	s.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"type":"ack","seq":%d,"sound":true,"voice":"on"}`, seq+1000))
	var got display.Client
	for deadline := time.Now().Add(10 * time.Second); got.Acked == 0 && time.Now().Before(deadline); {
		got = h.hub.Clients()[0]
	}
	if got.Acked != seq || got.Seq != seq || !got.Sound || got.Voice != "on" || got.Device != "tv1" || got.View != display.Public || got.Since.IsZero() {
		t.Errorf("client: %+v", got)
	}
}

func TestGarbageClosesTheScreen(t *testing.T) {
	h := newHall(t, nil)
	for _, c := range []struct {
		kind int
		text string
		code int
	}{
		{websocket.TextMessage, "{", websocket.ClosePolicyViolation},
		{websocket.TextMessage, `{"type":"call"}`, websocket.ClosePolicyViolation},
		{websocket.TextMessage, `{"type":"ack","seq":-1}`, websocket.ClosePolicyViolation},
		{websocket.BinaryMessage, `{"type":"ack","seq":1}`, websocket.ClosePolicyViolation},
		{websocket.TextMessage, strings.Repeat("x", 4096), websocket.CloseMessageTooBig},
	} {
		s := h.dial("")
		s.until("snapshot")
		s.conn.WriteMessage(c.kind, []byte(c.text))
		if _, err := s.read(); !websocket.IsCloseError(err, c.code) {
			t.Errorf("%.20q: %v, want code %d", c.text, err, c.code)
		}
	}
}

func TestEndTakesEverybodyAlong(t *testing.T) {
	h := newHall(t, nil)
	token := h.take("k1").Token
	s, phone := h.dial(""), h.dial("ticket="+token)
	s.until("snapshot")
	phone.until("ticket.status")
	h.stop() // returns only when all goroutines of the hub have ended
	for _, x := range []*screen{s, phone} {
		if _, err := x.read(); !websocket.IsCloseError(err, websocket.CloseServiceRestart) {
			t.Errorf("the screen was told %v", err)
		}
	}
	if got := h.hub.Clients(); got != nil {
		t.Errorf("clients of an ended hub: %v", got)
	}
}
