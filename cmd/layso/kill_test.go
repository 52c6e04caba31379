package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
)

var killRounds = flag.Int("kill-rounds", 20, "rounds of TestKill")

// TestKill kills layso with SIGKILL in the middle of the load of kiosks and counters, again and
// again. After each kill the data must be whole, and everything that was acknowledged must be there; a display
// that comes back each time has heard of exactly the calls in the log.
func TestKill(t *testing.T) {
	t.Parallel()
	ctx := within(t, time.Hour)
	data := t.TempDir()
	p := startServe(t, ctx, data)
	clerks := twoClerks(t, p)
	kept := promises()
	random, display := rand.New(rand.NewPCG(1, 2)), &survivor{}
	for round := range *killRounds {
		if round > 0 {
			p = startServe(t, ctx, data)
		}
		var watching sync.WaitGroup
		watching.Go(func() { display.watch(p.base, 0) })
		kept.round(ctx, p, clerks, 5+random.IntN(60))
		watching.Wait()
		if err := checkPromises(t, data, kept); err != nil {
			t.Fatal(err)
		}
	}
	calls, last := callsIn(t, data, display.first)
	p = startServe(t, ctx, data)
	display.watch(p.base, last)
	p.Process.Kill()
	p.Wait()
	display.judge(t, calls)
	kept.meant(t, *killRounds)
}

// firstAdmin sets a new hall up and gives its admin.
func firstAdmin(t *testing.T, p *process) *user {
	t.Helper()
	admin := newUser(t, p.base)
	admin.must(t, "POST", "/api/first", map[string]string{
		"code": p.code, "hall": "Bộ phận Một cửa", "user": "chi", "user_name": "Chi", "pin": "271828",
	}, 200)
	return admin
}

// twoClerks sets a new hall up and seats clerks at its first counters.
func twoClerks(t *testing.T, p *process) []*user {
	t.Helper()
	admin := firstAdmin(t, p)
	clerks := []*user{newUser(t, p.base), newUser(t, p.base)}
	for i, c := range clerks {
		name := fmt.Sprintf("clerk%d", i+1)
		admin.must(t, "PUT", "/api/users/"+name+"/pin", map[string]string{"pin": "314159"}, 204)
		c.must(t, "POST", "/api/session", map[string]string{"user": name, "pin": "314159"}, 200)
		c.must(t, "POST", fmt.Sprintf("/api/counters/%d/open", i+1), nil, 200)
	}
	return clerks
}

// fullLoad takes tickets and calls them until the server is gone.
func fullLoad(ctx context.Context, base string, clerks []*user, kept *promised) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			takeAll(ctx, base, kept)
		})
	}
	for i, c := range clerks {
		all.Go(func() { callAll(ctx, base, c, i+1, kept) })
	}
	all.Wait()
}

// takeAll takes one ticket after another at a kiosk until the server is gone. Few are taken with paper, which comes slowly, also
// after the next start: somebody waits for each.
func takeAll(ctx context.Context, base string, kept *promised) {
	touch := &user{http: &http.Client{}}
	for ctx.Err() == nil {
		var t struct{ Token, Number, Print string }
		paper := kept.waitedFor()
		if paper != "" {
			if touch.send(ctx, base, "GET", "/api/tickets/"+paper, nil, &t) != nil {
				return
			}
			kept.follow(paper, kiosk.PrintState(t.Print))
		}
		if touch.send(ctx, base, "POST", "/api/tickets", map[string]any{"service": "dat-dai", "print": paper == ""}, &t) != nil {
			return
		}
		kept.note(func() {
			kept.number[t.Token] = t.Number
			if paper == "" {
				kept.papers = append(kept.papers, t.Token)
			}
		})
	}
}

// callAll calls one ticket after another at a counter until the server is gone.
func callAll(ctx context.Context, base string, clerk *user, counter int, kept *promised) {
	var seat struct{ Ticket *struct{ Token string } }
	if clerk.send(ctx, base, "GET", fmt.Sprintf("/api/counters/%d", counter), nil, &seat) != nil {
		return
	}
	body := map[string]string{}
	if seat.Ticket != nil {
		body["finish"] = seat.Ticket.Token
	}
	for ctx.Err() == nil {
		var t struct{ Token string }
		if clerk.send(ctx, base, "POST", fmt.Sprintf("/api/counters/%d/next", counter), body, &t) != nil {
			return
		}
		delete(body, "finish")
		if t.Token != "" {
			body["finish"] = t.Token
			kept.note(func() { kept.called[t.Token] = true })
		}
	}
}

// user is somebody's browser.
type user struct {
	base string
	http *http.Client
}

func newUser(t *testing.T, base string) *user {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &user{base, &http.Client{Jar: jar}}
}

// must sends a request and wants this status.
func (u *user) must(t *testing.T, method, path string, body any, status int) {
	t.Helper()
	answer, err := u.request(t.Context(), u.base, method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	if answer.StatusCode != status {
		t.Fatalf("%s %s: %s: %s", method, path, answer.Status, text)
	}
}

// send sends a request and reads a successful answer; a cut connection and a refusal are errors.
func (u *user) send(ctx context.Context, base, method, path string, body, into any) error {
	answer, err := u.request(ctx, base, method, path, body)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNoContent {
		return nil
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

// keyed asks for a ticket under an idempotency key.
func (u *user) keyed(ctx context.Context, base, key string) (*http.Response, error) {
	return u.request(ctx, base, "POST", "/api/tickets", map[string]string{"service": "dat-dai"}, "Idempotency-Key", key)
}

func (u *user) request(ctx context.Context, base, method, path string, body any, header ...string) (*http.Response, error) {
	text := []byte{}
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, base+path, bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return u.http.Do(r)
}
