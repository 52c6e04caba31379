package kiosk

import "time"

func (h *Hall) applyCounter(e Event) {
	h.setCounter(e.Counter, func(c *CounterState) {
		c.Since, c.Reason = e.At, e.Reason
		if c.InHand == "" {
			c.idle = e.At
		}
		switch e.Type {
		case CounterOpened, CounterResumed:
			c.State, c.User = CounterIsOpen, e.User
		case CounterPaused:
			c.State, c.User = CounterIsPaused, e.User
		case CounterClosed:
			*c = CounterState{ID: c.ID, State: CounterIsClosed, Since: e.At}
		}
	})
	if e.Type == CounterClosed {
		h.unbind(e.Counter)
	}
}

// applyDesk changes who sits at a counter, or whether he asks for help; its work goes on.
func (h *Hall) applyDesk(e Event) {
	h.setCounter(e.Counter, func(c *CounterState) {
		switch e.Type {
		case CounterHandedOver:
			c.User = e.User
		case CounterHelp:
			c.Help, c.Ask = e.At, e.Reason
		case CounterHelped:
			c.Help, c.Ask = time.Time{}, ""
		}
	})
}

// unbind sends the tickets that only this counter may call back to their services: a counter that
// closes must not keep anybody waiting for ever.
func (h *Hall) unbind(counter string) {
	for _, t := range h.pool.bound {
		if t.Counter == counter {
			free := *t
			free.Counter = ""
			h.unlist(t)
			h.list(&free)
			h.tickets = h.tickets.with(&free)
		}
	}
}

// changeSetup carries the open day over to the new setup: queues and counts follow their ids.
func (h *Hall) changeSetup(e Event) {
	old, waiting, counters, taken := h.plan, h.Waiting(), h.counters, h.taken
	h.plan = newPlan(e.Setup, e.Seq)
	lost := h.pool.missed
	h.pool = Pool{lines{queues: make([][]*Ticket, len(e.Setup.Services))}}
	for _, t := range waiting {
		h.pool = h.pool.with(t, h.plan.service[t.Service])
	}
	for _, m := range lost {
		m.service = h.plan.service[m.Ticket.Service]
		h.pool.missed = append(h.pool.missed, m)
	}
	h.counters = nil
	for _, c := range e.Setup.Counters {
		state := CounterState{ID: c.ID, State: CounterIsClosed}
		if i, ok := old.counter[c.ID]; ok {
			state = counters[i]
		}
		h.counters = append(h.counters, state)
	}
	h.taken = make([]int, len(e.Setup.Services))
	for i, s := range e.Setup.Services {
		if k, ok := old.service[s.ID]; ok {
			h.taken[i] = taken[k]
		}
	}
}
