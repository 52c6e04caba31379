package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var makePictures = flag.Bool("pictures", false, "TestPictures takes the pictures of the help anew")

const picturesFolder = root + "/web/static/help"

// photoSize is a window whose letters can still be read when the help shows it in its column.
var photoSize = size{1280, 720}

// TestPictures takes the pictures of the help from a hall with people in it. It is run by hand (make pictures), for
// pixels differ a little from one Chromium to the next.
func TestPictures(t *testing.T) {
	if !*makePictures {
		t.Skip("with -pictures it takes the pictures of the help anew")
	}
	b, h := startChromium(t), startDemo(t)
	begun := peopleFor(t, h)
	c := b.open(t, h.base, "/counter", photoSize)
	c.signIn("clerk1", demoPIN)
	c.see("#go-on")
	c.touch(`#go-on [data-action="open"], #go-on button`)
	c.see("#hand[data-number]")
	c.picture("counter", "")
	pictureDialogs(c)
	c.picture("queue", ".queue")

	m := b.open(t, h.base, "/manager", photoSize)
	m.signIn("manager", demoPIN)
	m.see("#waiting-rows li")
	h.clerk(t, "clerk2").must("POST", "/api/counters/2/help", map[string]any{"reason": "Hồ sơ khó"})
	m.see("#help:not([hidden])")
	m.picture("manager", "")
	m.answer("*/api/reports?*", aHalfYear())
	m.visit("/reports#half=2024-H2")
	m.see(`[data-figure="taken"]`)
	m.picture("reports", "")

	code := h.clerk(t, "admin").must("POST", "/api/devices/codes", map[string]any{"kind": "display", "name": "TV cửa chính"})["code"].(string)
	tv := b.open(t, h.base, "/pair", photoSize)
	tv.fill("#pair-code", code)
	tv.touch("#pair-submit")
	tv.see("#stage[data-number]")
	tv.save("display", "")
	pictureAdmin(b.open(t, h.base, "/admin", photoSize))
	h.client(t).must("PUT", "/api/emulator", map[string]any{"fault": "paper_out"})
	h.clerk(t, "clerk3").take("dat-dai", 1)
	c.see("#banner:not([hidden])")
	c.picture("printer", "#banner")
	check := b.open(t, h.base, "/check", photoSize)
	check.signIn("clerk1", demoPIN)
	check.see(`[data-row="printer-demo"][data-level="bad"]`)
	check.picture("check", "")
	t.Logf("begun at %s", begun.Format(time.TimeOnly))
}

// peopleFor fills the hall: who has come lately, who waits for 17 and for 33 minutes, and who is at the counters.
func peopleFor(t *testing.T, h *running) time.Time {
	t.Helper()
	begun := on(1, 8, 10)
	h.itIs(t, begun)
	one, two := h.clerk(t, "clerk1"), h.clerk(t, "clerk2")
	one.must("POST", "/api/counters/1/open", nil)
	two.must("POST", "/api/counters/2/open", nil)
	h.clerk(t, "clerk3").must("POST", "/api/counters/3/open", nil)
	one.take("dat-dai", 2)
	one.take("chung-thuc", 1)
	two.must("POST", "/api/counters/2/next", nil)
	h.itIs(t, begun.Add(16*time.Minute))
	one.take("ho-tich", 2)
	one.take("tra-ket-qua", 1)
	h.itIs(t, begun.Add(29*time.Minute))
	one.must("POST", "/api/tickets", map[string]any{"service": "chung-thuc", "priority": "elderly"})
	one.take("dat-dai", 2)
	one.must("POST", "/api/counters/1/next", nil)
	h.clerk(t, "clerk3").must("POST", "/api/counters/3/pause", map[string]any{"reason": "Họp"})
	h.itIs(t, begun.Add(33*time.Minute))
	return begun
}

func pictureDialogs(c *screen) {
	c.t.Helper()
	for _, d := range []struct{ key, name string }{{"?", "keys"}, {"1", "hold"}, {"v", "written"}} {
		for _, english := range []bool{false, true} {
			c.switchTo(english)
			c.dialog(d.key, d.name)
			c.save(d.name+map[bool]string{false: ".vi", true: ".en"}[english], "dialog")
			c.press(kb.Escape, `!document.querySelector("dialog")`)
		}
		c.switchTo(false)
	}
}

func pictureAdmin(a *screen) {
	a.t.Helper()
	a.signIn("admin", demoPIN)
	a.touch(`[data-go="devices"]`)
	a.see("#section-devices")
	a.fill("#device-name", "Máy lấy số cửa chính")
	a.touch(`#code-form [type="submit"]`)
	a.see("#code")
	a.picture("devices", "")
	a.touch(`[data-go="services"]`)
	a.see("#section-services")
	a.picture("admin", "")
}

// picture saves what is seen in both languages: the window, or an element.
func (d *screen) picture(name, of string) {
	d.t.Helper()
	d.save(name+".vi", of)
	d.switchTo(true)
	d.wait(`document.documentElement.lang === "en"`)
	d.save(name+".en", of)
	d.switchTo(false)
	d.wait(`document.documentElement.lang === "vi"`)
}

// save writes one picture.
func (d *screen) save(name, of string) {
	d.t.Helper()
	d.wait("document.readyState === 'complete' && document.fonts.status === 'loaded'")
	d.wait(stillPage)
	quality, clip := int64(80), (*page.Viewport)(nil)
	if of != "" {
		box := eval[[]float64](d, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()`, of))
		clip = &page.Viewport{X: box[0], Y: box[1], Width: box[2], Height: box[3], Scale: 1}
	}
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		out, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: &quality, Clip: clip})
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(picturesFolder, name+".webp"), out.Data, 0o644)
	}))
}
