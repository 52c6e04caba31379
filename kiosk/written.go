package kiosk

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// TakeWritten enters a number that was written by hand while layso could not give any: the citizen keeps it,
// and his place is that of somebody who took a number when it was written. Neither hours nor quota matter,
// for the office has given it. Refused with [ErrNumberTaken] where the number is somebody's already on this
// day, and with [ErrInvalidField] where it is none of the service's, or where the time is not one of the open
// business day before now. While the clock is suspect nobody can say who was earlier: [ErrClockSuspect].
type TakeWritten struct {
	Service  string
	Number   string    // as it stands on the slip: the service's prefix and three or four digits, e.g. A041
	At       time.Time // when it was written
	Priority string    // reason id, or empty
	Token    string    // from NewToken
	Device   string    // who asks; keys are his own
	By       string
	Key      string // Idempotency-Key, or empty for none
}

func (c TakeWritten) fingerprint() string {
	return "written " + c.Service + " " + c.Number + " " + c.At.UTC().Format(time.RFC3339Nano) + " " + c.Priority
}

func (c TakeWritten) decide(h *Hall, at time.Time) (Decision, error) {
	if d, ok, err := h.answered(c.Device, c.Key, c.fingerprint()); ok {
		return d, err
	}
	s := h.Setup().Service(c.Service)
	if s == nil {
		return Decision{}, ErrUnknownService
	}
	credit, err := h.credit(c.Priority)
	if err != nil {
		return Decision{}, err
	}
	n, ok := handwritten(s.Prefix, c.Number)
	switch {
	case h.noDay() != nil:
		return Decision{}, h.noDay()
	case h.suspect:
		return Decision{}, ErrClockSuspect
	case !ok || c.At.After(at) || h.date(c.At) != h.day:
		return Decision{}, ErrInvalidField
	case h.given(s.Prefix, n):
		return Decision{}, ErrNumberTaken
	}
	written := c.At.UTC().Truncate(time.Millisecond)
	e := Event{
		Type: TicketTaken, By: c.By, Ticket: c.Token, Number: number(s.Prefix, n), Service: c.Service, Priority: c.Priority, CreditS: credit,
		Lang: Vietnamese, Device: c.Device, Key: c.Key, Print: PrintOff, Written: &written,
	}
	if c.Key != "" {
		e.Fingerprint = c.fingerprint()
	}
	return one(e)
}

var digits = regexp.MustCompile(`^[0-9]{3,4}$`)

// handwritten reads a number that begins with the prefix.
func handwritten(prefix, text string) (n int, ok bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok || !digits.MatchString(rest) {
		return 0, false
	}
	n, err := strconv.Atoi(rest)
	return n, err == nil && n > 0 && number(prefix, n) == text
}

// given reports whether somebody has this number today.
func (h *Hall) given(prefix string, n int) bool {
	return n <= h.last[prefix] || h.written[number(prefix, n)]
}

// next gives the running number that comes next. It passes over those that were written by hand.
func (h *Hall) next(prefix string) int {
	n := h.last[prefix] + 1
	for h.written[number(prefix, n)] {
		n++
	}
	return n
}
