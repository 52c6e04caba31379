package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// How long people take.
const (
	thinks = 350 * time.Millisecond // somebody at a kiosk, before he touches it
	serves = 110 * time.Millisecond // a counter, for one citizen
	again  = 100 * time.Millisecond // before something is asked again that got no answer
)

// services are those of the hall that package configs calls Demo.
var services = []string{"dat-dai", "ho-tich", "chung-thuc", "tra-ket-qua"}

// outOfPaper is the share of the tickets that are taken with paper, in one of so many: a printer needs a second for one.
const outOfPaper = 20

// kioskPage is a kiosk: it repeats a request under its key until it is answered.
type kioskPage struct {
	*run
	id     int
	client *client
	random *rand.Rand
	paper  *ticket // that it waits for
}

// use takes tickets until load ends.
func (k *kioskPage) use(load, ctx context.Context) {
	for n := 0; pause(load, about(k.random, thinks)); n++ {
		key := fmt.Sprintf("kiosk %d request %d of seed %d", k.id, n, k.Seed)
		body := map[string]any{"service": services[k.random.IntN(len(services))], "print": k.random.IntN(outOfPaper) == 0}
		first, ok := k.take(ctx, key, body)
		if !ok {
			continue
		}
		k.truth.promised(promise{what: "taken", token: first.Token, number: first.Number})
		k.recent.add(first.Token)
		k.tally.add("tickets acknowledged", 1)
		if k.random.IntN(10) == 0 { // a finger that touches twice
			k.same(ctx, key, body, first)
		}
		k.follow(ctx, first)
	}
}

func (k *kioskPage) take(ctx context.Context, key string, body any) (t ticket, ok bool) {
	for tries := 0; ; tries++ {
		err := k.client.ask(ctx, "POST", "/api/tickets", body, &t, "Idempotency-Key", key)
		k.tally.answer(k.run, err)
		if err == nil || refused(err) != "" {
			return t, err == nil
		}
		k.tally.add("requests repeated under their key", 1)
		if !pause(ctx, again) {
			return t, false
		}
	}
}

// same asks once more under the same key, and wants the same ticket while the day goes on.
func (k *kioskPage) same(ctx context.Context, key string, body any, first ticket) {
	var day [2]string
	k.truth.look(func(f *fold) { day[0] = f.day })
	second, ok := k.take(ctx, key, body)
	if !ok {
		return
	}
	k.check(ctx)
	k.truth.look(func(f *fold) { day[1] = f.day })
	if second.Token != first.Token && day[0] == day[1] {
		k.breaks("the same request under the same key got %s and then %s", first.Number, second.Number)
	}
}

// follow looks what has become of a paper that was asked for.
func (k *kioskPage) follow(ctx context.Context, t ticket) {
	if k.paper == nil && t.Print == "queued" {
		k.paper = &t
	}
	if k.paper == nil {
		return
	}
	var now ticket
	err := k.client.ask(ctx, "GET", "/api/tickets/"+k.paper.Token, nil, &now)
	switch {
	case refused(err) != "":
		k.paper = nil // of a day that is over
	case err == nil && (now.Print == "sent" || now.Print == "processed" || now.Print == "confirmed"):
		k.truth.promised(promise{what: "printed", token: now.Token, number: now.Number})
		k.tally.add("papers said to be out", 1)
		k.paper = nil
	case err == nil && now.Print != "queued" && now.Print != "sending":
		k.paper = nil
	}
}

// counter is a clerk at work.
type counter struct {
	*run
	id     string
	client *client
	random *rand.Rand
	hand   *ticket
}

// use calls and serves until load ends.
func (c *counter) use(load, ctx context.Context) {
	for pause(load, about(c.random, serves)) {
		if c.hand == nil {
			c.look(ctx)
		}
		switch x := c.random.IntN(100); {
		case c.hand != nil && x < 12:
			c.odd(ctx, x)
		case c.hand == nil && x < 50 && c.aside.pick(c.random) != "":
			c.callBack(ctx, c.aside.pick(c.random))
		default:
			c.next(ctx)
		}
	}
}

// look asks what the counter has in hand: an answer may have been lost. It opens a counter that is closed.
func (c *counter) look(ctx context.Context) {
	var seat struct {
		State  string
		Ticket *ticket
	}
	if err := c.client.ask(ctx, "GET", "/api/counters/"+c.id, nil, &seat); err != nil {
		c.tally.answer(c.run, err)
		return
	}
	c.hand = seat.Ticket
	if seat.State == "closed" {
		c.tally.answer(c.run, c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/open", nil, nil))
	}
}

// next finishes what is in hand and calls the next one, and asks again until that is answered.
func (c *counter) next(ctx context.Context) {
	body := map[string]string{}
	if c.hand != nil {
		body["finish"] = c.hand.Token
	}
	for {
		var t ticket
		err := c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/next", body, &t)
		c.tally.answer(c.run, err)
		if err == nil {
			c.got(ctx, body, t)
			return
		}
		if refused(err) != "" || c.hand == nil { // without a finish, a repetition would call one more
			c.hand = nil
			return
		}
		c.tally.add("calls repeated", 1)
		if !pause(ctx, again) {
			return
		}
	}
}

func (c *counter) got(ctx context.Context, body map[string]string, t ticket) {
	finished := c.hand != nil
	c.hand = nil
	if t.Token == "" {
		return // nobody waits
	}
	c.calls(&t)
	if finished && c.random.IntN(20) == 0 { // a button that is pressed twice
		var same ticket
		err := c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/next", body, &same)
		if err == nil && same.Token != t.Token {
			c.breaks("counter %s pressed Next twice and got %s and then %s", c.id, t.Number, same.Number)
		}
	}
}

// calls notes a call that was acknowledged.
func (c *counter) calls(t *ticket) {
	c.hand = t
	c.truth.promised(promise{what: "called", token: t.Token, number: t.Number, counter: c.id})
	c.tally.add("calls acknowledged", 1)
}

// callBack calls one who was put on hold. Another counter may do the same at the same time.
func (c *counter) callBack(ctx context.Context, token string) {
	var t ticket
	err := c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/call", map[string]string{"token": token, "reason": "back"}, &t)
	c.tally.answer(c.run, err)
	if err == nil {
		c.tally.add("tickets called back from hold", 1)
		c.calls(&t)
	}
	if err == nil || refused(err) != "" {
		c.aside.drop(token)
	}
}

// odd is what a clerk does beside calling and finishing.
func (c *counter) odd(ctx context.Context, x int) {
	what, body := "recall", any(nil)
	switch {
	case x < 3:
		what = "no-show"
	case x < 5:
		what = "hold"
	case x < 7:
		what, body = "transfer", map[string]string{"service": services[c.random.IntN(len(services))]}
	case x < 9:
		what = "finish"
	}
	if what == "hold" {
		c.aside.add(c.hand.Token)
	}
	err := c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/"+what, body, nil)
	c.tally.answer(c.run, err)
	if what != "recall" || err != nil {
		c.hand = nil // what became of it is looked up
	}
	if what == "no-show" && err == nil && x == 0 {
		c.tally.answer(c.run, c.client.ask(ctx, "POST", "/api/counters/"+c.id+"/undo", nil, nil))
	}
}

// few are some newest tokens: of tickets that phones may follow, of those on hold.
type few struct {
	mu     sync.Mutex
	tokens []string
}

func (r *few) add(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tokens = append(r.tokens, token); len(r.tokens) > 8 {
		r.tokens = r.tokens[1:]
	}
}

func (r *few) drop(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tokens = slices.DeleteFunc(r.tokens, func(t string) bool { return t == token })
}

func (r *few) pick(random *rand.Rand) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.tokens) == 0 {
		return ""
	}
	return r.tokens[random.IntN(len(r.tokens))]
}

// tally counts what has happened.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
}

func newTally() *tally { return &tally{counts: map[string]int{}} }

func (t *tally) add(what string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.counts[what] += n
}

// answer counts a refusal. One that says that layso itself is broken is a broken promise.
func (t *tally) answer(r *run, err error) {
	var is refusal
	switch {
	case err == nil:
	case errors.As(err, &is) && is.Status >= 500 && is.Status != http.StatusServiceUnavailable:
		r.breaks("an answer with status %v", is)
	case errors.As(err, &is):
		t.add("refused: "+is.Error(), 1)
	default:
		t.add("requests without an answer", 1)
	}
}
