package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// order carries one command of the browser's protocol out, without its answer.
func order[P, R any](d *screen, what cdp.Command[P, R], params P) {
	d.t.Helper()
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, what, params)
		return err
	}))
}

// before runs a script on every page that the screen opens from now on, before the page's own.
func (d *screen) before(script string) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.ctx, patience)
	defer cancel()
	made, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		order(d, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams(made))
	})
}

// slow makes the screen's network as slow as told: milliseconds of latency and kilobytes a second.
func (d *screen) slow(latency, kilobytes float64) {
	d.t.Helper()
	limit := func(conditions ...*network.Conditions) {
		order(d, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions})
	}
	limit(&network.Conditions{Latency: latency, DownloadThroughput: kilobytes * 1000, UploadThroughput: kilobytes * 1000})
	d.t.Cleanup(func() { limit() })
}

// scripts switches JavaScript on or off for the pages that come.
func (d *screen) scripts(on bool) {
	d.t.Helper()
	order(d, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// weight is what a page has brought over the wire.
type weight struct {
	mu    sync.Mutex
	urls  map[network.RequestID]string
	bytes map[string]int // by URL, with the answer's head
}

// weigh counts, with an empty cache, what comes over the wire from now on.
func (d *screen) weigh() *weight {
	d.t.Helper()
	l := &weight{urls: map[network.RequestID]string{}, bytes: map[string]int{}}
	ctx, cancel := context.WithCancel(d.ctx)
	d.t.Cleanup(cancel)
	err := chromedp.Listen(ctx, func(event any) {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			l.urls[e.RequestID] = e.Request.URL
		case *network.EventLoadingFinished:
			l.bytes[l.urls[e.RequestID]] += int(e.EncodedDataLength)
		case *network.EventWebSocketFrameReceived:
			l.bytes["ws"] += len(e.Response.PayloadData)
		}
	})
	if err != nil {
		d.t.Fatal(err)
	}
	order(d, network.Enable, network.EnableParams{})
	order(d, network.ClearBrowserCache, cdp.Empty{})
	return l
}

// sum gives all bytes, and a line for each thing that came.
func (l *weight) sum() (total int, lines string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for url, n := range l.bytes {
		total += n
		lines += fmt.Sprintf("\n%7d %s", n, url)
	}
	return total, lines
}
