package display_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"layso/display"
	"layso/kiosk"
)

// visitor is a public screen that is cut off again and again and keeps what it got.
type visitor struct {
	first, last uint64 // of the first snapshot; of the last frame
	got         []frame
	faults      []string
}

func (v *visitor) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// visit connects, reads up to n events, or to the event with seq end, and hangs up.
func (v *visitor) visit(url string, n int, end uint64) {
	query := fmt.Sprintf("?epoch=e1&since=%d", v.last)
	if v.first == 0 {
		query = ""
	}
	conn, _, err := websocket.DefaultDialer.Dial(url+"/ws"+query, nil)
	if err != nil {
		return // the server is restarting
	}
	defer conn.Close()
	s := screen{conn: conn}
	for n > 0 && (end == 0 || v.last < end) {
		f, err := s.read()
		switch {
		case err != nil:
			return
		case f.Type == "snapshot" && v.first != 0:
			v.fault("snapshot at %d although %d was a good offset", f.Seq, v.last)
			return
		case f.Type == "snapshot":
			v.first, v.last = f.Seq, f.Seq
		case f.isEvent():
			if f.Prev != v.last {
				v.fault("%d has prev %d after %d", f.Seq, f.Prev, v.last)
			}
			v.last = f.Seq
			v.got = append(v.got, f)
			n--
		}
	}
}

// work drives a counter and a kiosk until steps are done.
func (h *hall) work(rng *rand.Rand, steps int) {
	for range steps {
		counter := fmt.Sprint(rng.IntN(4) + 1)
		switch rng.IntN(6) {
		case 0, 1:
			h.take("k1")
		case 2:
			tk := h.take("k2")
			h.do(kiosk.SetPriority{Token: tk.Token, Priority: "elderly", Reason: "x", By: "user:an"})
		case 3:
			h.do(kiosk.OpenCounter{Operator: at(counter)})
		default:
			// Refused when the counter is closed or busy: that is part of the day.
			h.owner.Do(h.t.Context(), kiosk.Next{Operator: at(counter)})
			h.owner.Do(h.t.Context(), kiosk.Finish{Operator: at(counter)})
		}
	}
}

// TestResume cuts screens off at random while the hall works, and restarts the server: what each
// got is what happened, in order, nothing twice and nothing missing.
func TestResume(t *testing.T) {
	h := newHall(t, func(o *display.Options) { o.Hall = forgetful{o.Hall.(*kiosk.Owner), 20} })
	var mu sync.Mutex // the server's address changes with a restart
	url := func() string { mu.Lock(); defer mu.Unlock(); return h.url }
	const screens = 8
	visitors, worked := [screens]visitor{}, make(chan struct{})
	var wg sync.WaitGroup
	for i := range screens {
		rng := rand.New(rand.NewPCG(uint64(i), 7))
		visitors[i].visit(url(), 1<<30, 1)
		wg.Go(func() {
			for {
				select {
				case <-worked:
					return
				default:
					visitors[i].visit(url(), 1+rng.IntN(60), 0)
				}
			}
		})
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		h.work(rng, 150)
		h.stop()
		h.work(rng, 40)
		mu.Lock()
		h.start()
		mu.Unlock()
	}
	h.do(kiosk.OpenCounter{Operator: at("1")})
	h.take("k1")
	close(worked)
	h.stop() // lets go of those that wait for more
	wg.Wait()
	h.start()
	top := h.owner.View().Seq()
	for i := range visitors {
		visitors[i].visit(h.url, 1<<30, top)
		visitors[i].check(t, i, h.log.all())
	}
}

func (v *visitor) check(t *testing.T, i int, log []kiosk.Event) {
	t.Helper()
	for _, f := range v.faults {
		t.Errorf("screen %d: %s", i, f)
	}
	want := []kiosk.Event{}
	for _, e := range log {
		hidden := strings.HasPrefix(string(e.Type), "print.") || strings.HasPrefix(string(e.Type), "clock.") || strings.HasPrefix(string(e.Type), "appointment.") || e.Type == kiosk.TicketPriority || e.Type == kiosk.TicketRated
		if e.Seq > v.first && !hidden {
			want = append(want, e)
		}
	}
	if len(want) != len(v.got) {
		t.Errorf("screen %d got %d events of %d", i, len(v.got), len(want))
	}
	for j := range min(len(want), len(v.got)) {
		if g, w := v.got[j], want[j]; g.Seq != w.Seq || g.Type != string(w.Type) || g.Number != w.Number || g.Counter != w.Counter {
			t.Fatalf("screen %d: event %d is %s, want %s %d %s", i, j, g.raw, w.Type, w.Seq, w.Number)
		}
	}
}
