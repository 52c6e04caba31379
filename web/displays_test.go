package web_test

import (
	"net/http"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// follow connects as a display does; the fake hub keeps nothing of it.
func (h *hall) follow(who string) {
	h.t.Helper()
	if a := h.do(who, "GET", "/ws", "", "Upgrade", "websocket", "Connection", "Upgrade"); a.status != http.StatusOK {
		h.t.Fatalf("following: %d %s", a.status, a.body)
	}
}

// tv gives the only paired display as the staff sees it.
func (h *hall) tv() web.Display {
	h.t.Helper()
	got := into[struct{ Paired []web.Display }](h, h.do(h.clerk, "GET", "/api/displays", ""))
	if len(got.Paired) != 1 {
		h.t.Fatalf("%d displays are paired", len(got.Paired))
	}
	return got.Paired[0]
}

// newDisplayHall gives a hall with a paired display and what its hub says of it.
func newDisplayHall(t *testing.T) (h *hall, cookie string, screen *web.Screen, screens *[]web.Screen) {
	screens = &[]web.Screen{}
	h = newHall(t, func(_ *kiosk.Setup, o *web.Options) { o.Screens = func() []web.Screen { return *screens } })
	cookie, id := h.server.Pair("display")
	*screens = []web.Screen{{View: "public", Device: id, Connected: true, Since: h.clock.now(), Acked: 7, Sound: true, Voice: "on"}}
	return h, cookie, &(*screens)[0], screens
}

func TestTheStaffSeesEachDisplay(t *testing.T) {
	h, _, tv, _ := newDisplayHall(t)
	tv.Behind, tv.Silent = 3, 4*time.Second
	got := h.tv()
	if got.ID != tv.Device || got.Name == "" || !got.Connected || got.Counters == nil || got.Lost != "" {
		t.Errorf("the display: %+v", got)
	}
	if got.Since == nil || !got.Since.Equal(tv.Since) || got.SeenAt == nil || !got.SeenAt.Equal(h.clock.now().Add(-4*time.Second)) || got.Behind == nil || *got.Behind != 3 {
		t.Errorf("since %v, seen %v, behind %v", got.Since, got.SeenAt, got.Behind)
	}
	for voice, want := range map[string]string{"on": "on", "blocked": "suspended", "trying": "starting", "failed": "failed", "muted": "off", "off": "off", "": "unknown", "x": "unknown"} {
		if tv.Voice = voice; h.tv().Sound != want {
			t.Errorf("voice %q is told as %q, want %q", voice, h.tv().Sound, want)
		}
	}
	if tv.Acked = 0; h.tv().Behind != nil {
		t.Error("it said nothing, and is told to be up to date")
	}
	h.all([]expect{{"nobody", "", "GET", "/api/displays", "", 401, "unauthenticated"}, {"a kiosk", h.kiosk, "GET", "/api/displays", "", 401, "unauthenticated"}})
}

func TestALostDisplayIsTold(t *testing.T) {
	h, _, tv, screens := newDisplayHall(t)
	for _, x := range []struct {
		name         string
		connected    bool
		silent, owes time.Duration
		want         string
		since        time.Duration
	}{
		{"all is well", true, 9 * time.Second, time.Second, "", 0},
		{"gone for 30 s", false, 30 * time.Second, 0, "", 0},
		{"gone for longer", false, 31 * time.Second, 0, "gone", 31 * time.Second},
		{"half open", true, 40 * time.Second, time.Hour, "gone", 40 * time.Second},
		{"shows nothing for 30 s", true, time.Second, 30 * time.Second, "", 0},
		{"shows nothing any more", true, time.Second, 31 * time.Second, "frozen", 31 * time.Second},
		{"gone since yesterday", false, 20 * time.Hour, 0, "", 0},
	} {
		tv.Connected, tv.Silent, tv.Owes = x.connected, x.silent, x.owes
		got := h.tv()
		if got.Lost != x.want || (got.LostSince != nil) != (x.want != "") || got.Connected != x.connected {
			t.Errorf("%s: %+v, want %q", x.name, got, x.want)
		}
		if x.want != "" && !got.LostSince.Equal(h.clock.now().Add(-x.since)) {
			t.Errorf("%s: since %v", x.name, got.LostSince)
		}
	}
	tv.Connected, tv.Acked, tv.Silent, tv.Owes = true, 0, 0, time.Hour
	if got := h.tv(); got.Lost != "" {
		t.Errorf("a page that never tells what it shows: %+v", got)
	}
	// After a cut the dead connection and the new one are both there for a while.
	dead := *tv
	dead.Silent = 25 * time.Second
	tv.Acked, tv.Owes = 7, 0
	*screens = []web.Screen{dead, *tv}
	if got := h.tv(); got.Lost != "" || !got.SeenAt.Equal(h.clock.now()) {
		t.Errorf("it has come back: %+v", got)
	}
}

// A display that was there today is missed also after a restart of the server, and one that nobody needs is not.
func TestADisplayOfTodayIsMissed(t *testing.T) {
	h, cookie, tv, screens := newDisplayHall(t)
	gone := *tv
	gone.Connected, gone.Silent = false, 10*time.Minute
	*screens = nil
	h.serve()
	h.clock.move(time.Minute)
	if got := h.tv(); got.Lost != "" {
		t.Errorf("it was never there: %+v", got)
	}
	h.follow(cookie)
	h.serve()
	if got := h.tv(); got.Lost != "" {
		t.Errorf("the server has just begun: %+v", got)
	}
	h.clock.move(31 * time.Second)
	if got := h.tv(); got.Lost != "gone" || got.SeenAt != nil || got.Connected {
		t.Errorf("half a minute after the restart: %+v", got)
	}
	*screens = []web.Screen{gone}
	if got := h.tv(); got.Lost != "gone" {
		t.Errorf("the hub remembers it: %+v", got)
	}
	if a := h.do(h.manager, "POST", "/api/day/close", ""); a.status != 200 {
		t.Fatalf("closing the day: %d %s", a.status, a.body)
	}
	if got := h.tv(); got.Lost != "" {
		t.Errorf("everybody has gone home: %+v", got)
	}
}

// Out of hours nobody looks at a display, but while somebody is at a counter.
func TestDisplaysAreMissedWhileSomebodyWorks(t *testing.T) {
	h, _, tv, _ := newDisplayHall(t)
	tv.Connected, tv.Silent = false, time.Minute
	if a := h.at("1", "open", ""); a.status != 200 {
		t.Fatal(a.status)
	}
	setup := *h.owner.View().Setup()
	setup.Hours = kiosk.Hours{}
	_, err := h.owner.Do(t.Context(), kiosk.ChangeSetup{Setup: &setup, Seq: h.owner.View().SetupSeq(), By: "user:admin"})
	h.must(err)
	if got := h.tv(); got.Lost != "gone" {
		t.Errorf("a clerk still works: %+v", got)
	}
	if a := h.at("1", "close", ""); a.status != 200 {
		t.Fatal(a.status)
	}
	if got := h.tv(); got.Lost != "" {
		t.Errorf("nobody works: %+v", got)
	}
}
