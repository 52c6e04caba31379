package web_test

import (
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// lockable is a hall with two paired kiosks that are both connected, and what puts a lock on the first.
func lockable(t *testing.T) (h *hall, first, second string, put func(body string) answer) {
	var here []web.Screen
	h = newHall(t, func(s *kiosk.Setup, o *web.Options) {
		s.Services[0].Slots = &kiosk.Slots{Capacity: 2}
		o.Screens = func() []web.Screen { return here }
	})
	first, id := h.server.Pair("kiosk")
	second, other := h.server.Pair("kiosk")
	_, display := h.server.Pair("display")
	_, away := h.server.Pair("kiosk")
	here = append(here, web.Screen{View: "kiosk", Device: id, Connected: true}, web.Screen{View: "kiosk", Device: other, Connected: true},
		web.Screen{View: "kiosk", Device: away}, web.Screen{View: "public", Device: display, Connected: true})
	return h, first, second, func(body string) answer { return h.do(h.admin, "PUT", "/api/devices/"+id, body) }
}

// station is what a machine learns of itself.
type station struct {
	Device struct {
		Locked     bool
		LockReason string `json:"lock_reason"`
		LockEN     string `json:"lock_reason_en"`
	}
	Kiosks []string
}

// TestLockedKiosk: a locked kiosk gives nothing, says why and where to go, also after a restart, and is itself
// again when it is unlocked. Everybody else goes on.
func TestLockedKiosk(t *testing.T) {
	h, locked, other, put := lockable(t)
	missed := h.take("dat-dai").Token
	before := h.do(locked, "POST", "/api/tickets", `{"service":"dat-dai"}`, "Idempotency-Key", "k1")
	given := h.ticket(before, 201)
	seq := h.owner.View().Seq()
	if a := put(`{"locked":true,"reason":"Đang thay giấy","reason_en":"New paper"}`); a.status != 200 || !strings.Contains(string(a.body), `"lock_reason":"Đang thay giấy"`) {
		t.Fatalf("locking: %d %s", a.status, a.body)
	}
	h.noted(seq, "locked", "Đang thay giấy")
	h.serve() // the lock is on the disk
	state := func() station { return into[station](h, h.do(locked, "GET", "/api/session", "")) }
	if s := state(); !s.Device.Locked || s.Device.LockReason != "Đang thay giấy" || s.Device.LockEN != "New paper" || len(s.Kiosks) != 1 {
		t.Errorf("the machine learns %+v, want the other kiosk that is there", s)
	}
	slot := `{"service":"dat-dai","start":"2026-11-25T09:00:00+07:00"}`
	h.all([]expect{
		{"a ticket", locked, "POST", "/api/tickets", `{"service":"dat-dai"}`, 403, "kiosk_locked"},
		{"by a clerk at this machine", locked + "; " + h.clerk, "POST", "/api/tickets", `{"service":"dat-dai"}`, 403, "kiosk_locked"},
		{"an appointment", locked, "POST", "/api/appointments", slot, 403, "kiosk_locked"},
		{"a wrong code", locked, "POST", "/api/checkin", `{"code":"000000"}`, 403, "kiosk_locked"},
		{"a return", locked, "POST", "/api/tickets/" + missed + "/return", "", 403, "kiosk_locked"},
		{"the other kiosk", other, "POST", "/api/tickets", `{"service":"dat-dai"}`, 201, ""},
		{"a phone", "", "POST", "/api/appointments", slot, 201, ""},
		{"looking at a ticket", locked, "GET", "/api/tickets/" + missed, "", 200, ""},
	})
	again := h.ticket(h.do(locked, "POST", "/api/tickets", `{"service":"dat-dai"}`, "Idempotency-Key", "k1"), 200)
	if again.Token != given.Token {
		t.Error("a ticket that was given before the lock is not given again to who lost the answer")
	}
	code := into[struct{ Code string }](h, h.do(h.clerk, "POST", "/api/appointments", `{"service":"dat-dai","start":"2026-11-24T08:30:00+07:00"}`)).Code
	h.clock.move(15 * time.Minute)
	h.refused("a check-in", h.do(locked, "POST", "/api/checkin", `{"code":"`+code+`"}`), 403, "kiosk_locked")
	if a := put(`{"locked":false}`); a.status != 200 || strings.Contains(string(a.body), "lock") {
		t.Errorf("unlocking: %d %s", a.status, a.body)
	}
	if s := state(); s.Device.Locked || s.Device.LockReason+s.Device.LockEN != "" || s.Kiosks != nil {
		t.Errorf("unlocked, the machine learns %+v", s)
	}
	h.ticket(h.do(locked, "POST", "/api/checkin", `{"code":"`+code+`"}`), 201)
}

// noted checks that the log says since seq what was done to a device.
func (h *hall) noted(seq uint64, what, reason string) {
	h.t.Helper()
	events, err := h.journal.Since(seq, 10)
	h.must(err)
	if len(events) != 1 || events[0].Type != kiosk.DeviceChanged || events[0].What != what || events[0].Reason != reason || events[0].By != "user:admin" {
		h.t.Errorf("the log says %+v", events)
	}
}

// TestLockIsForKiosks: what can't be locked, and who may not lock.
func TestLockIsForKiosks(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.LoopbackIs = "kiosk" })
	_, id := h.server.Pair("kiosk")
	_, display := h.server.Pair("display")
	path := "/api/devices/"
	h.all([]expect{
		{"a display", h.admin, "PUT", path + display, `{"locked":true}`, 422, "invalid_field"},
		{"loopback", h.admin, "PUT", path + "loopback", `{"locked":true}`, 404, "unknown_device"},
		{"a reason for nothing", h.admin, "PUT", path + id, `{"printer":"","reason":"x"}`, 422, "invalid_field"},
		{"nothing", h.admin, "PUT", path + id, `{"locked":null}`, 422, "invalid_field"},
		{"an English reason alone", h.admin, "PUT", path + id, `{"locked":true,"reason_en":"x"}`, 422, "invalid_field"},
		{"an English reason for nothing", h.admin, "PUT", path + id, `{"printer":"","reason_en":"x"}`, 422, "invalid_field"},
		{"a long English reason", h.admin, "PUT", path + id, `{"locked":true,"reason":"x","reason_en":"` + strings.Repeat("x", 201) + `"}`, 422, "invalid_field"},
		{"a long reason", h.admin, "PUT", path + id, `{"locked":true,"reason":"` + strings.Repeat("ạ", 201) + `"}`, 422, "invalid_field"},
		{"a manager", h.manager, "PUT", path + id, `{"locked":true}`, 403, "forbidden"},
		{"the kiosk itself", h.kiosk, "PUT", path + id, `{"locked":false}`, 401, "unauthenticated"},
	})
	if a := h.do("", "POST", "/api/tickets", `{"service":"dat-dai"}`); a.status != 201 {
		t.Errorf("loopback: %d %s", a.status, a.body)
	}
}

// TestLockSendsTheScreenAway: who follows the hall as this kiosk is sent away, and comes back as a locked one.
func TestLockSendsTheScreenAway(t *testing.T) {
	var viewer web.Viewer
	rechecks := 0
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Live = watchedLive{viewer: &viewer, rechecks: &rechecks} })
	cookie, id := h.server.Pair("kiosk")
	follow := func() web.Viewer {
		h.do(cookie, "GET", "/ws?view=kiosk", "", "Upgrade", "websocket", "Connection", "Upgrade")
		return viewer
	}
	open := follow()
	h.do(h.admin, "PUT", "/api/devices/"+id, `{"locked":true}`)
	if rechecks != 1 || open.Still() {
		t.Error("the kiosk's screen was not sent away")
	}
	shut := follow()
	if !shut.Locked || !shut.Still() {
		t.Errorf("it came back as %+v", shut)
	}
	h.do(h.admin, "PUT", "/api/devices/"+id, `{"locked":false}`)
	if rechecks != 2 || shut.Still() {
		t.Error("the locked screen was not sent away")
	}
}
