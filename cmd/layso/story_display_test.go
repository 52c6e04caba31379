package main

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// displayMissesNothing: the TV's connection is cut, and then the server restarts on its data and
// its port; each time calls are made meanwhile, and afterwards the TV holds exactly those made.
func displayMissesNothing(t *testing.T, b *chromium) {
	data := t.TempDir()
	h := startHere(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	line := layCable(t, h.base)
	clerk := h.clerk(t, "clerk1")
	clerk.take("dat-dai", 6)
	clerk.must("POST", "/api/counters/1/open", nil)
	clerk.must("POST", "/api/counters/1/next", nil)

	tv := b.open(t, line.base, "/display", tvSize)
	tv.expect("WebSocket connection to|ERR_CONNECTION_RESET|ERR_SOCKET_NOT_CONNECTED|ERR_CONTENT_LENGTH_MISMATCH")
	tv.shows("A001")
	line.pull()
	tv.see("#offline")
	tv.check("display-offline")
	clerk.next()
	clerk.next()
	tv.wait(history("A001")) // Nothing has reached it.
	line.plug()
	tv.shows("A003 A002 A001")
	tv.wait(`document.body.dataset.online === "true"`)

	u, err := url.Parse(h.base)
	if err != nil {
		t.Fatal(err)
	}
	h.stop()
	tv.see("#offline")
	line.pull()
	h = startHere(t, "demo", "--listen", u.Host, "--data", data)
	clerk = h.clerk(t, "clerk1")
	clerk.next()
	clerk.must("POST", "/api/counters/1/recall", nil)
	clerk.next()
	line.plug()
	tv.shows("A005 A004 A003 A002 A001")
	clerk.next()
	tv.shows("A006 A005 A004 A003 A002 A001")
	tv.see(`#stage[data-number="A006"]`)
	if got := lastCalls(clerk); got != "A006@1 A005@1 A004@1 A003@1 A002@1 A001@1" {
		t.Errorf("the hall's last calls are %s", got)
	}
}

// next finishes what counter 1 has in hand and calls the next one.
func (c *client) next() {
	c.t.Helper()
	hand := c.must("GET", "/api/counters/1", nil)["ticket"].(map[string]any)
	c.must("POST", "/api/counters/1/next", map[string]any{"finish": hand["token"]})
}

// history is the condition that the TV lists exactly these calls, newest first.
func history(numbers string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#calls .row")].map((r) => r.dataset.number).join(" ") === %q`, numbers)
}

func (d *screen) shows(numbers string) {
	d.t.Helper()
	d.wait(history(numbers))
	if n := strings.Count(numbers, " ") + 1; eval[int](d, `document.querySelectorAll("#calls .row[data-counter='1']").length`) != n {
		d.t.Errorf("not all of %s were called to counter 1", numbers)
	}
}
