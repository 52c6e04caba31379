package display_test

import (
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
)

// hear notes when the phone hears of its ticket, and when of nothing, until its connection ends.
func (s *screen) hear(status, beats chan<- time.Time) {
	for {
		f, err := s.read()
		switch {
		case err != nil:
			return
		case f.Type == "ticket.status":
			status <- time.Now()
		case f.Type == "heartbeat":
			beats <- time.Now()
		}
	}
}

// The one who is called hears at once, those who move up after the displays, and who was served before nothing.
func TestTheCalledPhoneHearsFirst(t *testing.T) {
	inBubble(t, func(h *hall, p pipes) {
		const n = 100
		h.do(kiosk.OpenCounter{Operator: at("1")})
		served := p.dial(t, "ticket="+h.take("k1").Token)
		h.do(kiosk.Next{Operator: at("1")})
		h.do(kiosk.Finish{Operator: at("1")})
		phones, status := make([]*screen, n), make([]chan time.Time, n)
		beats := make(chan time.Time, 100*n)
		for i := range n {
			phones[i], status[i] = p.dial(t, "ticket="+h.take("k1").Token), make(chan time.Time, 10)
		}
		time.Sleep(time.Second) // whatever there was to tell is told
		nothing := make(chan time.Time, 100)
		go served.hear(nothing, beats)
		for i, s := range phones {
			go s.hear(status[i], beats)
		}
		synctest.Wait()
		for len(nothing) > 0 {
			<-nothing // that it was called and served
		}
		start := time.Now()
		h.do(kiosk.Next{Operator: at("1")})
		time.Sleep(time.Second)
		for i := range phones {
			late := (<-status[i]).Sub(start)
			if i == 0 && late != 0 || i > 0 && (late == 0 || late > 100*time.Millisecond) {
				t.Errorf("phone %d heard after %v", i, late)
			}
			if len(status[i]) > 0 {
				t.Errorf("phone %d heard %d times more", i, len(status[i]))
			}
		}
		if len(nothing) > 0 {
			t.Error("who was served before heard of the call")
		}
		checkBeats(t, beats, n+1)
		served.conn.Close()
		for _, s := range phones {
			s.conn.Close()
		}
	})
}

// checkBeats wants every phone to hear of the server each ten seconds, and never many at once.
func checkBeats(t *testing.T, beats chan time.Time, phones int) {
	t.Helper()
	time.Sleep(100 * time.Millisecond) // between two parts of a heartbeat
	for len(beats) > 0 {
		<-beats
	}
	time.Sleep(20 * time.Second)
	if got := len(beats); got != 2*phones {
		t.Errorf("%d heartbeats in 20 s for %d phones", got, phones)
	}
	at := map[time.Time]int{}
	for len(beats) > 0 {
		at[<-beats]++
	}
	for when, n := range at {
		if n > phones/20 {
			t.Errorf("%d phones were told at once, at %v", n, when)
		}
	}
}
