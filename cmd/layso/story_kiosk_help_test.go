package main

import (
	"fmt"
	"slices"
	"testing"
)

// overhear notes what comes out of the kiosk's loudspeaker: each sentence that is heard to begin. One that has to
// wait for data begins again. It speaks so slowly that no sentence ends before the next screen comes.
const overhear = `(() => {
	const audio = document.getElementById("voice"), heard = window.heard = [];
	let last = "";
	audio.defaultPlaybackRate = audio.playbackRate = 0.0625;
	audio.addEventListener("playing", () => {
		if (audio.currentSrc !== last) heard.push(/help\/(\w+)\.wav/.exec(audio.currentSrc)[1]);
		last = audio.currentSrc;
	});
	return true;
})()`

// told waits until exactly these screens were spoken of, in this order.
func (d *screen) told(want ...string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("heard.length >= %d", len(want)))
	if got := eval[[]string](d, "heard"); !slices.Equal(got, want) {
		d.t.Errorf("the kiosk spoke of %q, want %q", got, want)
	}
}

// kioskHelps: somebody who reads badly has everything in large print, learns which papers he needs, has the
// screens spoken, and gets his number; who comes next finds the kiosk as it always is.
func kioskHelps(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(s map[string]any) {
		posted(t)(s)
		offices(s)
	})
	kiosk := b.open(t, h.base, "/kiosk", kioskSize)
	kiosk.see(`[data-papers="dat-dai"]`)
	kiosk.linger()
	kiosk.both("kiosk-papers-home", kiosk.switchTo)
	kiosk.touch(`[data-papers="dat-dai"]`)
	kiosk.read("#papers-body", "mẫu số 04[^]*20 ngày làm việc[^]*100.000 đồng")
	kiosk.both("kiosk-papers", kiosk.switchTo)
	kiosk.touch("#large")
	kiosk.read("#papers-more", "1/3")
	kiosk.check("kiosk-large-papers")
	kiosk.touch("#papers-more")
	kiosk.touch("#papers-more")
	kiosk.read("#papers-body", "100.000 đồng một giấy$")
	kiosk.touch("#papers-back")
	kiosk.read("#home-more", "1/2")
	kiosk.both("kiosk-large-home", kiosk.switchTo)
	kiosk.touch("#home-more")
	kiosk.read(`.tile[data-service="tra-ket-qua"]`, "Trả kết quả")
	kiosk.touch(`#doors [data-door="several"]`)
	kiosk.both("kiosk-large-several", kiosk.switchTo)
	kiosk.touch("#several-back")
	kiosk.read("#home-more", "1/2")
	kiosk.hears(h)
	eval[bool](kiosk, `(() => { document.querySelector("#large").click(); document.querySelector("#help").click(); return true; })()`)
	kiosk.see(`body[data-large="true"][data-help="on"]`)
	eval[bool](kiosk, `clearInterval(window.lingers) === undefined`)
	eval[float64](kiosk, `(Date.now = ((real) => () => real() + 61000)(Date.now))()`) // The citizen has left.
	kiosk.see(`body[data-large="false"][data-help="off"]`)
}

// hears: in large print, every screen on the way to a number is spoken once it shows, and the printer has no paper.
func (d *screen) hears(h *running) {
	d.t.Helper()
	eval[bool](d, overhear)
	d.touch("#help")
	d.told("home")
	d.see(`body[data-help="on"][data-speaks="home"]`)
	d.touch(`.tile[data-service="dat-dai"]`)
	d.told("home", "ask")
	spoken := []string{"home", "ask"}
	d.both("kiosk-large-ask", func(english bool) { // It has begun to speak before it has to change again.
		d.switchTo(english)
		spoken = append(spoken, "ask")
		d.told(spoken...)
	})
	d.told("home", "ask", "ask", "ask") // The other language, and this one again.
	d.touch("#ask-more")
	d.read(`[data-priority="small-child"]`, "trẻ nhỏ")
	h.clerk(d.t, "clerk1").must("PUT", "/api/emulator", map[string]any{"fault": "paper_out"})
	d.touch("#ask-no")
	d.read("#number", "^A001$")
	d.told("home", "ask", "ask", "ask", "answer")
	d.see(`#print[data-print="held"]`)
	d.wait(inside(".number-box", ".number"))
	d.check("kiosk-large-answer-no-paper")
	h.clerk(d.t, "clerk1").must("PUT", "/api/emulator", map[string]any{"fault": ""})
	d.see(`#print[data-print="done"]`)
	eval[bool](d, `(() => {
		const audio = document.getElementById("voice");
		audio.defaultPlaybackRate = audio.playbackRate = 1;
		audio.currentTime = audio.duration - 0.3;
		return true;
	})()`)
	d.told("home", "ask", "ask", "ask", "answer", "paper") // After what is being said.
	d.check("kiosk-large-answer")
	d.touch("#done")
	d.see(`body[data-screen="home"][data-large="false"][data-help="off"]`)
	if !eval[bool](d, `document.getElementById("voice").paused`) {
		d.t.Error("the voice goes on when the next citizen comes")
	}
}
