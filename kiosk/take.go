package kiosk

import (
	"slices"
	"time"
)

// Take asks for a ticket.
type Take struct {
	Service  string
	Route    []string // ids of the services that come after it, at most 4, none twice
	Priority string   // reason id, or empty
	Lang     Lang
	Token    string // from NewToken
	Device   string // who asks; keys are his own
	By       string // "device:ID" or "user:ID"
	Key      string // Idempotency-Key, or empty for none
	Print    bool   // paper is wanted
	Printer  string // where it should come out; empty: the hall's first
	Locked   bool   // the device is locked: it gets again what it got before, and anything else is [ErrKioskLocked]
	Wait     Range  // expected wait; the owner puts the forecast's current range here
}

// fingerprint tells two requests under one key apart. It does not contain the token, which is new
// with each try.
func (c Take) fingerprint() string {
	print := "paper"
	if !c.Print {
		print = "none"
	}
	route := ""
	for _, id := range c.Route {
		route += " " + id
	}
	return c.Service + " " + c.Priority + " " + string(c.Lang) + " " + print + route
}

// maxRoute is how many services may come after the first.
const maxRoute = 4

func (c Take) decide(h *Hall, at time.Time) (Decision, error) {
	if d, ok, err := h.answered(c.Device, c.Key, c.fingerprint()); ok {
		return d, err
	}
	if c.Locked {
		return Decision{}, ErrKioskLocked
	}
	credit, err := h.credit(c.Priority)
	if err != nil {
		return Decision{}, err
	}
	if err := h.admits(c.Service, at, c.Wait); err != nil {
		return Decision{}, err
	}
	if err := h.admitsRoute(c.Service, c.Route); err != nil {
		return Decision{}, err
	}
	if !askable(c.Printer) {
		return Decision{}, ErrInvalidField
	}
	e := h.taking(c, credit)
	e.Ahead = h.aheadOf(h.fresh(c.Service, credit, at))
	return one(e)
}

// taking is the event of a ticket that is taken now.
func (h *Hall) taking(c Take, credit int) Event {
	prefix := h.Setup().Service(c.Service).Prefix
	e := Event{
		Type: TicketTaken, By: c.By, Ticket: c.Token, Number: number(prefix, h.next(prefix)), Service: c.Service,
		Route: c.Route, Priority: c.Priority, CreditS: credit, Lang: c.Lang, Device: c.Device, Key: c.Key,
		Wait: &c.Wait, Print: PrintOff, Undated: h.suspect,
	}
	if c.Key != "" {
		e.Fingerprint = c.fingerprint()
	}
	if c.Print {
		e.Print, e.Printer = Queued, c.Printer
	}
	return e
}

// fresh is the ticket that would be taken now.
func (v *View) fresh(service string, creditS int, at time.Time) *Ticket {
	ms := at.UnixMilli()
	return Imagined(service, ms-int64(creditS)*1000, ms, v.seq+1)
}

// credit gives the seniority credit of a priority reason in seconds.
func (h *Hall) credit(reason string) (int, error) {
	if reason == "" {
		return 0, nil
	}
	p := h.Setup().Priority(reason)
	if p == nil {
		return 0, ErrUnknownPriority
	}
	return p.CreditS, nil
}

func (h *Hall) admits(service string, at time.Time, wait Range) error {
	if h.Setup().Service(service) == nil {
		return ErrUnknownService
	}
	return h.Closed(service, at, wait)
}

// admitsRoute says why a ticket for the service can't go on to these. Their hours do not matter: it
// comes to them later.
func (h *Hall) admitsRoute(service string, route []string) error {
	if len(route) > maxRoute {
		return ErrInvalidField
	}
	for i, id := range route {
		s := h.Setup().Service(id)
		switch {
		case s == nil:
			return ErrUnknownService
		case id == service || slices.Contains(route[:i], id):
			return ErrInvalidField
		case s.Closed:
			return ErrServiceClosed
		}
	}
	return nil
}
