package web_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// watchedLive keeps who followed last, and counts how often he was asked whether he still is who he was.
type watchedLive struct {
	fakeLive
	viewer   *web.Viewer
	rechecks *int
}

func (l watchedLive) Serve(_ http.ResponseWriter, _ *http.Request, v web.Viewer) { *l.viewer = v }
func (l watchedLive) Recheck()                                                   { *l.rechecks++ }

// A paired display shows the counters of its zone, and is sent away to come back when the zone changes.
func TestADisplayHasAZone(t *testing.T) {
	var viewer web.Viewer
	rechecks := 0
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Live = watchedLive{viewer: &viewer, rechecks: &rechecks} })
	display, id := h.server.Pair("display")
	_, kioskID := h.server.Pair("kiosk")
	put := func(id, body string) answer { return h.do(h.admin, "PUT", "/api/devices/"+id, body) }
	follow := func(who string) web.Viewer {
		h.do(who, "GET", "/ws", "", "Upgrade", "websocket", "Connection", "Upgrade")
		return viewer
	}
	before := follow(display)
	if before.Device != id || before.Zone != nil || before.Still == nil || !before.Still() {
		t.Errorf("at first: %+v", before)
	}
	if a := put(id, `{"counters":["2","3"]}`); a.status != 200 || !strings.Contains(string(a.body), `"counters":["2","3"]`) {
		t.Errorf("zone: %d %s", a.status, a.body)
	}
	if rechecks != 1 || before.Still() {
		t.Errorf("the display was not sent away: %d", rechecks)
	}
	h.serve() // it is on the disk
	now := follow(display)
	if !slices.Equal(now.Zone, []string{"2", "3"}) || !now.Still() {
		t.Errorf("then: %+v", now)
	}
	if v := follow(""); v.Zone != nil || v.Still != nil {
		t.Errorf("a display that is not paired: %+v", v)
	}
	h.all([]expect{
		{"no such counter", h.admin, "PUT", "/api/devices/" + id, `{"counters":["9"]}`, 404, "unknown_counter"},
		{"a counter twice", h.admin, "PUT", "/api/devices/" + id, `{"counters":["2","2"]}`, 422, "invalid_field"},
		{"no counters", h.admin, "PUT", "/api/devices/" + id, `{"counters":null}`, 422, "invalid_field"},
		{"a printer for a display", h.admin, "PUT", "/api/devices/" + id, `{"printer":"","counters":["1"]}`, 422, "invalid_field"},
		{"a zone for a kiosk", h.admin, "PUT", "/api/devices/" + kioskID, `{"counters":["2"]}`, 422, "invalid_field"},
		{"a manager", h.manager, "PUT", "/api/devices/" + id, `{"counters":["1"]}`, 403, "forbidden"},
	})
	if v := follow(display); !slices.Equal(v.Zone, []string{"2", "3"}) || rechecks != 1 {
		t.Errorf("a refusal changed something: %+v, %d", v, rechecks)
	}
	h.removeCounter("2")
	if now.Still() {
		t.Error("a counter of the zone is gone, and the display keeps the old zone")
	}
	if v := follow(display); !slices.Equal(v.Zone, []string{"3"}) {
		t.Errorf("with a counter gone: %+v", v)
	}
	h.removeCounter("3")
	if v := follow(display); v.Zone != nil {
		t.Errorf("with all its counters gone it shows %v, want all", v.Zone)
	}
	if a := put(id, `{"counters":[]}`); a.status != 200 || strings.Contains(string(a.body), "counters") {
		t.Errorf("taken back: %d %s", a.status, a.body)
	}
}

// removeCounter takes a counter out of the hall's setup.
func (h *hall) removeCounter(id string) {
	h.t.Helper()
	setup := *h.owner.View().Setup()
	setup.Counters = slices.DeleteFunc(slices.Clone(setup.Counters), func(c kiosk.Counter) bool { return c.ID == id })
	body, err := json.Marshal(map[string]any{"setup": setup, "seq": h.owner.View().SetupSeq()})
	h.must(err)
	if a := h.do(h.admin, "PUT", "/api/setup", string(body)); a.status != 200 {
		h.t.Fatalf("counter %s can't be removed: %d %s", id, a.status, a.body)
	}
}
