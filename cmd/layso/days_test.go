package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// office is a whole layso whose PC has a clock that the test sets. The readings have no monotonic
// part: what a running hall makes of steps is package kiosk's to test.
type office struct {
	*testing.T
	data string
	seed *kiosk.Setup
	mu   sync.Mutex
	now  time.Time
	hall *hall
	end  func()
	user *user // who is at the kiosk, and signs in

	printers []*printing // none: no paper
}

func newOffice(t *testing.T) *office {
	t.Helper()
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	day := []kiosk.Span{{From: 450, To: 690}, {From: 810, To: 1020}}
	seed.Hours = kiosk.Hours{Mon: day, Tue: day, Wed: day, Thu: day, Fri: day}
	o := &office{T: t, data: t.TempDir(), seed: seed, end: func() {}}
	t.Cleanup(func() { o.end() })
	return o
}

func (o *office) read() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// at sets the PC's clock to a local time of the hall; between two of them time passes.
func (o *office) at(local string) {
	o.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", local, time.FixedZone("ICT", 7*3600))
	if err != nil {
		o.Fatal(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = t
}

// start starts layso, after a clean end of the one that runs.
func (o *office) start() {
	o.Helper()
	o.end()
	h, err := open(settings{
		data: o.data, listen: "127.0.0.1:0", seed: o.seed, loopbackIs: "kiosk", metricsOpen: true, demo: true,
		printers: o.printers, log: slog.New(slog.NewTextHandler(io.Discard, nil)), now: o.read,
	})
	if err != nil {
		o.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.serve(ctx) }()
	o.hall, o.end = h, sync.OnceFunc(func() {
		stop()
		if err := <-ended; err != nil {
			o.Error(err)
		}
	})
	for _, user := range []string{"clerk1", "manager"} {
		if err := h.web.SetPIN("314159", user); err != nil {
			o.Fatal(err)
		}
	}
	o.user = newUser(o.T, h.baseURL)
}

// ask sends a request and gives the status and the answer's text.
func (o *office) ask(method, path string, body any) (int, string) {
	o.Helper()
	answer, err := o.user.request(o.Context(), o.hall.baseURL, method, path, body)
	if err != nil {
		o.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		o.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// want sends a request and wants this status and these words in the answer.
func (o *office) want(status int, method, path string, body any, words ...string) {
	o.Helper()
	got, text := o.ask(method, path, body)
	if got != status {
		o.Fatalf("%s %s: %d %s", method, path, got, text)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			o.Errorf("%s %s: no %s in %s", method, path, w, text)
		}
	}
}

func (o *office) take() (token string) {
	o.Helper()
	var ticket struct{ Token string }
	if err := o.user.send(o.Context(), o.hall.baseURL, "POST", "/api/tickets", land, &ticket); err != nil {
		o.Fatal(err)
	}
	return ticket.Token
}

var land = map[string]string{"service": "dat-dai"}

func (o *office) signIn(user string) {
	o.Helper()
	o.want(http.StatusOK, "POST", "/api/session", map[string]string{"user": user, "pin": "314159"})
}

// TestAnOfficeOverNight goes from an afternoon to the next morning, when the PC's battery is dead.
func TestAnOfficeOverNight(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 16:00")
	o.start()
	o.want(200, "GET", "/api/hall", nil, `"clock":"trusted"`, `"open":true`, `"closes_at":"2026-11-24T17:00:00+07:00"`)
	token := o.take()
	o.want(200, "GET", "/api/tickets/"+token, nil, `"waiting"`, `"undated":false`)
	o.at("2026-11-24 17:06")
	o.want(409, "POST", "/api/tickets", land, "hall_closed")
	o.want(410, "GET", "/api/tickets/"+token, nil, "ticket_expired")
	o.want(200, "GET", "/api/hall", nil, `"open":false`, `"opens_at":"2026-11-25T07:30:00+07:00"`)

	o.at("1970-01-01 07:00")
	o.start()
	o.want(200, "GET", "/metrics", nil, "layso_clock_suspect 1")
	o.want(409, "POST", "/api/tickets", land, "clock_suspect")
	o.signIn("clerk1")
	o.want(409, "POST", "/api/counters/1/open", nil, "clock_suspect")
	o.want(422, "POST", "/api/clock", map[string]string{"now": "2026-11-24T12:00:00+07:00"}, "invalid_field")
	o.want(200, "POST", "/api/clock", map[string]string{"now": "2026-11-25T07:45:00+07:00"}, `"clock":"trusted"`, `"business_day":"2026-11-25"`, `"open":true`)
	o.want(200, "POST", "/api/counters/1/open", nil) // and nobody was signed out by that
	o.want(200, "GET", "/metrics", nil, "layso_clock_suspect 0")
	o.take()

	o.at("1970-01-01 09:00") // a power cut at work: again a dead battery
	o.start()
	undated := o.take()
	o.want(200, "GET", "/api/tickets/"+undated, nil, `"number":"A002"`, `"undated":true`)
	o.at("1971-01-01 09:00") // whatever that clock shows, the day does not change
	o.want(201, "POST", "/api/tickets", land, `"number":"A003"`)
	o.end()
	layso(t, exitFine, "verify", "--data", o.data)
}

// TestTheManagerClosesTheDay closes it at noon; the log says who and why, and tomorrow all is new.
func TestTheManagerClosesTheDay(t *testing.T) {
	o := newOffice(t)
	o.at("2026-11-24 10:00")
	o.start()
	o.take()
	o.want(401, "POST", "/api/day/close", nil)
	o.signIn("clerk1")
	o.want(403, "POST", "/api/day/close", nil)
	o.signIn("manager")
	o.want(200, "POST", "/api/day/close", map[string]string{"reason": "mất điện"}, `"open":false`, `"opens_at":"2026-11-25T07:30:00+07:00"`)
	o.want(409, "POST", "/api/tickets", land, "hall_closed")
	o.start()
	o.want(409, "POST", "/api/tickets", land, "hall_closed")
	o.at("2026-11-25 08:00")
	o.want(201, "POST", "/api/tickets", land, `"number":"A001"`)
	o.end()
	layso(t, exitFine, "verify", "--data", o.data)
	slip := sealOf(t, o.data, "2026-11-24")
	if got := layso(t, exitFine, "verify", "--data", o.data, "--slip", slip); !strings.Contains(got, "closing slips that agree: 1") {
		t.Errorf("verify with the slip of the day says %s", got)
	}
	wrong := map[bool]string{true: "1", false: "0"}[strings.HasSuffix(slip, "0")]
	layso(t, exitFail, "verify", "--data", o.data, "--slip", slip[:len(slip)-1]+wrong)
	layso(t, exitUsage, "verify", "--data", o.data, "--slip", "12345")
	if got := fmt.Sprint(closings(t, o.data)); got != "[user:manager mất điện]" {
		t.Errorf("the log says of the day's end: %s", got)
	}
}

// TestTheClerkPastMidnight serves two people at half past midnight, one after the other: between them nobody
// is sent home. Then the new day begins.
func TestTheClerkPastMidnight(t *testing.T) {
	o := newOffice(t)
	o.seed.Hours = kiosk.Hours{Always: true}
	o.at("2026-11-24 23:50")
	o.start()
	o.take()
	o.take()
	o.signIn("clerk1")
	o.want(200, "POST", "/api/counters/1/open", nil)
	o.want(200, "POST", "/api/counters/1/next", nil, `"A001"`)
	o.at("2026-11-25 00:30")
	o.want(200, "POST", "/api/counters/1/finish", nil)
	o.want(200, "GET", "/api/hall", nil, `"business_day":"2026-11-24"`)
	o.start() // nor does a restart send anybody home
	o.signIn("clerk1")
	o.want(200, "POST", "/api/counters/1/next", nil, `"A002"`)
	o.want(200, "POST", "/api/counters/1/finish", nil)
	o.want(201, "POST", "/api/tickets", land, `"number":"A001"`)
	o.want(200, "GET", "/api/hall", nil, `"business_day":"2026-11-25"`)
	o.end()
	layso(t, exitFine, "verify", "--data", o.data)
	if got := fmt.Sprint(closings(t, o.data)); got != "[system date]" {
		t.Errorf("the log says of the day's end: %s", got)
	}
}

// sealOf gives what the closing slip of the day would say.
func sealOf(t *testing.T, data, day string) string {
	t.Helper()
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	seq, head, err := j.Seal(day)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d:%X", seq, head)
}

// closings gives who closed the days of a hall's log, and why.
func closings(t *testing.T, data string) (out []string) {
	t.Helper()
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	events, err := j.Since(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Type == kiosk.DayClosed {
			out = append(out, e.By+" "+e.Reason)
		}
	}
	return out
}
