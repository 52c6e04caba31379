package kiosk

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Fault is one thing that is wrong with a Setup. Problem is a stable code that the pages translate:
// required, duplicate, format, range, unknown, too_long, characters; and last_admin, which package
// web finds because it knows who has a PIN.
type Fault struct {
	Field   string `json:"field"` // e.g. services[1].prefix
	Problem string `json:"problem"`
	Detail  string `json:"detail"`         // English, says what to do
	Line    int    `json:"line,omitempty"` // of the file that the setup was read from, from 1; 0 where there is none
}

// Faults are all the faults of a Setup; as an error they are an [ErrInvalidField].
type Faults []Fault

// Error lists the faults, one a line.
func (f Faults) Error() string {
	var b strings.Builder
	for i, x := range f {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s: %s", x.Field, x.Detail)
	}
	return b.String()
}

// Is makes errors.Is(f, ErrInvalidField) true.
func (f Faults) Is(target error) bool { return target == ErrInvalidField }

var (
	idForm      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	counterForm = regexp.MustCompile(`^[A-Za-z0-9]{1,4}$`)
	prefixForm  = regexp.MustCompile(`^[A-Z]{1,2}$`)
)

// Limits of a hall; far above what an office needs, so that a mistake in a file is noticed.
const (
	maxServices   = 60
	maxCounters   = 200
	maxPriorities = 20
	maxUsers      = 500
	maxName       = 120 // characters
	maxCreditS    = 7200
	maxClosedDays = 400
	maxSlot       = 100 // appointments in a half-hour
	maxOvertimeS  = 14400
	maxBookDays   = 60
)

// CleanText reports whether s is valid UTF-8 without control characters and without the marks that
// reorder text (Unicode bidi controls), which could make one number look like another.
func CleanText(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\uFEFF' || r == '\u2028' || r == '\u2029' {
			return false
		}
	}
	return true
}

type checker struct{ faults Faults }

func (c *checker) add(field, problem, detail string, args ...any) {
	c.faults = append(c.faults, Fault{Field: field, Problem: problem, Detail: fmt.Sprintf(detail, args...)})
}

func (c *checker) label(field, s string, required bool) {
	switch {
	case strings.TrimSpace(s) == "" && required:
		c.add(field, "required", "must not be empty")
	case !CleanText(s):
		c.add(field, "characters", "contains control or text direction characters")
	case utf8.RuneCountInString(s) > maxName:
		c.add(field, "too_long", "is longer than %d characters", maxName)
	}
}

func (c *checker) text(field string, t Text) {
	c.label(field+".vi", t.VI, true)
	c.label(field+".en", t.EN, false)
}

func (c *checker) id(field, id string, form *regexp.Regexp, seen map[string]bool) {
	if !form.MatchString(id) {
		c.add(field, "format", "%q does not match %s", id, form)
	} else if seen[id] {
		c.add(field, "duplicate", "%q is used twice", id)
	}
	seen[id] = true
}

func (c *checker) within(field string, n, low, high int) {
	if n < low || n > high {
		c.add(field, "range", "%d is not between %d and %d", n, low, high)
	}
}

// Validate gives every fault of the setup, or nil.
func (s *Setup) Validate() error {
	c := &checker{}
	c.text("name", s.Name)
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		c.add("time_zone", "unknown", "%q is no IANA time zone such as Asia/Ho_Chi_Minh", s.TimeZone)
	}
	c.phone(s.Phone)
	c.hours("hours", &s.Hours)
	c.closedDays(s.ClosedDays)
	c.within("overtime_s", s.OvertimeS, 0, maxOvertimeS)
	c.within("book_days", s.BookDays, 0, maxBookDays)
	c.paper(s.Paper)
	if !s.Voice.Chime.Valid() {
		c.add("voice.chime", "unknown", "%q is not soft, off or nothing", s.Voice.Chime)
	}
	c.notices(s.Notices)
	c.services(s)
	c.procedures(s.Services)
	c.counters(s)
	c.priorities(s)
	c.users(s)
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}
