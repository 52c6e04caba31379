package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// manual: every page of the help is readable and clean in both languages, also on a phone; the staff's pages lead to the
// part about them, in the language that is shown, and a clerk keeps the counter open.
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
	c.visit("/check")
	c.leadsTo("/help/en/clerk#morning")
}

// leadsTo waits until the bar's link to the help is seen and leads there.
func (d *screen) leadsTo(address string) {
	d.t.Helper()
	d.see(".staff-bar [data-help]")
	d.wait(`document.querySelector(".staff-bar [data-help]").getAttribute("href") === "` + address + `"`)
}
