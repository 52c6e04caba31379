package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// seen collects what many callers got at once.
type seen struct {
	mu      sync.Mutex
	tokens  map[string]string // token -> number
	called  map[string]string // token -> counter
	refused map[string]int
}

// ask sends a request from a goroutine, where a test must not end.
func (h *hall) ask(who, path, body, key string) (answer, error) {
	r, err := http.NewRequest("POST", h.http.URL+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", who)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	res, err := h.http.Client().Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	var raw json.RawMessage
	if res.StatusCode != 204 {
		err = json.NewDecoder(res.Body).Decode(&raw)
	}
	return answer{status: res.StatusCode, body: raw}, err
}

// tickets takes tickets at one kiosk, each request sent twice as after a lost answer.
func (s *seen) tickets(h *hall, cookie string, n int) error {
	services := h.owner.View().Setup().Services
	for i := range n {
		body := `{"service":"` + services[i%len(services)].ID + `"}`
		var first string
		for try, want := range []int{201, 200} {
			a, err := h.ask(cookie, "/api/tickets", body, fmt.Sprint("key ", i))
			if err != nil {
				return err
			}
			var st kiosk.TicketStatus
			if a.status == 409 {
				s.mu.Lock()
				s.refused[string(a.body[strings.Index(string(a.body), `"code"`):])]++
				s.mu.Unlock()
				break
			}
			if err := json.Unmarshal(a.body, &st); err != nil || a.status != want || try == 1 && st.Token != first {
				return fmt.Errorf("try %d: %d %s, want %d", try, a.status, a.body, want)
			}
			first = st.Token
			s.mu.Lock()
			s.tokens[st.Token] = st.Number
			s.mu.Unlock()
		}
	}
	return nil
}

// serve calls and finishes at one counter until done is closed and nobody waits; each request is
// sent twice, as a bouncing key does.
func (s *seen) serve(h *hall, cookie, counter string, done <-chan struct{}) error {
	hand := ""
	for {
		last := false
		select {
		case <-done:
			last = true // all tickets are taken: an empty queue stays empty
		default:
		}
		body := `{}`
		if hand != "" {
			body = `{"finish":"` + hand + `"}`
		}
		next := ""
		for try := range 2 {
			if try == 1 && hand == "" {
				break // without finish, the second would rightly be refused
			}
			a, err := h.ask(cookie, "/api/counters/"+counter+"/next", body, "")
			if err != nil {
				return err
			}
			got := ""
			if a.status == 200 {
				var st kiosk.TicketStatus
				if err := json.Unmarshal(a.body, &st); err != nil {
					return err
				}
				got = st.Token
			} else if a.status != 204 {
				return fmt.Errorf("next: %d %s", a.status, a.body)
			}
			if try == 1 && got != next {
				return fmt.Errorf("the repeated request called %q, not %q", got, next)
			}
			next = got
		}
		if next != "" {
			s.mu.Lock()
			before, twice := s.called[next]
			s.called[next] = counter
			s.mu.Unlock()
			if twice {
				return fmt.Errorf("%s was called by %s and by %s", next, before, counter)
			}
		}
		if hand = next; hand == "" && last {
			return nil
		}
	}
}

// TestWholeHallAtOnce is 64 kiosks and 8 counters at the same time through HTTP: no number twice,
// nobody called twice, everybody called, every answered ticket in the log.
func TestWholeHallAtOnce(t *testing.T) {
	const kiosks, counters, each = 64, 8, 4
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		for i := len(s.Counters); i < counters; i++ {
			id := fmt.Sprint(i + 1)
			s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: s.Counters[0].Services})
			s.Users = append(s.Users, kiosk.User{ID: "clerk" + id, Name: id, Role: kiosk.Clerk})
		}
	})
	h.http.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = kiosks + counters
	s := &seen{tokens: map[string]string{}, called: map[string]string{}, refused: map[string]int{}}
	taken := make(chan struct{})
	var taking, serving sync.WaitGroup
	for range kiosks {
		cookie, _ := h.server.Pair("kiosk")
		taking.Go(func() {
			if err := s.tickets(h, cookie, each); err != nil {
				t.Error("kiosk:", err)
			}
		})
	}
	for i := range counters {
		id := fmt.Sprint(i + 1)
		cookie := h.server.Begin("clerk" + id)
		h.counter(h.do(cookie, "POST", "/api/counters/"+id+"/open", ""))
		serving.Go(func() {
			if err := s.serve(h, cookie, id, taken); err != nil {
				t.Error("counter "+id+":", err)
			}
		})
	}
	taking.Wait()
	close(taken)
	serving.Wait()
	if len(s.tokens) != kiosks*each || len(s.called) != kiosks*each {
		t.Errorf("%d tickets, %d called, want %d", len(s.tokens), len(s.called), kiosks*each)
	}
	h.checkLog(s)
}

// checkLog compares what the callers were told with the log, read back from the disk.
func (h *hall) checkLog(s *seen) {
	h.t.Helper()
	events, err := h.journal.Since(0, 1<<20)
	h.must(err)
	numbers := map[string]bool{}
	called := map[string]int{}
	var auditor kiosk.Auditor
	for _, e := range events {
		h.must(auditor.Check(e))
		switch e.Type {
		case kiosk.TicketTaken:
			if numbers[e.Number] {
				h.t.Errorf("number %s was given twice", e.Number)
			}
			numbers[e.Number] = true
			if s.tokens[e.Ticket] != e.Number {
				h.t.Errorf("%s is in the log, its kiosk was told %q", e.Number, s.tokens[e.Ticket])
			}
			delete(s.tokens, e.Ticket)
		case kiosk.TicketCalled:
			if called[e.Ticket]++; called[e.Ticket] > 1 {
				h.t.Errorf("%s was called twice", e.Number)
			}
		}
	}
	if len(s.tokens) > 0 {
		h.t.Errorf("%d tickets were answered with 201 and are not in the log", len(s.tokens))
	}
}

func TestQuotaHoldsAgainstManyKiosks(t *testing.T) {
	const quota, kiosks = 20, 64
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Services = s.Services[:1]
		s.Services[0].Quota = quota
		for i := range s.Counters {
			s.Counters[i].Services = []string{"dat-dai"}
		}
	})
	s := &seen{tokens: map[string]string{}, refused: map[string]int{}}
	var taking sync.WaitGroup
	for range kiosks {
		cookie, _ := h.server.Pair("kiosk")
		taking.Go(func() {
			if err := s.tickets(h, cookie, 1); err != nil {
				t.Error(err)
			}
		})
	}
	taking.Wait()
	if len(s.tokens) != quota || len(s.refused) != 1 {
		t.Errorf("%d tickets of %d, refusals %v", len(s.tokens), quota, s.refused)
	}
	for code, n := range s.refused {
		if !strings.Contains(code, "quota_reached") || n != kiosks-quota {
			t.Errorf("refused %d times: %s", n, code)
		}
	}
	h.checkLog(s)
}
