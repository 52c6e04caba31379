package chaos

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// silence is how long a screen hears nothing before it connects anew (facts: a heartbeat comes every 10 s).
const silence = 25 * time.Second

// frame is what screens read of what they are sent.
type frame struct {
	Type, Epoch, Number, Counter string
	Seq                          uint64
	Prev                         *uint64
	Ticket                       ticket
}

// dial opens a screen's connection.
func (r *run) dial(ctx context.Context, query string) (*websocket.Conn, error) {
	dialer := websocket.Dialer{HandshakeTimeout: answerTime}
	ws, answer, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(r.lan.url(), "http")+"/ws?"+query, nil)
	if err != nil && answer != nil && answer.StatusCode >= 400 && answer.StatusCode < 500 {
		return nil, refusal{Status: answer.StatusCode, Code: "websocket"}
	}
	return ws, err
}

// listen reads frames until the connection or ctx ends, or take wants no more.
func listen(ctx context.Context, ws *websocket.Conn, take func(frame) bool) {
	defer ws.Close()
	defer context.AfterFunc(ctx, func() { ws.Close() })()
	for {
		ws.SetReadDeadline(time.Now().Add(silence))
		_, text, err := ws.ReadMessage()
		var f frame
		if err != nil || json.Unmarshal(text, &f) != nil || !take(f) {
			return
		}
	}
}

// display is a TV. It comes back after each cut with the offset that it has.
type display struct {
	*run
	mu         sync.Mutex
	epoch      string
	first, seq uint64
	calls      []call      // that it was told and that were not held against the log yet
	jumps      [][2]uint64 // offsets over which a snapshot has carried it
	checked    int         // calls of the log that it was held against
}

func (d *display) use(ctx context.Context) {
	for again := false; ctx.Err() == nil; again = true {
		query := "view=public"
		d.mu.Lock()
		if d.epoch != "" {
			query += fmt.Sprintf("&epoch=%s&since=%d", d.epoch, d.seq)
		}
		d.mu.Unlock()
		if ws, err := d.dial(ctx, query); err == nil {
			if again {
				d.tally.add("displays that came back", 1)
			}
			listen(ctx, ws, d.take)
		}
		pause(ctx, 200*time.Millisecond)
	}
}

func (d *display) take(f frame) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case f.Type == "hello":
		if d.epoch != "" && d.epoch != f.Epoch {
			d.breaks("a display is told another epoch: %s after %s", f.Epoch, d.epoch)
		}
		d.epoch = f.Epoch
	case f.Type == "snapshot" && d.first == 0:
		d.first, d.seq = f.Seq, f.Seq
	case f.Type == "snapshot":
		if f.Seq < d.seq {
			d.breaks("a display that knows event %d gets a snapshot of event %d", d.seq, f.Seq)
		}
		d.jumps = append(d.jumps, [2]uint64{d.seq, f.Seq})
		d.seq = f.Seq
	case f.Prev == nil:
	case *f.Prev != d.seq:
		d.breaks("a display that knows event %d is told event %d, which says that it follows %d", d.seq, f.Seq, *f.Prev)
	default:
		d.seq = f.Seq
		if f.Type == "ticket.called" {
			d.calls = append(d.calls, call{f.Seq, f.Number, f.Counter})
			d.tally.add("calls shown on displays", 1)
		}
	}
	return true
}

// checkDisplays holds what the displays were told against the log, as far as both have come.
func (r *run) checkDisplays() (fault error) {
	r.truth.look(func(f *fold) {
		for i, d := range r.shown {
			if err := d.check(f); err != nil && fault == nil {
				fault = fmt.Errorf("display %d %w", i+1, err)
			}
		}
	})
	return fault
}

func (d *display) check(f *fold) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for ; d.checked < len(f.calls) && f.calls[d.checked].seq <= d.seq; d.checked++ {
		want := f.calls[d.checked]
		if want.seq <= d.first || d.excused(f, want.seq) {
			continue
		}
		if len(d.calls) == 0 || d.calls[0] != want {
			return fmt.Errorf("knows event %d and was not told of call %v; the next one that it was told is %v", d.seq, want, d.calls[:min(1, len(d.calls))])
		}
		d.calls = d.calls[1:]
	}
	if len(d.calls) > 0 && d.calls[0].seq <= f.seq {
		return fmt.Errorf("was told of call %v, which is not in the log", d.calls[0])
	}
	return nil
}

// excused reports whether a snapshot may have stood in for an event: another business day has begun with it.
func (d *display) excused(f *fold, seq uint64) bool {
	return slices.ContainsFunc(d.jumps, func(j [2]uint64) bool {
		return j[0] < seq && seq <= j[1] && slices.ContainsFunc(f.opened, func(o uint64) bool { return j[0] < o && o <= j[1] })
	})
}

// phone is a citizen's phone that follows one ticket after another.
type phone struct {
	*run
	random *rand.Rand
	mu     sync.Mutex
	token  string
	state  string // as it was told last
}

// ends are the states in which a ticket's holder goes home.
var ends = map[string]bool{"finished": true, "no_show": true, "cancelled": true}

func (p *phone) use(ctx context.Context) {
	for pause(ctx, 50*time.Millisecond) {
		p.mu.Lock()
		token := p.token
		if token == "" || ends[p.state] || p.random.IntN(40) == 0 { // who is on hold for ever has gone home
			token = p.recent.pick(p.random)
		}
		p.mu.Unlock()
		if token == "" {
			continue
		}
		ws, err := p.dial(ctx, "ticket="+token)
		if refused(err) != "" { // of a day that is over
			p.heard("", "")
		} else if err == nil {
			listen(ctx, ws, func(f frame) bool { return f.Type != "ticket.status" || p.heard(token, f.Ticket.State) })
		}
		pause(ctx, 200*time.Millisecond)
	}
}

// heard notes what the phone was told; it reports whether it stays for more.
func (p *phone) heard(token, state string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.token, p.state = token, state
	if state == "called" {
		p.tally.add("phones that heard their call", 1)
	}
	return !ends[state]
}

// right says what a phone shows that the log does not.
func (p *phone) right(f *fold) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := f.tickets[p.token]; t != nil && t.day == f.day && t.state != p.state {
		return fmt.Errorf("a phone shows that %s is %q, and it is %s", t.number, p.state, t.state)
	}
	return nil
}
