package button

import (
	"log/slog"
	"sync"
	"time"

	"layso/kiosk"
)

// stuckAfter is how long a button may be held down until it is taken for stuck.
const stuckAfter = 10 * time.Second

// key is a button and what it does.
type key struct {
	Button
	log  *slog.Logger
	lamp lamp // the board's goroutine's own

	mu       sync.Mutex
	closed   bool      // its contact is
	moved    time.Time // when that was found
	busy     bool      // a press is being dealt with
	broken   bool      // its pin can't be read
	why      string    // why it gives no numbers; empty: it does
	state    string    // for the status
	since    time.Time // of the state
	code     int       // blinks that tell why the last press gave no number
	told     time.Time // since when they do
	taken    int
	refused  int
	complain string // the state that the log was told last
}

// set notes the state; the caller holds mu or has the key to himself.
func (k *key) set(state string) {
	if k.state != state {
		k.state, k.since = state, time.Now()
	}
}

// look notes why the button gives no numbers now, and whether it is stuck.
func (k *key) look(why error, now time.Time) {
	k.block(why)
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case k.broken:
		k.set(Broken)
	case k.closed && now.Sub(k.moved) >= stuckAfter:
		k.set(Stuck)
	case k.busy:
		k.set(Working)
	case k.why != "":
		k.set(k.why)
	default:
		k.set(Ready)
	}
	k.tell()
}

// tell logs what staff has to know of, once each time.
func (k *key) tell() {
	now := k.state
	if !wantsStaff(now) {
		now = ""
	}
	if now == k.complain || k.state == Working {
		return
	}
	switch now {
	case Stuck:
		k.log.Warn("a button is stuck or something leans on it; it gives no numbers until it is let go")
	case NoPaper.Error():
		k.log.Warn("a button gives no numbers: neither its printer nor the stand-in would print", "printer", k.Printer)
	case kiosk.ErrUnknownService.Error(), kiosk.ErrUnknownPriority.Error():
		k.log.Warn("a button gives no numbers: the hall does not have what it is for", "why", now, "priority", k.Priority)
	case "":
		k.log.Info("a button is in order again", "state", k.state)
	}
	k.complain = now
}

func (k *key) block(why error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.why = ""; why != nil {
		k.why = why.Error()
	}
}

// breaks notes that the pin can't be read.
func (k *key) breaks(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.log.Error("a button does not work", "err", err)
	k.broken, k.complain = true, Broken
	k.set(Broken)
}

// wantsStaff reports whether somebody has to come for a button in this state.
func wantsStaff(state string) bool {
	switch state {
	case Stuck, Broken, NoPaper.Error(), kiosk.ErrUnknownService.Error(), kiosk.ErrUnknownPriority.Error():
		return true
	}
	return false
}

func (k *key) needsStaff() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return wantsStaff(k.state)
}

// gives reports whether a press would give a number.
func (k *key) gives() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.why == "" && !k.broken && k.state != Stuck
}

func (k *key) report() Status {
	k.mu.Lock()
	defer k.mu.Unlock()
	return Status{
		Name: k.device(), Service: k.Service, Priority: k.Priority, Printer: k.Printer,
		State: k.state, Since: k.since, Taken: k.taken, Refused: k.refused,
	}
}

// shine shows the button's own lamp.
func (k *key) shine(now time.Time) {
	k.lamp.show(k.light(now), now)
}

// light gives whether the lamp is on: working, the count of a refusal, or whether it gives numbers.
func (k *key) light(now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.code > 0 {
		on, over := counted(now.Sub(k.told), k.code)
		if !over {
			return on
		}
		k.code = 0
	}
	if k.busy {
		return blinking(now.Sub(k.told))
	}
	return k.why == "" && !k.broken && k.state != Stuck
}
