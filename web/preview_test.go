package web_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// draft gives the body of a request with the hall's setup, changed.
func (h *hall) draft(change func(*kiosk.Setup)) string {
	h.t.Helper()
	s := demoSetup()
	change(s)
	b, err := json.Marshal(map[string]any{"seq": 1, "setup": s})
	h.must(err)
	return string(b)
}

func TestPreview(t *testing.T) {
	h := newHall(t)
	seq := h.owner.View().SetupSeq()
	body := h.draft(func(s *kiosk.Setup) { s.Paper.Head.VI, s.Services[0].Name.VI = "Số 12 Trần Phú", "" })
	a := h.do(h.admin, "POST", "/api/papers/preview?kind=ticket&width=58&lang=en&priority=1&route=1&booked=0", body)
	if a.status != 200 || a.header.Get("Content-Type") != "image/png" || string(a.body) != "\x89PNG" {
		t.Fatalf("answered %d %v %q", a.status, a.header, a.body)
	}
	p := h.proofs[0]
	if p.Setup.Paper.Head.VI != "Số 12 Trần Phú" {
		t.Errorf("drew a head %q", p.Setup.Paper.Head.VI)
	}
	p.Setup = nil
	if p.Kind != "ticket" || p.Width != 58 || p.Lang != kiosk.English || !p.Priority || !p.Route || p.Booked || p.Reprint {
		t.Errorf("drew %+v", p)
	}
	h.do(h.admin, "POST", "/api/papers/preview?kind=closing", body)
	if p := h.proofs[1]; p.Kind != "closing" || p.Width != 80 || p.Lang != kiosk.Vietnamese {
		t.Errorf("without a width and a language it drew %+v", p)
	}
	if h.owner.View().SetupSeq() != seq {
		t.Error("the preview changed the hall")
	}
}

func TestPreviewRefuses(t *testing.T) {
	h := newHall(t)
	good := h.draft(func(*kiosk.Setup) {})
	h.refused("a manager", h.do(h.manager, "POST", "/api/papers/preview?kind=ticket", good), 403, "forbidden")
	h.refused("a stranger", h.do("", "POST", "/api/papers/preview?kind=ticket", good), 401, "unauthenticated")
	for _, query := range []string{"", "kind=poster", "kind=ticket&width=44", "kind=ticket&lang=fr", "kind=ticket&priority=yes"} {
		h.refused(query, h.do(h.admin, "POST", "/api/papers/preview?"+query, good), 422, "invalid_field")
	}
	for name, change := range map[string]func(*kiosk.Setup){
		"a long text":    func(s *kiosk.Setup) { s.Paper.Foot.VI = strings.Repeat("ă", 161) },
		"no picture":     func(s *kiosk.Setup) { s.Paper.Crest = "bm8gcGljdHVyZQ==" },
		"61 services":    func(s *kiosk.Setup) { s.Services = slices.Repeat(s.Services[:1], 61) },
		"a long service": func(s *kiosk.Setup) { s.Services[0].Name.VI = strings.Repeat("ă", 4000) },
	} {
		h.refused(name, h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", h.draft(change)), 422, "invalid_field")
	}
	h.refused("no setup", h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", `{"seq":1}`), 422, "invalid_field")
	h.refused("no JSON", h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", `{`), 400, "bad_request")
	if len(h.proofs) > 0 {
		t.Errorf("drew %+v", h.proofs)
	}
}

func TestPreviewIsLimited(t *testing.T) {
	h := newHall(t)
	body := h.draft(func(*kiosk.Setup) {})
	for range 20 {
		h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", body)
	}
	h.refused("the 21st at once", h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", body), 429, "too_many_requests")
	if n := len(h.proofs); n != 20 {
		t.Errorf("drew %d, want 20", n)
	}
	h.clock.move(time.Second)
	if a := h.do(h.admin, "POST", "/api/papers/preview?kind=ticket", body); a.status != 200 {
		t.Errorf("a second later: %d", a.status)
	}
}
