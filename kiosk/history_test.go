package kiosk_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// history plays the same random commands to the hall, with its owner and log, and to the naive model.
type history struct {
	*rapid.T
	owner *kiosk.Owner
	log   *memory
	clock *stepClock
	m     *model
	told  []string             // tokens of the tickets that somebody was given today
	given map[string]bool      // of all days
	days  int                  // how many of these began or ended
	about func() kiosk.Command // what this history is mostly about; nil: everything
	old   []keptView
}

// keptView is a view and what was in it when it was new.
type keptView struct {
	view *kiosk.View
	dump string
}

func TestRandomHistories(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) { newHistory(r, drawSetup(r)).play() })
}

// TestRandomPapers plays histories that are mostly about paper, in a hall that is always open.
func TestRandomPapers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(r, testSetup())
		h.about = func() kiosk.Command { return pick(r, "about", h.paperTicket, h.printing, h.printing, h.printing)() }
		h.play()
	})
}

func newHistory(r *rapid.T, seed *kiosk.Setup) *history {
	h := &history{T: r, log: &memory{}, clock: newClock(), given: map[string]bool{}}
	h.start(seed)
	h.m = newModel(seed, h.clock)
	return h
}

// play goes on for a while, comparing all the time, and looks at what is left in the end.
func (h *history) play() {
	for range pick(h.T, "steps", 5, 50, 100, 200) {
		h.step()
		h.compare()
	}
	h.owner.Close()
	h.checkLog()
	h.checkReplay()
	for _, k := range h.old {
		if dump(k.view) != k.dump {
			h.Fatalf("a view changed after it was published\nwas %s\nis  %s", k.dump, dump(k.view))
		}
	}
}

func (h *history) start(seed *kiosk.Setup) {
	o, err := kiosk.Start(h.log, kiosk.Options{Seed: seed, Now: h.clock.now, Log: quiet})
	if err != nil {
		h.Fatal(err)
	}
	h.owner = o
}

// step moves the clock and carries one command out on both sides; now and then the disk fails, or the
// program starts again.
func (h *history) step() {
	gap := pick(h.T, "gap ms", time.Duration(0), 1, 60_000, 600_000)
	switch dice(h.T, "jump", 60) {
	case 0, 1:
		gap = pick(h.T, "jump ms", time.Duration(5*3600_000), 11*3600_000)
	case 2:
		d := pick(h.T, "step", -time.Hour, time.Hour, 400*24*time.Hour, -400*24*time.Hour, -56*365*24*time.Hour, time.Second)
		if year := h.clock.now().Add(d).Year(); year > 1969 && year < 2100 {
			h.clock.step(d)
		}
	}
	h.clock.move(gap * time.Millisecond)
	switch dice(h.T, "what", 25) {
	case 0:
		h.owner.Close()
		h.start(nil)
		h.m.restart()
		h.newDay()
	case 1:
		h.failing(h.draw())
	case 2:
		h.old = append(h.old, keptView{h.owner.View(), dump(h.owner.View())})
		fallthrough
	default:
		h.command(h.draw())
	}
}

func (h *history) newDay() {
	if h.days != h.m.days {
		h.days, h.told = h.m.days, nil
	}
}

// command asks both and wants the same answer.
func (h *history) command(cmd kiosk.Command) {
	if next, ok := cmd.(kiosk.Next); ok {
		defer h.checkNext(next, h.owner.View())()
	}
	size := len(h.log.all())
	res, err := h.owner.Do(context.Background(), cmd)
	want := h.m.do(cmd)
	h.newDay()
	var code string
	if err != nil {
		code = kiosk.ErrInvalidField.Error()
		if !errors.Is(err, kiosk.ErrInvalidField) {
			code = err.Error()
		}
	}
	got := reply{code, res.Token, res.Repeat, len(h.log.all()) > size}
	if got != want {
		h.Fatalf("%#v:\ngot  %+v\nwant %+v", cmd, got, want)
	}
	if err == nil && res.Token != "" && res.Ticket() == nil && res.View.Appointment(res.Token) == nil {
		h.Fatalf("%#v: the answer's view does not have its ticket", cmd)
	}
	if token := taken(cmd); token != "" && err == nil && !res.Repeat {
		h.told, h.given[token] = append(h.told, token), true
	}
}

// failing lets the commit fail. What it stored all the same counts; the answer is always "unknown".
func (h *history) failing(cmd kiosk.Command) {
	stored := rapid.Bool().Draw(h.T, "stored")
	h.log.failNext(stored)
	before := h.m.clone()
	want := h.m.do(cmd)
	_, err := h.owner.Do(context.Background(), cmd)
	failed := h.log.unfail()
	if failed != want.wrote || failed && !errors.Is(err, kiosk.ErrStorage) {
		h.Fatalf("%#v with a failing disk: failed %v, got %v, the model: %+v", cmd, failed, err, want)
	}
	if failed && !stored {
		h.m = before
		h.m.read()
	}
	h.newDay()
	if token := taken(cmd); token != "" && want.code == "" && !want.repeat && stored {
		h.told = append(h.told, token)
	}
}

// checkNext checks what the policy promises, on the view before a Next: nobody is called while one
// who came earlier with the same credit for the same service waits, and nobody is only the answer
// when nobody can be called.
func (h *history) checkNext(c kiosk.Next, before *kiosk.View) func() {
	return func() {
		after := h.owner.View()
		seat, _ := after.Counter(c.Counter)
		was, _ := before.Counter(c.Counter)
		if after.Seq() == before.Seq() || after.Day() != before.Day() || was.InHand == seat.InHand {
			return
		}
		called := before.Ticket(seat.InHand)
		for t := range before.Tickets() {
			c := before.Setup().Counter(seat.ID)
			may := t.Counter == seat.ID || t.Counter == "" && (slices.Contains(c.Services, t.Service) || slices.Contains(c.Assist, t.Service))
			if t.State != kiosk.Waiting || !may {
				continue
			}
			if called == nil {
				h.Fatalf("counter %s idles while %s waits", seat.ID, t.Number)
			}
			if t.Service != called.Service || !plainly(t) || !plainly(called) {
				continue
			}
			earlier := t.IssuedAt.Before(called.IssuedAt) || t.IssuedAt.Equal(called.IssuedAt) && t.Seq < called.Seq
			if t.CreditS == called.CreditS && earlier {
				h.Fatalf("%s was called before %s of the same class", called.Number, t.Number)
			}
			late := called.IssuedAt.Sub(t.IssuedAt) > time.Duration(max(0, called.CreditS-t.CreditS))*time.Second
			if late {
				h.Fatalf("%s came too late to overtake %s", called.Number, t.Number)
			}
		}
	}
}

// plainly reports whether the ticket was taken as it is, without an appointment or a return.
func plainly(t *kiosk.Ticket) bool {
	return t.Booked == "" && t.Key() == t.IssuedAt.UnixMilli()-int64(t.CreditS)*1000
}

// taken gives the token that the command asks for a ticket, or nothing.
func taken(cmd kiosk.Command) string {
	switch c := cmd.(type) {
	case kiosk.Take:
		return c.Token
	case kiosk.CheckIn:
		return c.Token
	case kiosk.TakeWritten:
		return c.Token
	}
	return ""
}

// checkLog checks the whole log: legal, no number twice a day, every ticket given to somebody there.
func (h *history) checkLog() {
	var a kiosk.Auditor
	numbers, tokens, day := map[string]bool{}, map[string]bool{}, ""
	for _, e := range h.log.all() {
		if err := a.Check(e); err != nil {
			h.Fatal(err)
		}
		switch e.Type {
		case kiosk.DayOpened:
			day = e.Day
		case kiosk.TicketTaken:
			if numbers[day+e.Number] {
				h.Fatalf("%s was given twice on %s", e.Number, day)
			}
			numbers[day+e.Number], tokens[e.Ticket] = true, true
		}
	}
	for token := range h.given {
		if !tokens[token] {
			h.Fatalf("the ticket %s was given and is not in the log", token)
		}
	}
}

// checkReplay folds the log anew, as it comes back from a disk, once from its start and once from the
// open day's: always the same hall.
func (h *history) checkReplay() {
	for _, all := range []bool{true, false} {
		hall := kiosk.NewHall()
		fold := func(e kiosk.Event) error {
			b, err := json.Marshal(e)
			var back kiosk.Event
			if err == nil {
				err = json.Unmarshal(b, &back)
			}
			hall.Apply(back)
			return err
		}
		if all {
			for _, e := range h.log.all() {
				fold(e)
			}
		} else if err := h.log.Today(fold); err != nil {
			h.Fatal(err)
		}
		if got, want := dump(hall.Snapshot()), dump(h.owner.View()); got != want {
			h.Fatalf("folded anew (from the start: %v)\ngot  %s\nwant %s", all, got, want)
		}
	}
}
