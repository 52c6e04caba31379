package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// holds is the condition that the counter page has this ticket in hand.
func holds(number string) string {
	return fmt.Sprintf(`document.querySelector("#hand[data-number='%s']") && !document.querySelector("#next[aria-busy]")`, number)
}

const holdsNone = `document.querySelector("#hand:not([data-number])")`

// counterByKeyboard is a clerk's day without a mouse.
func counterByKeyboard(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.clerk(t, "clerk2").take("dat-dai", 3)
	c := b.open(t, h.base, "/counter", counterSize)
	c.wait(`document.activeElement.id === "signin-user"`)
	c.keys("clerk1" + kb.Tab + demoPIN + kb.Enter)
	c.wait(`document.activeElement.dataset.action === "open" && document.activeElement.dataset.counter === "1"`)
	c.press(kb.Enter, `document.activeElement.id === "next"`)

	c.read("#service-rows [data-service=dat-dai] .expected", "^[0-9]+–[0-9]+'$")
	c.press(kb.F2, holds("A001"))
	c.press(kb.F4, `document.querySelector("#hand-calls").textContent === "2"`)
	c.press(kb.F9, holdsNone)
	c.press("0", holds("A001"))

	c.dialog("1", "hold")
	c.keys("đi sao chụp")
	c.press(kb.Enter, holdsNone)
	c.press("8", `document.activeElement.matches("#rows[data-list=held] .open")`)
	c.press(kb.Enter, `document.activeElement.matches("dialog [data-action=call]")`)
	c.press(kb.Enter, holds("A001"))

	c.dialog("2", "transfer")
	c.press(kb.ArrowDown, `document.activeElement.value === "ho-tich"`)
	c.keys(kb.Tab + kb.Tab + kb.Tab)
	c.wait(`document.activeElement.matches("dialog [data-action=confirm]")`)
	c.press(kb.Enter, holdsNone)
	c.read("#service-rows [data-service=ho-tich] .count", "^1$")

	c.press(kb.F2, holds("A001")) // It is still the oldest of those who wait.
	c.press(kb.F2, holds("A002"))
	c.press(kb.F8, holdsNone)
	c.dialog("6", "pause")
	c.press(kb.Enter, `document.querySelector("#hand[data-state=paused]")`)
	c.check("counter-paused")
	c.press("6", `document.querySelector("#counter-state[data-state=open]")`)
	c.dialog(kb.F10, "close")
	c.press(kb.Enter, `document.body.dataset.view === "choose"`)

	if got := lastCalls(h.client(t)); got != "A002@1 A001@1" {
		t.Errorf("the last calls are %s, want A002 and A001 at counter 1", got)
	}
}

// dialog opens a dialog by its key.
func (d *screen) dialog(key, name string) {
	d.t.Helper()
	d.press(key, fmt.Sprintf(`document.querySelector("dialog[data-dialog=%s]")`, name))
}

// lastCalls gives the hall's last calls, newest first.
func lastCalls(c *client) string {
	c.t.Helper()
	var list []string
	for _, call := range c.hall().RecentCalls {
		list = append(list, call.Number+"@"+call.Counter)
	}
	return strings.Join(list, " ")
}

// bouncingNext: twenty key events at once, half of them repeats, call one citizen; with a ticket in
// hand, they finish one and call one.
func bouncingNext(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk2")
	clerk.take("dat-dai", 5)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.wait(`document.activeElement.id === "next"`)
	posted := c.intercept("*/next", func(int64) fate { return delivered })
	t.Logf("20 key events in %v", c.hammer(20).Round(time.Millisecond))
	c.wait(holds("A001"))
	if got := lastCalls(clerk); got != "A001@1" {
		t.Errorf("called %s, want A001 alone", got)
	}
	c.afterQuiet()
	c.hammer(20)
	c.wait(holds("A002"))
	if got := lastCalls(clerk); got != "A002@1 A001@1" {
		t.Errorf("called %s, want A002 after A001 alone", got)
	}
	posted.want(2)
}

// afterQuiet waits until the Next key listens again after a call.
func (d *screen) afterQuiet() {
	d.t.Helper()
	d.wait(fmt.Sprintf("performance.now() > %f", eval[float64](d, "performance.now()")+1100))
}

// twoBrowsersOneCounter: two screens of one clerk stay in step and never call two citizens for one
// press of both; a second counter gets another citizen.
func twoBrowsersOneCounter(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk4")
	clerk.take("dat-dai", 5)
	left, right, other := b.open(t, h.base, "/counter", counterSize), b.open(t, h.base, "/counter", counterSize), b.open(t, h.base, "/counter", counterSize)
	left.signIn("clerk1", demoPIN)
	left.touch(`[data-action="open"][data-counter="1"]`)
	right.signIn("clerk1", demoPIN)
	right.touch(`[data-action="enter"][data-counter="1"]`)
	other.signIn("clerk2", demoPIN)
	other.touch(`[data-action="open"][data-counter="2"]`)
	for _, c := range []*screen{left, right, other} {
		c.wait(`document.activeElement.id === "next"`)
		c.expect("409") // Whoever comes second is told that a ticket is in hand already.
	}
	together(left, right)
	left.wait(holds("A001"))
	right.wait(holds("A001"))
	left.afterQuiet()
	right.afterQuiet()
	together(left, right)
	left.wait(holds("A002"))
	right.wait(holds("A002"))
	if got := lastCalls(clerk); got != "A002@1 A001@1" {
		t.Errorf("called %s, want A001 and A002 alone", got)
	}
	left.press(kb.F8, holdsNone)
	right.wait(holdsNone)
	left.afterQuiet()
	together(left, other)
	left.wait(`document.querySelector("#hand[data-number]")`)
	other.wait(`document.querySelector("#hand[data-number]")`)
	const number = `document.querySelector("#hand").dataset.number`
	if a, b := eval[string](left, number), eval[string](other, number); a == b || a+b != "A003A004" && a+b != "A004A003" {
		t.Errorf("two counters called %s and %s, want A003 and A004", a, b)
	}
}

// together presses Next on both screens at the same moment.
func together(a, b *screen) {
	a.t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.hammer(1)
	}()
	a.hammer(1)
	<-done
}

// clerkIssues: a clerk takes a number for a citizen, with paper and without.
func clerkIssues(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.touch(`.keys [data-action="issue"]`)
	c.touch(`dialog [data-service="chung-thuc"]`)
	c.touch(`[data-then-service="ho-tich"]`)
	c.choose("#issue-priority", "elderly")
	c.check("counter-issue")
	c.touch(`dialog [data-action="confirm"]`)
	c.see(`#issued[data-issued="C001"]`)
	c.check("counter-issued")
	c.touch(`dialog [data-action="confirm"]`)
	c.wait(`document.querySelector("#issue-priority").value === "" && document.querySelector("#issue-then").dataset.then === ""`) // Somebody else's.
	c.touch("#issue-print")
	c.touch(`dialog [data-action="confirm"]`)
	c.see(`#issued[data-issued="C002"]`)
	c.touch(`dialog [data-action="cancel"]`)
	c.read("#service-rows [data-service=chung-thuc] .count", "^2$")
	token := eval[string](c, `document.querySelector("#rows [data-number=C002]").dataset.token`)
	if ticket := h.client(t).must("GET", "/api/tickets/"+token, nil); ticket["print"] != "off" {
		t.Errorf("print is %v, want off", ticket["print"])
	}
}
