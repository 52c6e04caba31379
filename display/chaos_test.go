package display_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"layso/display"
	"layso/kiosk"
)

// storm is a hall whose server is killed and started again on its log, and whose cables break.
type storm struct {
	t     *testing.T
	log   *memory
	owner atomic.Pointer[kiosk.Owner]
	down  atomic.Bool
	over  atomic.Bool
	calm  atomic.Bool
	cuts  atomic.Int64
	stop  func()
	conns chan net.Conn
	mu    sync.Mutex // never held while anybody waits
	live  map[net.Conn]bool
}

func (s *storm) start() {
	owner, err := kiosk.Start(s.log, kiosk.Options{Seed: testSetup()})
	if err != nil {
		s.t.Fatal(err)
	}
	h := &hall{t: s.t}
	ctx, cancel := context.WithCancel(context.Background())
	hub := display.New(display.Options{Hall: forgetful{owner, 20}, History: s.log, Epoch: "e1", Build: "b1"})
	ended, server := make(chan struct{}), &http.Server{Handler: h.sockets(hub)}
	go func() { hub.Run(ctx); close(ended) }()
	s.conns = make(chan net.Conn)
	conns := s.conns
	go server.Serve(pipes{conns})
	s.owner.Store(owner)
	s.down.Store(false)
	s.stop = func() {
		s.down.Store(true)
		s.mu.Lock()
		for c := range s.live { // as the end of a process closes them
			c.Close()
		}
		clear(s.live)
		s.mu.Unlock()
		cancel()
		<-ended
		close(conns)
		server.Close()
		owner.Close()
	}
}

// dial lays a cable to the server that breaks after some bytes, in the middle of a frame as well as between two.
func (s *storm) dial(rng *rand.Rand) (net.Conn, error) {
	if s.over.Load() {
		return nil, net.ErrClosed
	}
	if s.down.Load() {
		return nil, errLost
	}
	here, near := net.Pipe()
	far, there := net.Pipe()
	select {
	case s.conns <- there:
	case <-time.After(time.Second):
		return nil, errLost
	}
	s.mu.Lock()
	s.live[there] = true
	s.mu.Unlock()
	bytes, hole := int64(rng.IntN(9000)), rng.IntN(4) == 0
	if s.calm.Load() {
		bytes = 1 << 40
	} else {
		s.cuts.Add(1)
	}
	go carry(near, far, bytes, hole)
	go func() {
		io.Copy(far, near)
		if !hole {
			far.Close()
		}
	}()
	return here, nil
}

// carry brings bytes from the server to the display. Then both ends are closed, or, half open, everything that
// the server says is swallowed until it gives up.
func carry(near, far net.Conn, bytes int64, hole bool) {
	io.CopyN(near, far, bytes)
	if hole {
		io.Copy(io.Discard, far)
	}
	near.Close()
	far.Close()
}

// work lets clerks and citizens do something a few times a second, whether a server is there or not.
func (s *storm) work(rng *rand.Rand) {
	for !s.calm.Load() {
		owner, counter := s.owner.Load(), at(fmt.Sprint(rng.IntN(4)+1))
		do := func(cmd kiosk.Command) { owner.Do(context.Background(), cmd) } // refusals are part of the day
		switch rng.IntN(6) {
		case 0:
			do(kiosk.OpenCounter{Operator: counter})
		case 1, 2:
			do(kiosk.Take{Service: "land", Token: kiosk.NewToken(), Print: true, Device: "k1", By: "device:k1"})
		case 3:
			for n := 1 + rng.IntN(10)/9*rng.IntN(600); n > 0; n-- { // now and then more than fits into a queue
				do(kiosk.Recall{Operator: counter})
			}
		default:
			do(kiosk.Finish{Operator: counter})
			do(kiosk.Next{Operator: counter})
		}
		time.Sleep(time.Duration(rng.IntN(300)) * time.Millisecond)
	}
}

// TestChaos cuts displays off 200 times at random: in the middle of frames, by links that swallow everything, by
// kills of the server, by readers that do not read. Each ends with exactly the calls that happened, in order.
func TestChaos(t *testing.T) {
	seeds := 2
	if testing.Short() || underRace {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { chaos(t, uint64(seed)) })
		})
	}
}

func chaos(t *testing.T, seed uint64) {
	const displays, cuts, kills = 4, 200, 12
	s := &storm{t: t, log: &memory{}, live: map[net.Conn]bool{}}
	s.start()
	var watching, working sync.WaitGroup
	tvs := make([]*tv, displays)
	for i := range tvs {
		v := &tv{rng: rand.New(rand.NewPCG(seed, uint64(i)))}
		v.lazy.Store(i == 0)
		tvs[i] = v
		cable := rand.New(rand.NewPCG(seed, uint64(100+i)))
		watching.Go(func() { v.run(func() (net.Conn, error) { return s.dial(cable) }) })
	}
	working.Go(func() { s.work(rand.New(rand.NewPCG(seed, 200))) })
	rng := rand.New(rand.NewPCG(seed, 300))
	for n := 0; n < kills || s.cuts.Load() < cuts; n++ {
		time.Sleep(time.Duration(rng.IntN(20_000)) * time.Millisecond)
		s.stop()
		time.Sleep(time.Duration(rng.IntN(8_000)) * time.Millisecond)
		s.start()
	}
	s.calm.Store(true)
	tvs[0].lazy.Store(false)
	working.Wait()
	want := []kiosk.Event{}
	for _, e := range s.log.all() {
		if isCall(string(e.Type)) {
			want = append(want, e)
		}
	}
	s.settle(tvs, want[len(want)-1].Seq)
	s.over.Store(true)
	s.stop()
	watching.Wait()
	for i, v := range tvs {
		v.judge(t, i, want)
	}
	t.Logf("%d cuts, %d calls", s.cuts.Load(), len(want))
}

// settle waits until every display has come to the last call.
func (s *storm) settle(tvs []*tv, last uint64) {
	for range 600 {
		time.Sleep(time.Second)
		behind := 0
		for _, v := range tvs {
			if v.seq.Load() < last {
				behind++
			}
		}
		if behind == 0 {
			return
		}
	}
	s.t.Error("after ten minutes without a fault not all displays have caught up")
}

func (v *tv) judge(t *testing.T, i int, log []kiosk.Event) {
	t.Helper()
	want, got := []string{}, []string{}
	for _, e := range log {
		if e.Seq > v.first {
			want = append(want, fmt.Sprintf("%d %s %s@%s", e.Seq, e.Type, e.Number, e.Counter))
		}
	}
	for _, f := range v.calls {
		got = append(got, fmt.Sprintf("%d %s %s@%s", f.Seq, f.Type, f.Number, f.Counter))
	}
	if len(want) < 50 {
		t.Errorf("display %d: only %d calls happened", i, len(want))
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		for j := range min(len(got), len(want)) {
			if got[j] != want[j] {
				t.Fatalf("display %d: call %d is %s, want %s", i, j, got[j], want[j])
			}
		}
		t.Errorf("display %d got %d calls of %d", i, len(got), len(want))
	}
}
