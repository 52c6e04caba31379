package main

import (
	"fmt"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// wholeStory is a citizen's way through the hall: a tile is touched, the paper comes, its QR opens
// the phone's page, a clerk signs in and calls, the TV and the phone show it, the service is rated.
func wholeStory(t *testing.T, b *chromium) {
	h := startDemo(t)
	tv := b.open(t, h.base, "/display", tvSize)
	tv.see("#welcome")
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.touch(`.tile[data-service="dat-dai"]`)
	kiosk.touch("#ask-no")
	kiosk.read("#number", "^A001$")
	kiosk.see(`#print[data-print="done"]`)

	printer := b.open(t, h.base, "/printer", counterSize)
	printer.wait(`document.querySelector("#paper-image").naturalWidth === 576`)
	printer.see("#paper")
	link := readQR(t, h.client(t))
	u, err := url.Parse(link)
	if err != nil || !strings.HasPrefix(link, h.base+"/t/") {
		t.Fatalf("the paper's QR says %q, want a ticket's page below %s", link, h.base)
	}
	phone := b.open(t, h.base, u.Path, phoneSize)
	phone.read("#number", "^A001$")
	phone.see(`#ticket[data-state="waiting"]`)

	counter := b.open(t, h.base, "/counter", counterSize)
	counter.signIn("clerk1", demoPIN)
	counter.touch(`[data-action="open"][data-counter="3"]`)
	counter.read("#hand-none-text", "1 người")
	took := clickToTV(counter, tv, "A001", func() { counter.touch("#next") })
	t.Logf("from the clerk's click to the call on the TV's stage: %.1f ms", took)
	tv.see(`#stage[data-number="A001"][data-counter="3"][data-fresh="true"]`)
	tv.read("#call-counter", "đến quầy 3")
	phone.see(`#ticket[data-state="called"]`)
	phone.read("#counter", "Quầy 3")
	tv.check("display-call")
	phone.check("phone-called")
	counter.check("counter-in-hand")

	counter.touch(`[data-action="finish"]`)
	counter.see("#hand-none")
	phone.touch(`#stars [data-stars="5"]`)
	phone.read("#rate-text", "5/5")
	phone.check("phone-rated")
}

// signIn fills in the staff pages' form.
func (d *screen) signIn(user, pin string) {
	d.t.Helper()
	d.fill("#signin-user", user)
	d.fill("#signin-pin", pin)
	d.touch("#signin-submit")
	d.wait(`document.querySelector("#panel-signin").hidden`)
}

// readQR reads the newest paper of the software printer with another library than the one that drew it.
func readQR(t *testing.T, c *client) string {
	t.Helper()
	answer, err := c.http.Get(c.base + "/printer/paper.png")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	paper, err := png.Decode(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(paper)
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatal(err)
	}
	return found.GetText()
}

// clickToTV gives the milliseconds from the click, as the counter page sees it, to the frame in
// which the TV's page holds the number. Both pages read this machine's clock.
func clickToTV(counter, tv *screen, number string, click func()) float64 {
	tv.t.Helper()
	eval[bool](tv, fmt.Sprintf(`(() => {
		const seen = () => document.querySelector("#calls [data-number='%s']") && !window.seenAt && (window.seenAt = performance.timeOrigin + performance.now());
		new MutationObserver(seen).observe(document.body, { subtree: true, childList: true, attributes: true });
		window.seenAt = 0;
		return true;
	})()`, number))
	eval[bool](counter, `(() => {
		document.addEventListener("click", () => { window.clickedAt = performance.timeOrigin + performance.now(); }, { capture: true, once: true });
		return true;
	})()`)
	click()
	return await[float64](tv, "window.seenAt") - await[float64](counter, "window.clickedAt")
}
