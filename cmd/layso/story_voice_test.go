package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/display/voice"
)

// listen counts what comes out of the TV's loudspeaker, many times as fast as in a hall: each sound with its
// beginning and its end, and what would be heard badly. A sound that has to wait for data begins again.
const listen = `(() => {
	const audio = document.getElementById("voice"), heard = window.heard = [], faults = window.faults = [];
	audio.defaultPlaybackRate = audio.playbackRate = 8;
	let on = "";
	const name = () => (/voice\/([^/?]+)\.wav(?:\?part=(\w+))?$/.exec(audio.currentSrc) || []).slice(1).filter(Boolean).join(" ");
	audio.addEventListener("playing", () => { if (on && on !== name()) faults.push("overlap: " + on + " and " + name()); on = name(); });
	audio.addEventListener("emptied", () => { if (on) faults.push("cut off: " + on); });
	audio.addEventListener("ended", () => {
		if (on !== name() || Math.abs(audio.currentTime - audio.duration) > 0.05) faults.push("not whole: " + name());
		heard.push(on); on = "";
	});
	return true;
})()`

// failTwice has the next second reading fail two times, as while a server starts again.
const failTwice = `(() => {
	const audio = document.getElementById("voice"), play = audio.play;
	let left = 2;
	audio.play = function () {
		if (/part=again/.test(this.src) && left-- > 0) this.src = "/voice/0.wav";
		return play.call(this);
	};
	return true;
})()`

// heard waits until exactly these sounds were heard, in this order, and each as a whole.
func (d *screen) heard(want ...string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("heard.length >= %d", len(want)))
	if got := eval[[]string](d, "heard"); !slices.Equal(got, want) {
		d.t.Errorf("heard %q, want %q", got, want)
	}
	if faults := eval[[]string](d, "faults"); len(faults) > 0 {
		d.t.Errorf("heard badly: %q", faults)
	}
}

// displaySpeaks: the TV asks for a touch where the browser wants one, says whether it can be heard, and speaks
// each call twice, one after another; while many wait, once. What happened while it was cut off is spoken when
// it is young enough.
func displaySpeaks(t *testing.T, b *chromium) {
	h := startDemo(t)
	line := layCable(t, h.base)
	clerk := h.clerk(t, "clerk1")
	clerk.take("dat-dai", 9)
	clerk.must("POST", "/api/counters/1/open", nil)

	tv := b.open(t, line.base, "/display", tvSize)
	tv.expect("WebSocket connection to|ERR_CONNECTION|ERR_SOCKET_NOT_CONNECTED")
	tv.wait(`document.body.dataset.sound === "blocked" && document.body.dataset.online === "true"`)
	tv.see("#sound")
	tv.check("display-sound-blocked")
	c4 := h.clerk(t, "clerk4")
	c4.must("POST", "/api/counters/4/open", nil)
	c4.must("POST", "/api/counters/4/next", nil)
	tv.see(`#stage[data-number="A001"]`)
	tv.check("display-sound-blocked-call")
	if !eval[bool](tv, `document.querySelector("#sound").getBoundingClientRect().left >= document.querySelector("#stage").getBoundingClientRect().right`) {
		t.Error("the sound's button covers the call")
	}
	eval[bool](tv, `(() => {
		const send = WebSocket.prototype.send;
		window.sent = [];
		WebSocket.prototype.send = function (message) { sent.push(JSON.parse(message)); return send.call(this, message); };
		return true;
	})()`)
	tv.touch("#sound")
	tv.wait(`document.body.dataset.sound === "on"`)
	tv.wait(`sent.some((m) => m.type === "ack" && m.sound === true)`)
	tv.wait(`document.getElementById("voice").ended`)
	eval[bool](tv, listen)
	if !eval[bool](tv, `document.getElementById("sound").hidden`) {
		t.Error("the button stays")
	}
	admin := h.clerk(t, "admin")
	clerk.must("POST", "/api/counters/1/next", nil)
	first := seqOf(clerk)
	tv.heard(first+" first", first+" again")

	// Two quick calls and a recall; then, while four wait, each once.
	clerk.next()
	second := seqOf(clerk)
	tv.wait(fmt.Sprintf("document.body.dataset.speaking === %q", second+" first"))
	clerk.next()
	third := seqOf(clerk)
	tv.heard(first+" first", first+" again", second+" first", second+" again", third+" first", third+" again")

	// Cut off, and a sound that fails twice: the call of a moment ago is spoken when it is heard of.
	line.pull()
	tv.see("#offline")
	tv.expect("404")
	eval[bool](tv, failTwice)
	clerk.next()
	fourth := seqOf(clerk)
	line.plug()
	tv.wait("heard.length >= 8")
	tv.heard(first+" first", first+" again", second+" first", second+" again", third+" first", third+" again", fourth+" first", fourth+" again")
	silentAfterALongCut(tv, clerk, line)
	silentWhereNobodyListens(t, b, h, admin)
}

// silentAfterALongCut: a call that waits to be spoken when the line breaks is old when the line comes back after more
// than 30 s, and is not spoken then. The page is told that they have gone by.
func silentAfterALongCut(tv *screen, clerk *client, line *cable) {
	tv.t.Helper()
	said := eval[int](tv, "heard.length")
	clerk.next()
	spoken := seqOf(clerk)
	tv.wait(fmt.Sprintf("document.body.dataset.speaking === %q", spoken+" first"))
	eval[bool](tv, `(() => { // a long sound, for as long as the test needs
		const audio = document.getElementById("voice");
		Object.defineProperty(audio, "duration", { value: 120, configurable: true });
		audio.pause();
		return true;
	})()`)
	clerk.next()
	waiting := seqOf(clerk)
	tv.see(fmt.Sprintf(`#calls [data-seq="%s"]`, waiting))
	line.pull()
	tv.see("#offline")
	eval[bool](tv, `(window.gone = layso.time.ms, layso.time.ms = () => gone() + 31000, true)`)
	line.plug()
	tv.wait(`document.body.dataset.online === "true"`)
	eval[bool](tv, `(() => {
		const audio = document.getElementById("voice");
		layso.time.ms = gone;
		delete audio.duration;
		audio.play();
		return true;
	})()`)
	tv.wait("!document.body.dataset.speaking")
	clerk.next()
	last := seqOf(clerk)
	tv.wait(fmt.Sprintf("heard[heard.length - 1] === %q", last+" again"))
	want := []string{spoken + " first", last + " first", last + " again"}
	if got := eval[[]string](tv, fmt.Sprintf("heard.slice(%d)", said)); !slices.Equal(got, want) {
		tv.t.Errorf("after a long cut %q was heard, want %q", got, want)
	}
}

// seqOf gives the seq of the newest call.
func seqOf(c *client) string {
	c.t.Helper()
	calls := c.must("GET", "/api/hall", nil)["recent_calls"].([]any)
	return fmt.Sprint(uint64(calls[0].(map[string]any)["seq"].(float64)))
}

// silentWhereNobodyListens: a TV that is muted by its address does not ask for a touch, and none speaks where the hall
// does not want it.
func silentWhereNobodyListens(t *testing.T, b *chromium, h *running, admin *client) {
	muted := b.open(t, h.base, "/display?sound=off", tvSize)
	muted.wait(`document.body.dataset.online === "true" && document.body.dataset.sound === "muted"`)
	if !eval[bool](muted, `document.getElementById("sound").hidden`) {
		t.Error("a muted display asks for a touch")
	}
	tv := b.open(t, h.base, "/display", size{1080, 1920})
	tv.see("#sound")
	tv.check("display-sound-upright")
	doc := admin.must("GET", "/api/setup", nil)
	doc["setup"].(map[string]any)["voice"] = map[string]any{"off": true}
	admin.must("PUT", "/api/setup", doc)
	tv.wait(`document.body.dataset.sound === "off" && document.getElementById("sound").hidden`)
}

// queueInTheBrowser: the display's queue obeys the table that the server's obeys, and does the same as it in
// random histories.
func queueInTheBrowser(t *testing.T, b *chromium) {
	h := startDemo(t)
	tv := b.open(t, h.base, "/display", tvSize)
	tv.wait(`window.layso && layso.queue`)
	text, err := os.ReadFile("../../display/voice/testdata/queue.txt")
	if err != nil {
		t.Fatal(err)
	}
	var steps, want []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '=':
			steps, want = append(steps, "new"), append(want, "-")
		default:
			step, heard, _ := strings.Cut(line, " -> ")
			steps, want = append(steps, step), append(want, heard)
		}
	}
	compare(tv, steps, want)
	random, expected := randomSteps(3000)
	compare(tv, random, expected)
}

// player plays steps with the browser's queue as the server's test does with its own.
const player = `((steps) => {
	let queue, happened, on;
	return steps.map((line) => {
		const [what, word, age] = line.split(" ");
		if (what === "new") { queue = layso.queue(); happened = []; on = "-"; }
		if (what === "call" || what === "recall") {
			happened.push({ seq: happened.length + 1, number: word, recall: what === "recall" });
			queue.add(happened[happened.length - 1], Number(age || 0));
		}
		if (what === "seen") queue.add(happened[Number(word) - 1], 0);
		if (what === "clear") queue.clear();
		if (what === "done") { queue.done(); on = "-"; }
		const next = what === "new" ? null : queue.next();
		if (next) on = next.call.seq + " " + next.part;
		return on;
	});
})`

func compare(tv *screen, steps, want []string) {
	tv.t.Helper()
	raw, _ := json.Marshal(steps)
	got := eval[[]string](tv, player+"("+string(raw)+")")
	for i := range steps {
		if got[i] != want[i] {
			tv.t.Fatalf("step %d, %q: %q is heard, not %q", i+1, steps[i], got[i], want[i])
		}
	}
}

// randomSteps gives a history and what the server's queue makes of it.
func randomSteps(n int) (steps, want []string) {
	dice := rand.New(rand.NewPCG(7, 7))
	var q *voice.Queue
	var seq uint64
	var on string
	for i := range n {
		step := fmt.Sprintf("%s A%d %d", []string{"call", "recall"}[dice.IntN(2)], dice.IntN(5), []int{0, 0, 0, 19, 21}[dice.IntN(5)])
		switch word := strings.Fields(step); {
		case i%50 == 0:
			step, q, seq, on = "new", &voice.Queue{}, 0, "-"
		case on != "-" && dice.IntN(2) == 0:
			step, on = "done", "-"
			q.Done()
		default:
			seq++
			q.Add(voice.Item{Seq: seq, Number: word[1], Recall: word[0] == "recall"}, age(word[2]))
		}
		if item, part, ok := q.Next(); ok {
			on = fmt.Sprint(item.Seq, " ", part)
		}
		steps, want = append(steps, step), append(want, on)
	}
	return steps, want
}

func age(seconds string) time.Duration {
	d, _ := time.ParseDuration(seconds + "s")
	return d
}
