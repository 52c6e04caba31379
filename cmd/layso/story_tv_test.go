package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// tvSizes are the screens that hang in halls.
var tvSizes = []struct {
	name string
	size
}{{"wide", tvSize}, {"small", size{1366, 768}}, {"tall", size{1080, 1920}}, {"square", size{1024, 768}}}

// busyHall is a hall with twelve counters and long names, in the midst of its work.
func busyHall(t *testing.T) (*running, *client) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		s["name"] = map[string]any{"vi": "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm", "en": "Hoan Kiem Ward Public Administration Service Centre"}
		edit(s, "services", "dat-dai")["name"] = map[string]any{"vi": "Đăng ký đất đai và tài sản gắn liền với đất, cấp đổi giấy chứng nhận", "en": "Registration of land and property, renewal of certificates"}
		all := []string{}
		for _, x := range s["services"].([]any) {
			all = append(all, x.(map[string]any)["id"].(string))
		}
		for i := 5; i <= 12; i++ {
			name := map[string]any{"vi": fmt.Sprintf("Quầy %d", i), "en": fmt.Sprintf("Counter %d", i)}
			if i == 12 {
				name = map[string]any{"vi": "Quầy tiếp nhận và trả kết quả hồ sơ đất đai 12", "en": "Land application and result counter 12"}
			}
			s["counters"] = append(s["counters"].([]any), map[string]any{"id": fmt.Sprint(i), "name": name, "services": all})
		}
	})
	c := h.clerk(t, "manager")
	c.take("dat-dai", 7)
	c.take("ho-tich", 5)
	c.take("chung-thuc", 3)
	for _, id := range []string{"1", "2", "3", "7", "12"} {
		c.must("POST", "/api/counters/"+id+"/open", nil)
		c.must("POST", "/api/counters/"+id+"/next", nil)
	}
	c.must("POST", "/api/counters/4/open", nil)
	c.must("POST", "/api/counters/5/open", nil)
	c.must("POST", "/api/counters/5/pause", map[string]any{"reason": "Họp"})
	return h, c
}

// glyphs gives how high the called number's letters are and how high a row of the last calls is, as
// shares of the screen's shorter side: that is the height of a TV, also of one that hangs upright.
const glyphs = `(() => {
	const side = Math.min(innerWidth, innerHeight);
	const node = document.querySelector("#call-number"), style = getComputedStyle(node);
	const pen = document.createElement("canvas").getContext("2d");
	pen.font = style.fontWeight + " " + style.fontSize + " " + style.fontFamily;
	const rows = [...document.querySelectorAll("#calls .row")].filter((r) => r.getClientRects().length);
	const hall = parseFloat(getComputedStyle(document.querySelector("#hall-name")).fontSize);
	return { hall: hall / side, number: pen.measureText("A").actualBoundingBoxAscent / side, rows: Math.min(...rows.map((r) => r.getBoundingClientRect().height)) / side, shown: rows.length };
})()`

// tvCutOff gives what of the TV's texts is cut off, or stands outside of the screen.
const tvCutOff = `(() => {
	const found = [];
	for (const e of document.querySelectorAll(".fit")) {
		const box = e.parentNode;
		if (!e.getClientRects().length) continue;
		if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1) found.push((e.id || e.className) + ": " + e.innerText);
	}
	for (const e of document.querySelectorAll("#stage, #calls .row, .item, .clock, .strip")) {
		const r = e.getBoundingClientRect();
		if (r.width && (r.right > innerWidth + 5 || r.left < -5 || r.bottom > innerHeight + 5 || r.top < -5)) found.push(e.id + e.className + " leaves the screen");
	}
	return found;
})()`

// faint gives the texts whose contrast axe-core measures as less than 7:1.
const faint = `axe.run(document, { runOnly: { type: "rule", values: ["color-contrast-enhanced"] }, rules: { "color-contrast-enhanced": { enabled: true } } })
	.then((r) => r.violations.flatMap((v) => v.nodes.map((n) => n.html)))`

// tv looks at a state: nothing is cut off, nothing is faint, axe-core finds nothing.
func (d *screen) tv(state string) {
	d.t.Helper()
	d.check(state)
	texts, err := chromedp.Run(d.ctx, chromedp.Evaluate[[]string](faint, chromedp.EvalAwaitPromise))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, text := range texts {
		d.t.Errorf("%s: fainter than 7:1: %s", state, text)
	}
	d.whole(state)
}

// whole finds nothing of the TV's texts that is cut off.
func (d *screen) whole(state string) {
	d.t.Helper()
	for _, what := range eval[[]string](d, tvCutOff) {
		d.t.Errorf("%s: cut off: %s", state, what)
	}
}

// drawn is fulfilled when the page has seen its new size and drawn itself anew.
const drawn = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`

// onEachTV looks at a state on every screen that hangs in halls; colours are the same on all of them.
func (d *screen) onEachTV(state string, also func(screen string)) {
	d.t.Helper()
	for _, s := range tvSizes {
		name := state + "-" + s.name
		d.do(chromedp.EmulateViewport(s.width, s.height))
		d.wait(fmt.Sprintf(`innerWidth === %d && innerHeight === %d`, s.width, s.height))
		if _, err := chromedp.Run(d.ctx, chromedp.Evaluate[bool](drawn, chromedp.EvalAwaitPromise)); err != nil {
			d.t.Fatal(err)
		}
		if s.size == tvSize {
			d.tv(name)
		} else {
			d.look(name)
			d.whole(name)
		}
		if also != nil {
			also(s.name)
		}
	}
	d.do(chromedp.EmulateViewport(d.size.width, d.size.height))
}

// tvSeenFromAChair: on every screen the called number and the last calls are large enough for the last
// row of chairs, and whatever the hall's names are, they stand there as a whole.
func tvSeenFromAChair(t *testing.T, b *chromium) {
	h, c := busyHall(t)
	tv := b.open(t, h.base, "/display?sound=off", tvSize)
	tv.see(`#stage[data-number]:not([data-number=""])`)
	tv.onEachTV("tv-busy", nil)
	c.must("POST", "/api/counters/12/recall", nil)
	tv.see(`#stage[data-fresh="true"][data-counter="12"]`)
	tv.onEachTV("tv-call", nil)
	c.must("POST", "/api/counters/3/recall", nil)
	tv.see(`#stage[data-fresh="true"][data-counter="3"]`)
	tv.onEachTV("tv-call-short", func(screen string) {
		seen := eval[struct {
			Number, Rows, Hall float64
			Shown              int
		}](tv, glyphs)
		t.Logf("%s: the number is %.1f %% of the screen's shorter side, %d rows %.1f %%", screen, 100*seen.Number, seen.Shown, 100*seen.Rows)
		if seen.Number < .19 || seen.Rows < .10 || seen.Shown != 5 {
			t.Errorf("%s: too small to be read from 8 m: %+v", screen, seen)
		}
		if seen.Hall < .025 {
			t.Errorf("%s: the hall's name is %.1f %% of the screen's shorter side", screen, 100*seen.Hall)
		}
	})
	tv.quicken(8)
	tv.wait(`document.querySelector("#strip").dataset.kind === "counters" && document.querySelector('.item[data-state="paused"]') !== null`)
	tv.onEachTV("tv-counters", nil)
}

// tvShowsEachCall: many calls come at once. Each gets its time on the stage, and none is forgotten.
func tvShowsEachCall(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := h.clerk(t, "manager")
	c.must("POST", "/api/counters/1/open", nil)
	c.take("dat-dai", atOnce)
	tv := b.open(t, h.base, "/display?sound=off", tvSize)
	tv.see("#welcome")
	eval[bool](tv, `(() => {
		window.staged = [];
		new MutationObserver(() => {
			const n = document.querySelector("#stage").dataset;
			if (n.fresh === "true" && staged[staged.length - 1] !== n.number) staged.push(n.number);
		}).observe(document.querySelector("#stage"), { attributes: true });
		return true;
	})()`)
	var want []string
	for i := range atOnce {
		if i == 0 {
			c.must("POST", "/api/counters/1/next", nil)
		} else {
			c.next()
		}
		want = append(want, fmt.Sprintf("A%03d", i+1))
	}
	tv.wait(fmt.Sprintf(`document.querySelector("#calls .row").dataset.number === %q`, want[atOnce-1]))
	tv.shoot("tv-many-calls")
	if n := eval[int](tv, "staged.length"); n > atOnce/2 {
		t.Errorf("%d calls had their time already", n)
	}
	tv.quicken(40)
	tv.wait(fmt.Sprintf("staged.length >= %d", atOnce))
	if got := eval[[]string](tv, "staged"); !slices.Equal(got, want) {
		t.Errorf("on the stage were %q", got)
	}
}

// atOnce is how many come at once.
const atOnce = 200

// quicken makes the page's clock and its timers run so many times as fast.
func (d *screen) quicken(times int) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(() => {
		const now = performance.now.bind(performance), start = now(), later = window.setTimeout;
		performance.now = () => start + (now() - start) * %[1]d;
		window.setTimeout = (f, ms) => later(f, ms / %[1]d);
		return true;
	})()`, times))
}

// pass lets the page's clock jump ahead.
func (d *screen) pass(by time.Duration) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(() => { const now = performance.now.bind(performance); performance.now = () => now() + %d; return true; })()`, by.Milliseconds()))
}

// tvFollowsTheVoice: where the TV speaks, the stage shows what is spoken, as long as it is spoken.
func tvFollowsTheVoice(t *testing.T, b *chromium) {
	h := startDemo(t)
	c := h.clerk(t, "manager")
	c.take("dat-dai", 5)
	c.must("POST", "/api/counters/1/open", nil)
	tv := b.open(t, h.base, "/display", tvSize)
	tv.wait(`document.body.dataset.sound === "blocked" && document.body.dataset.online === "true"`)
	tv.touch("#sound")
	tv.wait(`document.body.dataset.sound === "on" && document.getElementById("voice").ended`)
	eval[bool](tv, listen)
	eval[bool](tv, `(() => {
		window.apart = [];
		document.getElementById("voice").addEventListener("ended", () => {
			const stage = document.querySelector("#stage").dataset, spoken = (document.body.dataset.speaking || "").split(" ")[0];
			if (spoken && (stage.seq !== spoken || stage.fresh !== "true")) apart.push(spoken + " while " + stage.seq + " is shown");
		}, true);
		return true;
	})()`)
	c.must("POST", "/api/counters/1/next", nil)
	for range 4 {
		c.next()
	}
	tv.wait("heard.length >= 5")
	if apart := eval[[]string](tv, "apart"); len(apart) > 0 {
		t.Errorf("heard %q", apart)
	}
}

// tvOfAZone: a TV that hangs before some counters shows their calls alone, and what they serve.
func tvOfAZone(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		edit(s, "counters", "3")["services"] = []string{"ho-tich"}
		edit(s, "counters", "4")["services"] = []string{"ho-tich", "chung-thuc"}
	})
	c := h.clerk(t, "manager")
	c.take("dat-dai", 3)
	c.take("ho-tich", 4)
	for _, id := range []string{"1", "2", "3", "4"} {
		c.must("POST", "/api/counters/"+id+"/open", nil)
	}
	c.must("POST", "/api/counters/3/next", nil)
	c.must("POST", "/api/counters/1/next", nil)
	tv := b.open(t, h.base, "/display?sound=off&counters=3,4", tvSize)
	tv.see(`#stage[data-counter="3"]`)
	c.must("POST", "/api/counters/4/next", nil)
	tv.see(`#stage[data-counter="4"][data-fresh="true"]`)
	c.must("POST", "/api/counters/2/next", nil)
	c.must("POST", "/api/counters/3/recall", nil)
	tv.see(`#stage[data-counter="3"][data-fresh="true"]`)
	if got := eval[[]string](tv, `[...document.querySelectorAll("#calls .row")].map((r) => r.dataset.counter)`); !slices.Equal(got, []string{"3", "4"}) {
		t.Errorf("calls of the counters %q", got)
	}
	if got := eval[[]string](tv, `[...document.querySelectorAll(".item[data-service]")].map((r) => r.dataset.service)`); !slices.Equal(got, []string{"ho-tich", "chung-thuc"}) {
		t.Errorf("the services are %q", got)
	}
	tv.tv("tv-zone")
	tv.visit("/display?sound=off&counters=3,4")
	tv.wait(`document.querySelectorAll("#calls .row").length === 2`)
}

// tvAfterHours: lunch is lit and says when it ends; a closed evening goes dark, but for the clock and the
// next opening; who loses the server says so.
func tvAfterHours(t *testing.T, b *chromium) {
	h := startDemo(t)
	line := layCable(t, h.base)
	h.change(t, func(s map[string]any) { s["hours"] = everyDay(officeHours) })
	h.itIs(t, on(1, 12, 10))
	for _, s := range tvSizes {
		tv := b.open(t, h.base, "/display?sound=off", s.size)
		tv.read("#why", "Đang nghỉ trưa")
		tv.pass(11 * time.Minute)
		tv.read("#clock", "^12:2")
		tv.tv("tv-lunch-" + s.name)
		if eval[string](tv, "document.body.dataset.dark") != "false" {
			t.Error("dark at lunch")
		}
	}
	h.itIs(t, on(1, 18, 30))
	tv := b.open(t, line.base, "/display?sound=off", tvSize)
	tv.expect("WebSocket connection to|ERR_CONNECTION|ERR_SOCKET_NOT_CONNECTED")
	tv.read("#why", "Ngoài giờ tiếp nhận")
	tv.tv("tv-evening")
	tv.pass(11 * time.Minute)
	tv.wait(`document.body.dataset.dark === "true"`)
	tv.tv("tv-dark")
	if shift := eval[string](tv, "document.body.dataset.shift"); shift == "0" {
		t.Error("the picture stands still")
	}
	tv.read("#opens", "07:30")
	line.pull()
	tv.see("#offline")
	tv.tv("tv-dark-offline")
	line.plug()
	tv.wait(`document.body.dataset.online === "true"`)
	h.itIs(t, on(2, 7, 31))
	tv.wait(`document.body.dataset.dark === "false" && document.body.dataset.state === "idle"`)
	tv.tv("tv-nobody")
}

// device gives the id of the hall's first device.
func (c *client) device() string {
	c.t.Helper()
	answer, err := c.http.Get(c.base + "/api/devices")
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	var devices []struct{ ID string }
	if err := json.NewDecoder(answer.Body).Decode(&devices); err != nil || len(devices) == 0 {
		c.t.Fatalf("the devices are %v: %v", devices, err)
	}
	return devices[0].ID
}

// holdSound makes every sound long, so that one may be held for as long as the test needs, and keeps what is read.
const holdSound = `(() => {
	const audio = document.getElementById("voice"), spoken = window.spoken = [];
	Object.defineProperty(audio, "duration", { value: 120, configurable: true });
	audio.defaultPlaybackRate = audio.playbackRate = 4;
	new MutationObserver(() => document.body.dataset.speaking && spoken.push(document.body.dataset.speaking)).observe(
		document.body, { attributeFilter: ["data-speaking"] });
	return true;
})()`

// tvGetsAZone: a TV that is given a zone while it hangs there shows the zone's calls alone from then on, without
// a reload, after which a browser would want a touch before it speaks.
func tvGetsAZone(t *testing.T, b *chromium) {
	h := startDemo(t)
	c, admin := h.clerk(t, "manager"), h.clerk(t, "admin")
	c.take("dat-dai", 5)
	for _, id := range []string{"1", "2"} {
		c.must("POST", "/api/counters/"+id+"/open", nil)
		c.must("POST", "/api/counters/"+id+"/next", nil)
	}
	code := admin.must("POST", "/api/devices/codes", map[string]any{"kind": "display", "name": "TV 1"})["code"].(string)
	tv := b.open(t, h.base, "/pair", tvSize)
	tv.fill("#pair-code", code)
	tv.touch("#pair-submit")
	tv.see(`#stage[data-counter="2"]`)
	tv.wait(`document.querySelectorAll("#calls .row").length === 2`)
	eval[bool](tv, "window.stayed = true")
	tv.wait(`document.body.dataset.sound === "on" && !document.body.dataset.speaking`)
	eval[bool](tv, holdSound)
	c.must("POST", "/api/counters/1/recall", nil)
	tv.wait(`document.body.dataset.speaking && !document.getElementById("voice").paused`)
	eval[bool](tv, `(document.getElementById("voice").pause(), true)`)
	c.must("POST", "/api/counters/2/recall", nil) // waits to be spoken
	other := seqOf(c)
	tv.see(fmt.Sprintf(`#calls [data-seq="%s"]`, other))
	admin.must("PUT", "/api/devices/"+admin.device(), map[string]any{"counters": []string{"1"}})
	tv.see(`#stage[data-counter="1"]`)
	tv.wait(`document.querySelectorAll("#calls .row").length === 1 && document.body.dataset.online === "true"`)
	eval[bool](tv, `(delete document.getElementById("voice").duration, document.getElementById("voice").play(), true)`)
	tv.wait("!document.body.dataset.speaking")
	if eval[bool](tv, fmt.Sprintf(`spoken.some((x) => x.startsWith("%s "))`, other)) {
		t.Error("a call that waited is spoken in a zone that is not its own")
	}
	c.must("POST", "/api/counters/2/recall", nil)
	c.next()
	tv.see(`#stage[data-counter="1"][data-number="A003"]`)
	if !eval[bool](tv, `window.stayed === true && document.querySelector('.row[data-counter="2"]') === null`) {
		t.Error("the page was loaded anew, or shows another zone's call")
	}
}
