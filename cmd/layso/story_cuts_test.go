package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

// keepCalls makes the TV's page note each call when it is first listed, and each reading that begins.
const keepCalls = `(() => {
	const calls = (window.kept = []), read = (window.read = []);
	const list = document.querySelector("#calls");
	const look = () => {
		const shown = [...list.querySelectorAll(".row")].map((r) => r.dataset.seq + " " + r.dataset.number).reverse();
		for (const x of shown) if (!calls.includes(x)) calls.push(x);
	};
	new MutationObserver(look).observe(list, { childList: true, subtree: true, attributes: true });
	new MutationObserver(() => document.body.dataset.speaking && read.push(document.body.dataset.speaking))
		.observe(document.body, { attributes: true, attributeFilter: ["data-speaking"] });
	look();
	return true;
})()`

// displayCutAtRandom: the real page is cut off at random moments, its server restarted among them, while calls
// are made. It lists exactly those, in order, and reads none twice.
func displayCutAtRandom(t *testing.T, b *chromium) {
	const rounds = 16
	rng, data := rand.New(rand.NewPCG(5, 5)), t.TempDir()
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	u, err := url.Parse(h.base)
	if err != nil {
		t.Fatal(err)
	}
	line, clerk := layCable(t, h.base), h.clerk(t, "clerk1")
	clerk.take("dat-dai", 5*rounds)
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)
	want, number := []string{"A001"}, 1
	call := func(most int) {
		for range rng.IntN(most) {
			if rng.IntN(3) > 0 {
				number++
				clerk.next()
			} else {
				clerk.must("POST", "/api/counters/1/recall", nil)
			}
			want = append(want, fmt.Sprintf("A%03d", number))
		}
	}
	tv := b.open(t, line.base, "/display", tvSize)
	tv.expect("WebSocket connection to|ERR_CONNECTION_RE|ERR_SOCKET_NOT_CONNECTED|ERR_CONTENT_LENGTH_MISMATCH|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_CONNECTION_CLOSED|50[0-9]")
	tv.wait(`document.querySelector("#calls .row")`)
	eval[bool](tv, keepCalls)
	for round := range rounds {
		line.pull()
		call(3)
		if round%8 == 7 {
			h.stop()
			h = startHere(t, "demo", "--listen", u.Host, "--data", data)
			clerk = h.clerk(t, "clerk1")
			call(3)
		}
		line.plug()
		call(3)
		if rng.IntN(2) == 0 { // else it is cut off again while it is still coming back
			tv.wait(`kept.length === ` + fmt.Sprint(len(want)))
		}
	}
	tv.wait(`kept.length >= ` + fmt.Sprint(len(want)))
	got := eval[[]string](tv, `kept`)
	for i := range got {
		_, got[i], _ = strings.Cut(got[i], " ")
	}
	if a, b := strings.Join(got, " "), strings.Join(want, " "); a != b {
		t.Errorf("the page listed\n%s, called were\n%s", a, b)
	}
	spoken := map[string]bool{}
	for _, x := range eval[[]string](tv, `read`) {
		if spoken[x] {
			t.Errorf("%s was read twice", x)
		}
		spoken[x] = true
	}
}
