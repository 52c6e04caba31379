package web_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"layso/web"
)

// guess types a PIN from an address, with a browser's cookies.
func (h *hall) guess(address, user, pin string, cookies ...string) *httptest.ResponseRecorder {
	h.t.Helper()
	r := httptest.NewRequest("POST", "http://127.0.0.1/api/session", strings.NewReader(`{"user":"`+user+`","pin":"`+pin+`"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", strings.Join(cookies, "; "))
	r.RemoteAddr = address + ":4711"
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

// guessing starts a hall whose PINs cost nothing to hash, and counts how often they are.
func guessing(t *testing.T) (h *hall, hashed *int) {
	h = newHall(t)
	hashed = new(int)
	h.server.CheapPINs(func() { *hashed++ })
	for _, u := range h.owner.View().Setup().Users {
		web.StoreCheapPIN(h.opts.Secrets, u.ID, "739154")
	}
	return h, hashed
}

const guessesInAll = 10000

// TestTenThousandGuesses: however they are spread, few of them are looked at, and the clerk at another PC gets in at
// his first try all the same.
func TestTenThousandGuesses(t *testing.T) {
	for name, x := range map[string]struct {
		from func(i int) (address, user string)
		most int // that are looked at, at once
	}{
		"one account from one address":    {func(int) (string, string) { return "10.0.0.66", "clerk1" }, 5},
		"one account from many addresses": {func(i int) (string, string) { return fmt.Sprintf("10.1.%d.%d", i/250, i%250+1), "clerk1" }, 30},
		"many accounts from one address":  {func(i int) (string, string) { return "10.0.0.66", fmt.Sprintf("clerk%d", i%4+1) }, 20},
		"made-up accounts":                {func(i int) (string, string) { return "10.0.0.66", fmt.Sprintf("x%d", i) }, 40},
	} {
		t.Run(name, func(t *testing.T) {
			h, hashed := guessing(t)
			own := h.guess("10.0.0.7", "clerk1", "739154") // in the morning
			browser := knownBy(t, own)
			*hashed = 0
			before := h.owner.View().Seq()
			for i := range guessesInAll {
				address, user := x.from(i)
				if w := h.guess(address, user, fmt.Sprintf("%06d", i)); w.Code != 401 && w.Code != 429 {
					t.Fatalf("guess %d: %d", i, w.Code)
				}
			}
			if *hashed > x.most {
				t.Errorf("%d of %d were looked at, want %d at most", *hashed, guessesInAll, x.most)
			}
			if noted := int(h.owner.View().Seq() - before); noted > x.most {
				t.Errorf("they wrote %d lines into the log", noted)
			}
			if w := h.guess("10.0.0.7", "clerk1", "739154", browser); w.Code != 200 {
				t.Errorf("the clerk at his own PC: %d %s", w.Code, w.Body)
			}
			if w := h.guess("10.0.0.66", "clerk1", "739154", browser); w.Code != 200 {
				t.Errorf("the clerk whose PC has the same address as the guesser: %d %s", w.Code, w.Body)
			}
		})
	}
}

// Two hours of it, without a pause; a day comes to 4,350 tries at most, from however many addresses: half a year of nights and
// days to have tried every second PIN, each line of it in the log.
func TestGuessingWithoutAPause(t *testing.T) {
	for name, x := range map[string]struct {
		addresses int
		most      int
	}{"one address": {1, 2*60 + 30}, "ten addresses": {10, 2*60*3 + 30}} {
		t.Run(name, func(t *testing.T) {
			h, hashed := guessing(t)
			for i := range 2 * 60 * 6 { // each ten seconds
				h.guess(fmt.Sprintf("10.0.0.%d", i%x.addresses+1), "clerk1", fmt.Sprintf("%06d", i))
				h.clock.move(10 * time.Second)
			}
			t.Logf("%d tries in two hours", *hashed)
			if *hashed > x.most {
				t.Errorf("%d tries in two hours, want %d at most", *hashed, x.most)
			}
		})
	}
}

// A browser that is known for one account is a stranger for another, and nobody can make its cookie.
func TestKnownBrowsers(t *testing.T) {
	h, hashed := guessing(t)
	browser := knownBy(t, h.guess("10.0.0.7", "clerk1", "739154"))
	both := knownBy(t, h.guess("10.0.0.7", "clerk2", "739154", browser))
	drain := func(user string) {
		for i := range 100 {
			h.guess(fmt.Sprintf("10.2.0.%d", i), user, "111112")
		}
	}
	drain("clerk1")
	drain("clerk2")
	drain("clerk3")
	name, value, _ := strings.Cut(browser, "=")
	id, mark, _ := strings.Cut(value, ".")
	for what, x := range map[string]struct {
		user, cookie string
		status       int
	}{
		"known": {"clerk1", both, 200}, "known, too": {"clerk2", both, 200}, "not known": {"clerk3", both, 429}, "no cookie": {"clerk1", "", 429},
		"another id": {"clerk1", name + "=" + strings.Repeat("A", len(id)) + "." + mark, 429}, "no id": {"clerk1", name + "=." + mark, 429},
		"no mark": {"clerk1", name + "=" + id, 429}, "a mark of his own": {"clerk1", name + "=" + id + "." + strings.Repeat("A", len(mark)), 429},
		"too many marks": {"clerk1", name + "=" + id + strings.Repeat(".x", 9) + "." + mark, 429},
	} {
		if w := h.guess("10.9.9.9", x.user, "739154", x.cookie); w.Code != x.status {
			t.Errorf("%s: %d, want %d", what, w.Code, x.status)
		}
	}
	*hashed = 0
	for i := range 1000 { // who has such a browser in his hands waits like everybody
		h.guess("10.9.9.9", "clerk1", fmt.Sprintf("%06d", i), both)
	}
	if *hashed > 5 {
		t.Errorf("%d guesses in a known browser were looked at", *hashed)
	}
}

// A paired counter has tries of its own, for all accounts together no more than an address.
func TestGuessingAtAPairedCounter(t *testing.T) {
	h, hashed := guessing(t)
	counter, _ := h.server.Pair("counter")
	for i := range guessesInAll {
		h.guess(fmt.Sprintf("10.3.%d.%d", i/250, i%250+1), fmt.Sprintf("x%d", i), "111112", counter)
	}
	if *hashed > 40 {
		t.Errorf("%d guesses at one counter were looked at", *hashed)
	}
	for i := range 100 {
		h.guess(fmt.Sprintf("10.4.0.%d", i), "clerk1", "111112")
	}
	h.clock.move(10 * time.Second)
	if w := h.guess("10.0.0.7", "clerk1", "739154", counter); w.Code != 200 {
		t.Errorf("a clerk who is new at this counter, while his account is guessed at from elsewhere: %d", w.Code)
	}
}

func knownBy(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	for _, c := range w.Result().Cookies() {
		if c.Name == "layso_known" {
			if !c.HttpOnly || c.SameSite != 3 {
				t.Errorf("cookie %v", c)
			}
			return c.Name + "=" + c.Value
		}
	}
	t.Fatalf("%d %s makes no browser known", w.Code, w.Body)
	return ""
}

// FuzzKnownBrowser: whatever a browser brings, whoever signs in is known by what it gets, nobody is by what it brought, and the cookie
// stays small and plain.
func FuzzKnownBrowser(f *testing.F) {
	add, knows := web.KnownBrowser(&memory{})
	for _, cookie := range []string{"", ".", "a.b", strings.Repeat(".", 20), add("", "clerk2"), add(add("", "clerk2"), "clerk3"), "\x00." + strings.Repeat("A", 22)} {
		f.Add(cookie)
	}
	f.Fuzz(func(t *testing.T, cookie string) {
		if knows(cookie, "clerk1") {
			t.Fatalf("%q is known", cookie)
		}
		got := add(cookie, "x")
		if len(got) > 22+8*23 || strings.Trim(got, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") != "" {
			t.Fatalf("%q becomes %q", cookie, got)
		}
		for _, user := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "clerk1"} {
			got = add(got, user)
		}
		if !knows(got, "clerk1") || knows(got, "clerk4") || len(got) > 22+8*23 {
			t.Fatalf("%q becomes %q", cookie, got)
		}
	})
}

func TestBrowsersByName(t *testing.T) {
	for agent, want := range map[string]string{
		edgeOnWindows: "Edge, Windows", "": "", "curl/8.5": "",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36":                                      "Chrome, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/130.0 Safari/537.36":          "Cốc Cốc, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1":    "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36": "Samsung Internet, Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0":                                                           "Firefox, Windows",
	} {
		if got := web.BrowserOf(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}
