package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// phoneSenses counts what the phone does to be noticed: window.buzzes and window.tones.
const phoneSenses = `
	window.buzzes = 0;
	window.tones = 0;
	Navigator.prototype.vibrate = () => { window.buzzes++; return true; };
	if (window.OscillatorNode) {
		const start = OscillatorNode.prototype.start;
		OscillatorNode.prototype.start = function (at) { window.tones++; return start.call(this, at); };
	}`

// alerted waits until the page has alerted n times since it was loaded, and fails when it was more.
func (d *screen) alerted(n int, what string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("Number(document.body.dataset.alerts || 0) >= %d", n))
	if got := eval[int](d, "Number(document.body.dataset.alerts || 0)"); got != n {
		d.t.Errorf("%s: alerted %d times, want %d", what, got, n)
	}
	if got := eval[string](d, `document.body.dataset.alert || ""`); n > 0 && got != what {
		d.t.Errorf("the last alert is %q, want %q", got, what)
	}
}

// sensed fails unless the phone has vibrated and sounded so often: a tune has as many tones as told.
func (d *screen) sensed(buzzes, tones int) {
	d.t.Helper()
	d.wait(fmt.Sprintf("window.tones >= %d", tones)) // The sound follows a promise.
	if got := eval[[2]int](d, "[window.buzzes, window.tones]"); got != [2]int{buzzes, tones} {
		d.t.Errorf("vibrations and tones: %v, want %v", got, [2]int{buzzes, tones})
	}
}

const (
	testTones   = 2
	nearTones   = 4
	calledTones = 6
)

// phoneCallsBack: three ahead is told once, by words, colour and shape, vibration and sound; not again
// when priority tickets push the citizen back and forth, after a reload, or after a broken connection;
// again when he was pushed back far; and once at each call.
func phoneCallsBack(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	wire := layCable(t, h.base)
	q := &crowdAhead{clerk: clerk, plain: clerk.take("dat-dai", 4)}
	mine := clerk.take("dat-dai", 1)[0]["token"].(string)
	phone := b.open(t, wire.base, "/healthz", phoneSize)
	phone.before(phoneSenses)
	phone.visit("/t/" + mine)
	language := func(bool) { phone.touch("#lang") }
	phone.read("#ahead", "^Còn 4 người$")
	phone.wait(`document.title === "Còn 4 người – A005"`)
	phone.read("#sound-note", "Chỉ kêu và rung khi trang này đang mở[^]*giữ màn hình sáng")
	phone.both("phone-far", language)
	phone.touch("#sound")
	phone.read("#sound-state", "Âm báo đang bật")
	phone.both("phone-sound", language)
	phone.sensed(0, testTones)
	phone.alerted(0, "")

	q.to(phone, 3)
	phone.read("#state-text", "^Xin quay lại ngay$")
	phone.alerted(1, "near")
	phone.sensed(1, testTones+nearTones)
	phone.both("phone-near", language)
	for _, n := range []int{2, 4, 3, 5, 2} {
		q.to(phone, n)
		phone.read("#state-text", "^Xin quay lại ngay$")
	}
	phone.alerted(1, "near")
	phone.visit("/t/" + mine)
	phone.see(`#ticket[data-near="true"]`)
	phone.see(`body[data-sound="lost"]`)
	phone.check("phone-sound-lost")
	phone.touch("#sound")
	phone.see(`body[data-sound="on"]`)
	callsBackAfterCuts(phone, wire, q)
	phone.alerted(1, "near")
	phone.sensed(1, testTones+nearTones)

	clerk.must("POST", "/api/counters/2/open", nil)
	clerk.must("POST", "/api/counters/2/call", map[string]any{"token": mine, "reason": "Đã hẹn giờ"})
	phone.read("#counter", "^Quầy 2$")
	phone.alerted(2, "called")
	dark := func(is bool) {
		eval[bool](phone, fmt.Sprintf(`Object.defineProperty(document, "hidden", { get: () => %v, configurable: true }) && document.dispatchEvent(new Event("visibilitychange"))`, is))
	}
	dark(true)
	clerk.must("POST", "/api/counters/2/recall", nil)
	phone.read("#state-hint", "lần 2")
	phone.alerted(3, "called")
	phone.sensed(2, testTones+nearTones+2*calledTones)
	dark(false)
	dark(false)
	phone.sensed(3, testTones+nearTones+2*calledTones)
	phone.both("phone-called-again", language)
	phone.visit("/t/" + mine)
	phone.read("#counter", "^Quầy 2$")
	phone.alerted(0, "")
}

// callsBackAfterCuts: a cut changes nothing that was told; what it hid is told afterwards.
func callsBackAfterCuts(phone *screen, wire *cable, q *crowdAhead) {
	phone.t.Helper()
	phone.expect("ERR_|WebSocket")
	cut := func(n int) {
		phone.t.Helper()
		wire.pull()
		phone.read("#offline", "Mất kết nối, đang thử lại")
		q.make(n)
		wire.plug()
		phone.read("#ahead", fmt.Sprintf("^Còn %d người$", n))
		phone.wait(`document.querySelector("#offline").hidden`)
	}
	cut(3)
	phone.alerted(0, "")
	q.to(phone, 6)
	phone.read("#state-text", "^Đang chờ đến lượt$")
	cut(3)
	phone.read("#state-text", "^Xin quay lại ngay$")
}

// crowdAhead are those who stand before a ticket; who has priority comes before it, too.
type crowdAhead struct {
	clerk *client
	plain []map[string]any
}

// make lets n people stand before the ticket that was taken after the plain ones.
func (q *crowdAhead) make(n int) {
	q.clerk.t.Helper()
	for len(q.plain) > n {
		last := q.plain[len(q.plain)-1]
		q.clerk.must("POST", "/api/tickets/"+last["token"].(string)+"/cancel", nil)
		q.plain = q.plain[:len(q.plain)-1]
	}
	for len(q.plain) < n {
		q.plain = append(q.plain, q.clerk.must("POST", "/api/tickets", map[string]any{"service": "dat-dai", "priority": "meritorious"}))
	}
}

// to makes n and waits until the phone shows it.
func (q *crowdAhead) to(phone *screen, n int) {
	phone.t.Helper()
	q.make(n)
	phone.read("#ahead", fmt.Sprintf("^Còn %d người$", n))
}

// phoneStatus is what the rule of the alerts looks at.
type phoneStatus struct {
	State   string   `json:"state"`
	Service string   `json:"service"`
	Ahead   int      `json:"ahead"`
	Calls   int      `json:"calls"`
	Route   []string `json:"route"`
}

// alertsOnce plays random histories to the page's rule and compares it with a naive one; each status
// comes twice, and what is remembered goes through the tab's storage in between, as after a reload.
func alertsOnce(t *testing.T, b *chromium) {
	h := startDemo(t)
	page := b.open(t, h.base, "/appointments", phoneSize)
	page.see("#lang")
	eval[bool](page, `import("/static/" + document.documentElement.dataset.build + "/js/phone/alert.js").then((m) => { window.rule = m; }), true`)
	page.wait("window.rule")
	rapid.Check(t, func(r *rapid.T) {
		var history []phoneStatus
		calls := 0
		for range rapid.IntRange(1, 30).Draw(r, "length") {
			s := phoneStatus{
				State:   rapid.SampledFrom([]string{"waiting", "waiting", "waiting", "waiting", "waiting", "called", "held", "no_show"}).Draw(r, "state"),
				Service: rapid.SampledFrom([]string{"a", "a", "a", "b"}).Draw(r, "service"), Ahead: rapid.IntRange(0, 9).Draw(r, "ahead"), Route: []string{},
			}
			if s.State == "called" {
				calls += rapid.IntRange(0, 1).Draw(r, "call")
			}
			s.Calls = calls
			history = append(history, s)
		}
		raw, err := json.Marshal(history)
		if err != nil {
			r.Fatal(err)
		}
		got := eval[[]string](page, fmt.Sprintf(`%s.reduce(([memory, told], ticket) => {
			const once = rule.notice(memory, ticket);
			rule.remember("x", once.memory);
			const twice = rule.notice(rule.recall("x"), ticket);
			return [twice.memory, told.concat(once.alert, twice.alert)];
		}, [null, []])[1]`, raw))
		if want := alertsOf(history); !slices.Equal(got, want) {
			r.Fatalf("alerts %q, want %q", got, want)
		}
	})
}

// alertsOf is the rule in other words: within one wait for one service the alert is armed from six
// ahead on, at first from four, and goes off at three; a call is told when it is a new one.
func alertsOf(history []phoneStatus) (alerts []string) {
	armed := false
	for i, s := range history {
		alert := ""
		switch {
		case s.State != "waiting":
			if i > 0 && s.State == "called" && s.Calls > history[i-1].Calls {
				alert = "called"
			}
		case i == 0 || history[i-1].State != "waiting" || history[i-1].Service != s.Service:
			armed = s.Ahead > 3
		case armed && s.Ahead <= 3:
			alert, armed = "near", false
		case s.Ahead >= 6:
			armed = true
		}
		alerts = append(alerts, alert, "") // The second time it is no news.
	}
	return alerts
}
