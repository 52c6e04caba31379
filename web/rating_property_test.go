package web_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// opinionModel is what a counter's screen may ask and take, told naively: by what the clerk did, and when.
type opinionModel struct {
	hand     string    // token, or empty
	served   string    // token of the ticket that was finished last, while nothing else ended after it
	handle   string    // of that ticket
	at       time.Time // when it was finished
	together bool      // the same key called the next one
	over     bool      // the next number was called with a key of its own
}

// left is how long the screen still asks, and whether it may take a touch.
func (m *opinionModel) left(now time.Time) (time.Duration, bool) {
	if m.served == "" || m.over {
		return 0, false
	}
	long := 45 * time.Second
	if m.together && m.hand != "" {
		long = 20 * time.Second
	}
	left := long - now.Sub(m.at)
	return left, left > -30*time.Second
}

// Whatever the clerk does, and whichever ticket a finger means: an opinion counts for that ticket and only while it
// was the last one served there, and the screen asks for nobody else's.
func TestOpinionsCountForTheirTicket(t *testing.T) {
	h := newHall(t)
	d := h.deskAt("1")
	h.must(errOf(h.at("1", "open", ""), 200))
	rapid.Check(t, func(rt *rapid.T) {
		m, handles := &opinionModel{}, map[string]string{}
		if h.at("1", "no-show", "").status == 200 { // the hand that the last history left
			h.take("dat-dai")
		}
		h.at("1", "close", "")
		h.must(errOf(h.at("1", "open", ""), 200))
		rt.Repeat(map[string]func(*rapid.T){
			"": func(rt *rapid.T) { d.shows(rt, m, handles) },
			"time": func(rt *rapid.T) {
				h.clock.move(time.Duration(rapid.IntRange(1, 40).Draw(rt, "seconds")) * time.Second)
			},
			"next":    func(*rapid.T) { m.next(h) },
			"finish":  func(*rapid.T) { m.finish(h) },
			"no-show": func(*rapid.T) { m.noShow(h) },
			"undo":    func(*rapid.T) { m.undo(h) },
			"rate":    func(rt *rapid.T) { d.touches(rt, m, handles) },
		})
	})
}

// next finishes what is in hand, if anything is, and calls somebody.
func (m *opinionModel) next(h *hall) {
	h.take("dat-dai")
	h.clock.move(time.Millisecond)
	body := "{}"
	if m.hand != "" {
		body = `{"finish":"` + m.hand + `"}`
		*m = opinionModel{served: m.hand, at: h.clock.now(), together: true}
	} else {
		m.over = true
	}
	m.hand = h.ticket(h.at("1", "next", body), 200).Token
}

func (m *opinionModel) finish(h *hall) {
	if m.hand == "" {
		return
	}
	h.clock.move(time.Millisecond)
	h.ticket(h.at("1", "finish", ""), 200)
	*m = opinionModel{served: m.hand, at: h.clock.now()}
}

func (m *opinionModel) noShow(h *hall) {
	if m.hand == "" {
		return
	}
	h.clock.move(time.Millisecond)
	h.ticket(h.at("1", "no-show", ""), 200)
	*m = opinionModel{}
}

// undo takes the last finish or no-show back: nobody's opinion is wanted any more.
func (m *opinionModel) undo(h *hall) {
	h.clock.move(time.Millisecond)
	if a := h.at("1", "undo", ""); a.status == 200 {
		*m = opinionModel{hand: h.ticket(a, 200).Token}
	}
}

// shows compares the screen with the model, and learns the handle of whom it asks for.
func (d desk) shows(rt *rapid.T, m *opinionModel, handles map[string]string) {
	left, _ := m.left(d.h.clock.now())
	ask := d.look().Ask
	if (ask != nil) != (left > 0) {
		rt.Fatalf("the screen asks %+v, the model has %v left", ask, left)
	}
	if ask == nil {
		return
	}
	if want := d.h.owner.View().Ticket(m.served).Number; ask.Number != want || ask.LeftS != left.Seconds() {
		rt.Fatalf("the screen asks for %+v, want %s for %v", ask, want, left)
	}
	m.handle, handles[ask.Ticket] = ask.Ticket, m.served
}

// touches sends a rating for one of the tickets that the screen has ever asked for.
func (d desk) touches(rt *rapid.T, m *opinionModel, handles map[string]string) {
	if len(handles) == 0 {
		return
	}
	keys := make([]string, 0, len(handles))
	for key := range handles {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return int(d.seq(handles[a])) - int(d.seq(handles[b])) })
	meant := rapid.SampledFrom(keys).Draw(rt, "ticket")
	d.h.clock.move(3 * time.Second) // no finger is too fast for the limit
	_, open := m.left(d.h.clock.now())
	before := d.h.owner.View().Seq()
	a := d.rate(meant, 1+len(keys)%5)
	if want := open && meant == m.handle; (a.status == 200) != want {
		rt.Fatalf("a touch for %s was answered %d, want it taken: %v", handles[meant], a.status, want)
	}
	switch {
	case a.status != 200 && d.h.owner.View().Seq() != before:
		rt.Fatal("a refused touch is in the log")
	case a.status == 200 && d.h.rated().Ticket != handles[meant]:
		rt.Fatalf("it counts for %+v", d.h.rated())
	}
}

func (d desk) seq(token string) uint64 {
	if t := d.h.owner.View().Ticket(token); t != nil {
		return t.Seq
	}
	return 0
}
