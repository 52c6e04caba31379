package load

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// shares of what a closed loop reaches, at which an open one is measured.
var shares = []float64{0.1, 0.25, 0.5, 0.75, 0.9}

// waiters is how many callers an open loop has: more than can be busy, unless the server falls behind.
const waiters = 256

// hall measures durable tickets without HTTP.
func (b *bench) hall(ctx context.Context) error {
	setup, err := hallSetup()
	if err != nil {
		return err
	}
	j, err := journal.Open(filepath.Join(b.Dir, "hall.db"), journal.Options{})
	if err != nil {
		return err
	}
	owner, err := kiosk.Start(j, kiosk.Options{Seed: setup})
	if err != nil {
		return errors.Join(err, j.Close())
	}
	for _, callers := range []int{1, 8, 64} {
		o, err := closed(ctx, callers, b.Span, 0, func(ctx context.Context, _ int) error {
			_, err := owner.Do(ctx, kiosk.Take{Service: setup.Services[0].ID, Token: kiosk.NewToken(), Device: "bench"})
			return err
		})
		if err != nil {
			return err
		}
		b.add(Figure{Name: fmt.Sprintf("durable tickets, in the program, %d callers", callers), Value: o.rate(), Unit: "1/s", Latency: o.latency()}, diskFloor)
	}
	owner.Close()
	return j.Close()
}

// tickets measures durable tickets through HTTP, each load on a hall of its own.
func (b *bench) tickets(ctx context.Context) error {
	most, last := 0.0, ""
	for _, callers := range []int{1, 8, 64} {
		name := fmt.Sprintf("durable tickets, HTTP, %d callers", callers)
		used := time.Duration(0)
		o, err := b.taking(ctx, &used, func(ctx context.Context, take work) (*outcome, error) {
			return closed(ctx, callers, b.Span, 0, take)
		})
		if err != nil {
			return err
		}
		b.plain(fmt.Sprintf("processor time of the server for a ticket, %d callers", callers), float64(used.Microseconds())/float64(o.n), "µs")
		b.add(Figure{Name: name, Value: o.rate(), Unit: "1/s", Latency: o.latency()}, diskFloor)
		most, last = o.rate(), name
	}
	for _, share := range shares {
		rate := most * share
		name := fmt.Sprintf("tickets at %.0f %% of that", 100*share)
		o, err := b.taking(ctx, nil, func(ctx context.Context, take work) (*outcome, error) {
			return open(ctx, waiters, rate, b.Span, take)
		})
		if err != nil {
			return err
		}
		b.add(Figure{Name: name, Value: o.rate(), Unit: "1/s", Latency: o.latency(), Series: "tickets", Size: int(rate)}, last)
	}
	return nil
}

// taking runs a load of tickets on a new hall; used, if given, gets the processor time of the server.
func (b *bench) taking(ctx context.Context, used *time.Duration, load func(context.Context, work) (*outcome, error)) (*outcome, error) {
	s, err := b.demo(ctx)
	if err != nil {
		return nil, err
	}
	defer s.stop()
	for range 20 { // connections and caches that a hall has after its first minute
		if _, err := s.take(ctx); err != nil {
			return nil, err
		}
	}
	before := s.cpu()
	o, err := load(ctx, func(ctx context.Context, _ int) error {
		_, err := s.take(ctx)
		return err
	})
	if used != nil {
		*used = s.cpu() - before
	}
	return o, errors.Join(err, s.stop())
}

// closedCalls is the most calls that the closed loop makes.
const closedCalls = 1500

// calls measures Next, which finishes the ticket in hand and calls the one that the policy chooses, at 24 counters at once.
func (b *bench) calls(ctx context.Context) error {
	s, err := b.office(ctx, 0)
	if err != nil {
		return err
	}
	defer s.stop()
	clerks := make([]clerk, counters)
	call := func(ctx context.Context, caller int) error { return clerks[caller].next(ctx, s.server, caller) }
	if _, err := s.queue(ctx, closedCalls+counters); err != nil {
		return err
	}
	before := s.cpu()
	o, err := closed(ctx, counters, b.Span*10, closedCalls, call)
	if err != nil {
		return err
	}
	b.each("a call", s.server, before, o.n)
	name := fmt.Sprintf("calls (next), HTTP, %d counters", counters)
	b.add(Figure{Name: name, Value: o.rate(), Unit: "1/s", Latency: o.latency()}, diskFloor)
	most := o.rate()
	for _, share := range shares {
		rate := most * share
		if _, err := s.queue(ctx, int(rate*b.Span.Seconds())+counters); err != nil {
			return err
		}
		if o, err = open(ctx, counters, rate, b.Span, call); err != nil {
			return err
		}
		b.add(Figure{Name: fmt.Sprintf("calls at %.0f %% of that", 100*share), Value: o.rate(), Unit: "1/s", Latency: o.latency(), Series: "calls", Size: int(rate)}, name)
	}
	return s.stop()
}

// clerk is at a counter.
type clerk struct{ inHand string }

func (c *clerk) next(ctx context.Context, s *server, counter int) error {
	body := ""
	if c.inHand != "" {
		body = fmt.Sprintf(`{"finish":%q}`, c.inHand)
	}
	var ticket struct{ Token string }
	err := s.post(ctx, fmt.Sprintf("/api/counters/%d/next", counter+1), body, &ticket)
	c.inHand = ticket.Token
	return err
}
