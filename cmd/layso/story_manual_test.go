package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// manual: every page of the help is readable and clean in both languages, also on a phone; the staff's pages lead to the
// part about them, in the language that is shown, and a clerk keeps the counter open. On paper there is nothing to press.
func manual(t *testing.T, b *chromium) {
	h := startDemo(t)
	d := b.open(t, h.base, "/", counterSize)
	d.see("#notes") // The cards have found their places.
	d.touch(`[data-page="help"]`)
	d.see("main .doors")
	for _, page := range []string{"", "/clerk", "/manager", "/it", "/equipment", "/trouble"} {
		d.visit("/help" + page)
		d.see(`.pages [aria-current="page"]`)
		d.check("help" + strings.ReplaceAll(page, "/", "-") + "-vi")
		d.touch("[data-other]")
		d.see(`html[lang="en"] main h1`)
		d.look("help" + strings.ReplaceAll(page, "/", "-") + "-en")
	}
	d.onPaper("help-paper", 3, 6, "main table")
	phone := b.open(t, h.base, "/help/trouble", phoneSize)
	phone.see("main table")
	phone.look("help-phone")

	c := b.open(t, h.base, "/counter", counterSize)
	c.signIn("clerk1", demoPIN)
	c.touch(`[data-action="open"][data-counter="1"]`)
	c.wait(`document.activeElement.id === "next"`)
	c.leadsTo("/help/clerk")
	c.switchTo(true)
	c.leadsTo("/help/en/clerk")
	c.look("help-link-counter")
	c.dialog("m", "more")
	c.wait(`document.querySelector("dialog a[target=_blank]").getAttribute("href") === "/help/en/clerk"`)
	c.press(kb.Escape, `!document.querySelector("dialog")`)
	c.dialog("?", "keys")
	c.onPaper("keys-paper", 1, 1, ".keylist, .keypad")
	c.visit("/check")
	c.leadsTo("/help/en/clerk#morning")
}

// onPaper prints the page: on so many sheets of A4, with these parts, and with nothing to press or to go elsewhere.
func (d *screen) onPaper(state string, least, most int, parts string) {
	d.t.Helper()
	pdf := d.print(state)
	if n := bytes.Count(pdf, []byte("/Type /Page\n")); n < least || n > most || bytes.Count(pdf, []byte("/MediaBox [0 0 594.9")) != n {
		d.t.Errorf("%s: %d sheets, want %d to %d of A4", state, n, least, most)
	}
	d.media("print")
	d.wait(`[...document.querySelectorAll("button, nav, header, .skip")].every((e) => !e.checkVisibility())`)
	d.wait(`[...document.querySelectorAll("` + parts + `")].every((e) => e.checkVisibility() && e.scrollWidth <= document.documentElement.clientWidth)`)
	d.media("")
}

// leadsTo waits until the bar's link to the help is seen and leads there.
func (d *screen) leadsTo(address string) {
	d.t.Helper()
	d.see(".staff-bar [data-help]")
	d.wait(`document.querySelector(".staff-bar [data-help]").getAttribute("href") === "` + address + `"`)
}
