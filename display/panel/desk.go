package panel

import "layso/kiosk"

// desk is one counter's panel: what it shows and how long it blinks yet, in ticks.
type desk struct {
	counter string
	digits  int
	left    int // ticks that it blinks yet
	phase   int // ticks since it began to
	day     uint64
	calls   map[string]int // of each ticket that was in hand here today, as they were last seen
}

const (
	halfBlink = 2  // ticks that a blink is lit, and dark: 0.5 s each, 1 Hz
	callBlink = 20 // ticks of blinking after a call: 5 s
)

// draw gives what the panel shows in this tick. Calls in quick succession make the blinking longer and
// never faster.
func (d *desk) draw(v *kiosk.View) Digits {
	c, known := v.Counter(d.counter)
	t := v.Ticket(c.InHand)
	if d.called(v, t) {
		if d.left == 0 {
			d.phase = 0
		}
		d.left = callBlink
	}
	lit := d.left == 0 || d.phase/halfBlink%2 == 0
	if d.left > 0 {
		d.left--
		d.phase++
	}
	switch {
	case t == nil:
		d.left = 0
		if known && c.State == kiosk.CounterIsOpen {
			return dot(d.digits)
		}
		return dashes(d.digits)
	case !lit:
		return make(Digits, d.digits)
	}
	return Draw(t.Number, d.digits)
}

// called reports whether the ticket in hand has been called or recalled since it was last seen. What is in hand
// when layso starts, and what an undo brings back, has not.
func (d *desk) called(v *kiosk.View, t *kiosk.Ticket) bool {
	fresh := d.calls == nil
	if fresh || d.day != v.DayFirst() {
		d.day, d.calls = v.DayFirst(), map[string]int{}
	}
	if t == nil || d.calls[t.Token] == t.Calls {
		return false
	}
	d.calls[t.Token] = t.Calls
	return !fresh
}
