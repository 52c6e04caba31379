package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// This file is what people do to a screen: touch, click and type, and what a bad network does.

type point struct{ X, Y float64 }

// target waits until an element is there, usable, at rest and not covered, and gives its middle.
func (d *screen) target(selector string) point {
	d.t.Helper()
	return await[point](d, fmt.Sprintf(`(() => {
		const modal = document.querySelector("dialog:modal");
		for (const e of document.querySelectorAll(%q)) {
			if (e.disabled || e.getAttribute("aria-disabled") === "true" || !e.getClientRects().length) continue;
			if (e.getAttribute("aria-busy") === "true" || (modal && !modal.contains(e))) continue;
			e.scrollIntoView({ block: "nearest" });
			const r = e.getBoundingClientRect();
			const p = { X: r.x + r.width / 2, Y: r.y + r.height / 2 };
			const hit = document.elementFromPoint(p.X, p.Y);
			if (hit && (e.contains(hit) || hit.contains(e))) return p;
		}
		return null;
	})()`, selector))
}

// touch puts a finger on the element, or clicks it where the device has no touch screen.
func (d *screen) touch(selector string) {
	d.t.Helper()
	d.touchAt(d.target(selector))
}

func (d *screen) touchAt(p point) {
	d.t.Helper()
	if d.size == kioskSize || d.size == phoneSize {
		d.do(chromedp.TapXY(p.X, p.Y))
	} else {
		d.do(chromedp.MouseClickXY(p.X, p.Y))
	}
}

// linger keeps a finger near the kiosk: its screen does not go back by itself while a slow machine
// looks at it.
func (d *screen) linger() {
	d.t.Helper()
	eval[int](d, `window.lingers = setInterval(() => document.dispatchEvent(new Event("pointerdown")), 1000)`)
}

// keys types into whatever has the focus.
func (d *screen) keys(text string) {
	d.t.Helper()
	d.do(chromedp.KeyEvent(text))
}

// fill clears a field and types into it.
func (d *screen) fill(selector, text string) {
	d.t.Helper()
	d.target(selector)
	d.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf("document.querySelector(%q).focus(), document.querySelector(%q).select()", selector, selector)))
	d.keys(text)
}

// press presses a key until it has done its work, as a person does: the page is deaf to keys that
// come faster than a person's.
func (d *screen) press(key, until string) {
	d.t.Helper()
	for start := time.Now(); time.Since(start) < patience; {
		d.keys(key)
		if _, err := awaitFor[bool](d, "Boolean("+until+")", 1500*time.Millisecond); err == nil {
			return
		}
	}
	d.t.Fatalf("key %q did not lead to %s", key, until)
}

// hammer sends n presses of F2 as fast as the browser takes them, every other one a repeat.
func (d *screen) hammer(n int) (took time.Duration) {
	d.t.Helper()
	start := time.Now()
	for i := range n {
		repeat := i%2 == 1
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "F2", Code: "F2", WindowsVirtualKeyCode: 113, AutoRepeat: &repeat}
		up := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: "F2", Code: "F2", WindowsVirtualKeyCode: 113}
		d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, down); err != nil || repeat {
				return err
			}
			_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, up)
			return err
		}))
	}
	return time.Since(start)
}

// fate is what becomes of an answer on its way to the page.
type fate int

const (
	delivered fate = iota
	lost
	kept // it neither comes nor fails
)

// posts counts the requests that a screen has sent.
type posts struct {
	d *screen
	n atomic.Int64
	// seen has an item whenever the count has grown.
	seen chan struct{}
}

// want fails the test unless the page sends exactly this many requests. The browser reports a
// request on another way than the one on which the page shows what came of it, so the count may come
// later than the picture.
func (p *posts) want(n int64) {
	p.d.t.Helper()
	for limit := time.After(patience); p.n.Load() < n; {
		select {
		case <-p.seen:
		case <-limit:
			p.d.t.Fatalf("the page asked %d times, want %d", p.n.Load(), n)
		}
	}
	// What the browser had to report before this answer has been counted by now.
	eval[int](p.d, "1")
	if got := p.n.Load(); got != n {
		p.d.t.Errorf("the page asked %d times, want %d", got, n)
	}
}

// intercept decides over the answers to POST requests that match the pattern: the server has acted
// by then. It counts them.
func (d *screen) intercept(pattern string, decide func(n int64) fate) *posts {
	d.t.Helper()
	p := &posts{d: d, seen: make(chan struct{}, 1)}
	var works atomic.Bool
	ctx, cancel := context.WithCancel(d.ctx)
	d.t.Cleanup(cancel)
	err := chromedp.Listen(ctx, func(event any) {
		e, ok := event.(*fetch.EventRequestPaused)
		if !ok {
			return
		}
		what := delivered
		if e.Request.Method == "POST" {
			what = decide(p.n.Add(1))
			select {
			case p.seen <- struct{}{}:
			default:
			}
		} else {
			works.Store(true)
		}
		go func() { // A listener must not call. Errors mean that the page has gone; its test notices.
			switch what {
			case delivered:
				chromedp.Call(d.ctx, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: e.RequestID})
			case lost:
				chromedp.Call(d.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonConnectionReset})
			}
		}()
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{
			{URLPattern: pattern, RequestStage: fetch.RequestStageResponse},
			{URLPattern: "*/healthz?probe", RequestStage: fetch.RequestStageResponse},
		}})
		return err
	}))
	// The page may still send a request past the interception just after it is told of it.
	for start := time.Now(); !works.Load(); {
		if time.Since(start) > patience {
			d.t.Fatal("the browser does not intercept requests")
		}
		await[bool](d, `fetch("/healthz?probe").then((r) => r.ok)`)
	}
	return p
}

// set gives a control a value and tells the page of it.
func (d *screen) set(selector, value, event string) {
	d.t.Helper()
	d.target(selector)
	eval[bool](d, fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		e.focus();
		e.value = %q;
		e.dispatchEvent(new Event(%q, { bubbles: true }));
		return e.value === %[2]q;
	})()`, selector, value, event))
}
