package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// screen is one device of the hall with its page, for as long as a test lasts.
type screen struct {
	*window
	t    *testing.T
	b    *chromium
	base string // the hall's URL
	size size

	mu       sync.Mutex
	faults   []string
	expected []*regexp.Regexp
}

// window is a browser of its own: cookies and storage that no other has. Making one takes long, so
// windows are used again.
type window struct {
	ctx    context.Context
	screen atomic.Pointer[screen] // who uses it
}

// open gives a new device with an empty browser, showing the page.
func (b *chromium) open(t *testing.T, base, path string, s size) *screen {
	t.Helper()
	d := &screen{window: b.window(t), t: t, b: b, base: base, size: s}
	d.window.screen.Store(d)
	t.Cleanup(func() {
		if t.Failed() {
			d.last()
		}
		d.leave()
	})
	options := []chromedp.EmulateViewportOption{func(_ *emulation.SetDeviceMetricsOverrideParams, touch *emulation.SetTouchEmulationEnabledParams) {
		touch.Enabled = s == kioskSize || s == phoneSize
	}}
	d.do(chromedp.EmulateViewport(s.width, s.height, options...))
	d.visit(path)
	return d
}

// window gives an idle window, or a new one.
func (b *chromium) window(t *testing.T) *window {
	t.Helper()
	if n := len(b.idle); n > 0 {
		w := b.idle[n-1]
		b.idle = b.idle[:n-1]
		return w
	}
	w := &window{}
	w.ctx, _ = chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(func(event any) {
		if d := w.screen.Load(); d != nil {
			d.listen(event)
		}
	})) // It ends with the browser.
	if err := chromedp.Do(w.ctx); err != nil { // The tab lives as long as the context of its first run.
		t.Fatal(err)
	}
	return w
}

// leave empties the window for the next device and judges what was seen in it.
func (d *screen) leave() {
	d.do(
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, fetch.Disable, cdp.Empty{})
			return err
		}),
		chromedp.Evaluate[chromedp.Void]("sessionStorage.clear()"),
		chromedp.Navigate("about:blank"),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
			return err
		}),
	)
	d.window.screen.Store(nil)
	d.judge()
	d.b.idle = append(d.b.idle, d.window)
}

// listen collects what a developer would see in the console, in red.
func (d *screen) listen(event any) {
	var fault string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		fault = "exception: " + (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type != "error" && e.Type != "warning" && e.Type != "assert" {
			return
		}
		fault = "console." + string(e.Type) + ":"
		for _, arg := range e.Args {
			fault += " " + string(arg.Value) + arg.Description
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level != cdplog.EntryLevelError && e.Entry.Source != cdplog.EntrySourceSecurity {
			return
		}
		fault = fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL)
	default:
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, fault)
}

// expect allows console errors that match: those of refusals and cuts that the test asked for.
func (d *screen) expect(pattern string) { d.expected = append(d.expected, regexp.MustCompile(pattern)) }

// judge fails the test for every console error that nobody expected.
func (d *screen) judge() {
	d.mu.Lock()
	defer d.mu.Unlock()
next:
	for _, fault := range d.faults {
		for _, pattern := range d.expected {
			if pattern.MatchString(fault) {
				continue next
			}
		}
		d.t.Errorf("on the page: %s", fault)
	}
}

// last tells what a device showed when its test failed.
func (d *screen) last() {
	ctx, cancel := context.WithTimeout(d.ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.pathname + " " + JSON.stringify(document.body.dataset) + " at " + document.activeElement.outerHTML.slice(0, 200) + "\n" + document.body.innerText`))
	if err == nil {
		d.t.Logf("last seen at %s", strings.Join(strings.Fields(text), " "))
	}
}

// do runs actions under a deadline.
func (d *screen) do(steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		d.t.Fatal(err)
	}
}

// visit opens a page of the hall.
func (d *screen) visit(path string) {
	d.t.Helper()
	d.do(chromedp.Navigate(d.base + path))
}

// eval gives the value of a JavaScript expression.
func eval[T any](d *screen, expression string) T {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		d.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// await gives the value of a JavaScript expression once it is truthy, also when the page is left
// for another one meanwhile.
func await[T any](d *screen, expression string) T {
	d.t.Helper()
	v, err := awaitFor[T](d, expression, patience)
	if err != nil {
		d.t.Fatalf("waited in vain for %s: %v", expression, err)
	}
	return v
}

func awaitFor[T any](d *screen, expression string, limit time.Duration) (T, error) {
	ctx, cancel := context.WithTimeout(d.ctx, limit+5*time.Second)
	defer cancel()
	until := time.Now().Add(limit)
	for {
		v, err := chromedp.Run(ctx, chromedp.Poll[T](expression,
			chromedp.WithPollingInterval(30*time.Millisecond), chromedp.WithPollingTimeout(max(time.Until(until), time.Millisecond))))
		if err == nil || ctx.Err() != nil || !time.Now().Before(until) {
			return v, err
		}
		if err := chromedp.Do(ctx, chromedp.WaitReady(chromedp.CSS("body"))); err != nil { // A navigation ended the poll.
			return v, err
		}
	}
}

// wait waits until the expression is true.
func (d *screen) wait(expression string) {
	d.t.Helper()
	await[bool](d, "Boolean("+expression+")")
}

// see waits until an element is shown.
func (d *screen) see(selector string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("[...document.querySelectorAll(%q)].some((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0)", selector))
}

// read waits until an element is shown and holds a text that matches.
func (d *screen) read(selector, pattern string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("[...document.querySelectorAll(%q)].some((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && new RegExp(%q).test(e.innerText.normalize()))", selector, pattern))
}
