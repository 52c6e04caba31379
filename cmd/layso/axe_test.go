package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/chromedp"
)

// violation is what axe-core has against a page.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		Target         []any
		FailureSummary string
	}
}

func (v violation) String() string {
	s := fmt.Sprintf("%s (%s): %s", v.ID, v.Impact, v.Help)
	for _, n := range v.Nodes {
		s += fmt.Sprintf("\n    %v: %s", n.Target, strings.Join(strings.Fields(n.FailureSummary), " "))
	}
	return s
}

// check looks at a page's state as it is, and axe-core finds nothing serious in it.
func (d *screen) check(state string) {
	d.t.Helper()
	d.look(state)
	for _, v := range d.violations() {
		if v.Impact == "serious" || v.Impact == "critical" {
			d.t.Errorf("%s: %s", state, v)
		}
	}
}

// look finds nothing in a page's state that is cut off, sticks out, or is in the other language.
// With LAYSO_SHOTS the state is photographed.
func (d *screen) look(state string) {
	d.t.Helper()
	d.wait("document.readyState === 'complete' && document.fonts.status === 'loaded'")
	d.wait(stillPage)
	d.shoot(state)
	for _, text := range eval[[]string](d, strayWords) {
		d.t.Errorf("%s: text in the other language: %q", state, text)
	}
	for _, what := range eval[[]string](d, cutOff) {
		d.t.Errorf("%s: does not fit: %s", state, what)
	}
}

// stillPage: no transition is under way, but for those that never end and those of ornaments.
const stillPage = `document.getAnimations().every((a) => a.playState !== "running" ||
	a.effect.getComputedTiming().endTime === Infinity || a.effect.target.closest("[aria-hidden=true]"))`

func (d *screen) violations() []violation {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	d.mu.Lock()
	before := len(d.faults)
	d.mu.Unlock()
	if !eval[bool](d, "typeof axe === 'object'") {
		d.do(chromedp.Evaluate[chromedp.Void](d.b.axe))
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](
		`axe.run(document, { resultTypes: ["violations"], preload: false }).then((r) => r.violations)`, chromedp.EvalAwaitPromise))
	if err != nil {
		d.t.Fatalf("axe: %v", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	own := slices.DeleteFunc(d.faults[before:], func(f string) bool { // axe itself writes inline styles, in vain.
		return strings.HasPrefix(f, "security: Applying inline style")
	})
	d.faults = d.faults[:before+len(own)]
	return found
}

// strayWords gives shown texts of an English page that hold Vietnamese letters, but for names of
// people and what says that it is Vietnamese.
const strayWords = `(() => {
	if (document.documentElement.lang !== "en") return [];
	const found = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n = walk.nextNode(); n; n = walk.nextNode()) {
		const e = n.parentElement;
		if (!/[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]/.test(n.data) || !e.getClientRects().length) continue;
		if (e.closest("[lang=vi], #me, [data-own], [data-field], option, .serves, .entry") || e.closest("script, style")) continue;
		found.push(n.data.trim());
	}
	return found;
})()`

// cutOff gives what is wider than the screen, or whose text sticks out of its own box.
const cutOff = `(() => {
	const found = [];
	const wide = document.documentElement.scrollWidth;
	if (wide > innerWidth) found.push("the page is " + wide + " px wide on a screen of " + innerWidth);
	for (const e of document.querySelectorAll("button, .btn, h1, h2, th, td, dt, dd, label, .chip, .number")) {
		const r = e.getBoundingClientRect();
		if (!r.width || e.closest(".visually-hidden")) continue;
		const what = e.tagName.toLowerCase() + (e.id ? "#" + e.id : "." + e.className) + " " + JSON.stringify(e.innerText);
		if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline") found.push(what + " is wider than its box");
		if (r.right > innerWidth + 1 || r.left < -1) found.push(what + " leaves the screen");
	}
	return found;
})()`

// shoot keeps a picture of the screen when LAYSO_SHOTS names a folder.
func (d *screen) shoot(state string) {
	d.t.Helper()
	folder := os.Getenv("LAYSO_SHOTS")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, state+".png"), png, 0o644); err != nil {
		d.t.Fatal(err)
	}
}
