package chaos

import (
	"fmt"
	"time"
)

// event is what the model needs of a line of the log.
type event struct {
	Seq                                                           uint64
	At                                                            time.Time
	Type, Ticket, Number, Counter, Key, Day, Print, Outcome, What string
}

// known is what the log says of a ticket.
type known struct {
	number, state, counter string
	day                    string
	calls                  map[string]bool // counters that have called it
	print                  string          // queued, sending, or what became of the paper
	out                    bool            // of the printer, once at least
}

// call is one call, as the displays are told.
type call struct {
	seq             uint64
	number, counter string
}

// fold is the naive model: who has which number, who is where.
type fold struct {
	seq     uint64
	at      time.Time
	day     string
	numbers map[string]string // of the day -> token
	keys    map[string]string // of the day -> token
	tickets map[string]*known
	hand    map[string]string // counter -> token
	calls   []call
	opened  []uint64 // seqs of the days' openings
	counts  map[string]int
	papers  int // that the printer has confirmed
}

func newFold() fold {
	return fold{numbers: map[string]string{}, keys: map[string]string{}, tickets: map[string]*known{}, hand: map[string]string{}, counts: map[string]int{}}
}

// apply takes the next event in. The error says which promise it breaks.
func (f *fold) apply(e event) error {
	if e.Seq != f.seq+1 {
		return fmt.Errorf("it follows event %d: the log has a gap", f.seq)
	}
	if e.At.Before(f.at) {
		return fmt.Errorf("its time is %v before the one of the event before it", f.at.Sub(e.At))
	}
	f.seq, f.at = e.Seq, e.At
	f.counts[e.Type]++
	switch e.Type {
	case "day.opened":
		if e.Day <= f.day {
			return fmt.Errorf("business day %s opens after %s", e.Day, f.day)
		}
		f.day, f.numbers, f.keys, f.hand = e.Day, map[string]string{}, map[string]string{}, map[string]string{}
		f.opened = append(f.opened, e.Seq)
	case "ticket.taken":
		return f.taken(e)
	case "ticket.called":
		return f.called(e)
	case "ticket.finished", "ticket.no_show", "ticket.held", "ticket.transferred", "ticket.continued", "ticket.returned", "ticket.cancelled", "ticket.reopened":
		return f.moved(e)
	case "print.queued", "print.sending", "print.done", "print.failed":
		f.printed(e)
	}
	return nil
}

func (f *fold) taken(e event) error {
	if f.tickets[e.Ticket] != nil {
		return fmt.Errorf("token %s is given twice", e.Ticket)
	}
	if other := f.numbers[e.Number]; other != "" {
		return fmt.Errorf("the number is given twice on %s", f.day)
	}
	if e.Key != "" {
		if other := f.keys[e.Key]; other != "" {
			return fmt.Errorf("one request, repeated under its key %q, got %s and %s", e.Key, f.tickets[other].number, e.Number)
		}
		f.keys[e.Key] = e.Ticket
	}
	f.numbers[e.Number] = e.Ticket
	f.tickets[e.Ticket] = &known{number: e.Number, state: "waiting", day: f.day, calls: map[string]bool{}, print: e.Print}
	return nil
}

func (f *fold) called(e event) error {
	t := f.tickets[e.Ticket]
	switch {
	case t == nil:
		return fmt.Errorf("nobody has taken it")
	case t.state == "called":
		return fmt.Errorf("counter %s calls whom counter %s has called", e.Counter, t.counter)
	case t.state != "waiting" && t.state != "held" && t.state != "no_show":
		return fmt.Errorf("counter %s calls one that is %s", e.Counter, t.state)
	case f.hand[e.Counter] != "":
		return fmt.Errorf("counter %s has %s in hand", e.Counter, f.tickets[f.hand[e.Counter]].number)
	}
	t.state, t.counter, t.calls[e.Counter] = "called", e.Counter, true
	f.hand[e.Counter] = e.Ticket
	f.calls = append(f.calls, call{e.Seq, e.Number, e.Counter})
	return nil
}

// after is the state that an event leaves a ticket in.
var after = map[string]string{
	"ticket.finished": "finished", "ticket.no_show": "no_show", "ticket.held": "held", "ticket.transferred": "waiting",
	"ticket.continued": "waiting", "ticket.returned": "waiting", "ticket.cancelled": "cancelled", "ticket.reopened": "called",
}

func (f *fold) moved(e event) error {
	t := f.tickets[e.Ticket]
	if t == nil {
		return fmt.Errorf("nobody has taken it")
	}
	switch {
	case e.Type == "ticket.reopened":
		if f.hand[e.Counter] != "" {
			return fmt.Errorf("counter %s has %s in hand", e.Counter, f.tickets[f.hand[e.Counter]].number)
		}
		f.hand[e.Counter], t.counter = e.Ticket, e.Counter
	case t.state == "called":
		if e.Counter != t.counter {
			return fmt.Errorf("counter %q moves what counter %s has in hand", e.Counter, t.counter)
		}
		delete(f.hand, t.counter)
	case e.Type == "ticket.finished", e.Type == "ticket.no_show", e.Type == "ticket.continued":
		return fmt.Errorf("nobody has it in hand: it is %s", t.state)
	}
	t.state = after[e.Type]
	return nil
}

func (f *fold) printed(e event) {
	t := f.tickets[e.Ticket]
	if t == nil {
		return
	}
	t.print = e.Type[len("print."):]
	if e.Outcome != "" {
		t.print = e.Outcome
	}
	if e.Type == "print.done" {
		t.out = true
		if e.Outcome == "confirmed" {
			f.papers++
		}
	}
}

// keeps says whether the log has what was promised.
func (f *fold) keeps(p promise) error {
	t := f.tickets[p.token]
	switch {
	case t == nil:
		return fmt.Errorf("ticket %s was acknowledged (%s) and is lost", p.number, p.what)
	case t.number != p.number:
		return fmt.Errorf("ticket %s was acknowledged (%s) and is %s in the log", p.number, p.what, t.number)
	case p.what == "called" && !t.calls[p.counter]:
		return fmt.Errorf("the call of %s by counter %s was acknowledged and is lost", p.number, p.counter)
	case p.what == "printed" && !t.out:
		return fmt.Errorf("that the paper of %s came out was said and is lost", p.number)
	}
	return nil
}
