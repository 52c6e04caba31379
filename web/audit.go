package web

import (
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"layso/kiosk"
)

// Limits of one answer of the audit log. A search goes on where the answer before ended, so that one over years
// never holds the server: all of the work takes about 50 ms, and reading an event five times as long as passing over it.
const (
	defaultAudit = 50
	maxAudit     = 200
	auditWork    = 50000 // records that are passed over
	auditRead    = 4     // what reading one costs beside that
	auditChunk   = 1000  // records in one read transaction
)

// auditEvent is an event without what opens a ticket or an appointment, and with the names of who is in it.
type auditEvent struct {
	kiosk.Event
	ByName     string `json:"by_name,omitempty"`
	UserName   string `json:"user_name,omitempty"`
	DeviceName string `json:"device_name,omitempty"`
}

type auditPage struct {
	Events  []auditEvent `json:"events"`
	Next    *uint64      `json:"next"`    // the before of the next page; null: there is no more
	Reached *time.Time   `json:"reached"` // how far back this page has looked; null with next
}

// getAudit searches the log backwards.
func getAudit(c *call) error {
	q, err := c.auditQuery()
	if err != nil {
		return err
	}
	events, next, err := q.page(c.History, c.auditWork)
	if err != nil {
		return unavailable(err)
	}
	out := auditPage{Events: []auditEvent{}}
	names := c.names()
	if err := names.remember(c.History, events); err != nil {
		return unavailable(err)
	}
	zone := c.Hall.View().Location()
	for _, e := range events {
		out.Events = append(out.Events, names.shown(e, zone))
	}
	if next > q.low {
		oldest, err := c.History.Since(next-1, 1)
		if err != nil || len(oldest) == 0 {
			return unavailable(err)
		}
		reached := oldest[0].At.In(zone)
		out.Next, out.Reached = &next, &reached
	}
	return c.json(200, out)
}

// auditQuery is what is looked for.
type auditQuery struct {
	low, before uint64 // seqs: from low on, below before
	limit       int
	sieve       [][]string // texts in an event's JSON, see [History]
	conditions  []func(*kiosk.Event) bool
}

// want adds a condition. The texts, where there are any, are in the JSON of every event that meets it.
func (q *auditQuery) want(is func(*kiosk.Event) bool, texts ...string) {
	q.conditions = append(q.conditions, is)
	if len(texts) > 0 {
		q.sieve = append(q.sieve, texts)
	}
}

func (q *auditQuery) meets(e *kiosk.Event) bool {
	for _, is := range q.conditions {
		if !is(e) {
			return false
		}
	}
	return true
}

// page gives the newest events that are looked for, as far as the work of one answer goes, and the seq below
// which the next page begins.
func (q *auditQuery) page(log History, work int) (found []kiosk.Event, next uint64, err error) {
	next = q.before
	for work > 0 && next > q.low {
		n := int(min(auditChunk, uint64(work), next-q.low))
		events, after, err := log.Before(next, n, q.sieve)
		if err != nil {
			return nil, 0, err
		}
		for i := range events {
			if events[i].Seq < q.low || !q.meets(&events[i]) {
				continue
			}
			found = append(found, events[i])
			if len(found) == q.limit {
				return found, max(events[i].Seq, q.low), nil
			}
		}
		next, work = after, work-n-auditRead*len(events)
	}
	return found, next, nil
}

var (
	auditTypes = regexp.MustCompile(`^[a-z._]+(,[a-z._]+)*$`)
	auditBy    = regexp.MustCompile(`^(citizen|system|(user|device):[A-Za-z0-9._-]{1,64})$`)
)

// auditQuery reads what the request looks for.
func (c *call) auditQuery() (*auditQuery, error) {
	values := c.r.URL.Query()
	q := &auditQuery{}
	for _, read := range []func(*auditQuery, url.Values) error{c.auditSpan, c.auditPlace, c.auditKinds, c.auditWords} {
		if err := read(q, values); err != nil {
			return nil, err
		}
	}
	return q, nil
}

// auditSpan reads the days, or the ticket whose events are wanted: those of an event's ticket stand within a day of it.
func (c *call) auditSpan(q *auditQuery, values url.Values) error {
	zone := c.Hall.View().Location()
	from, to := time.Time{}, time.Time{}
	for field, t := range map[string]*time.Time{"from": &from, "to": &to} {
		if s := values.Get(field); s != "" {
			day, err := time.ParseInLocation(time.DateOnly, s, zone)
			if err != nil {
				return invalid(field)
			}
			*t = day
		}
	}
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1)
	}
	if values.Has("of") {
		e, err := c.auditOf()
		if err != nil {
			return err
		}
		from, to = e.At.AddDate(0, 0, -1), e.At.AddDate(0, 0, 1)
		q.want(func(x *kiosk.Event) bool { return x.Ticket == e.Ticket }, `"ticket":"`+e.Ticket+`"`)
	}
	return c.auditSeqs(q, from, to)
}

// auditSeqs turns moments into seqs; zero is no bound.
func (c *call) auditSeqs(q *auditQuery, from, to time.Time) (err error) {
	q.low, q.before = 1, math.MaxUint64
	if !from.IsZero() {
		if q.low, err = c.History.SeqAt(from); err != nil {
			return unavailable(err)
		}
	}
	if !to.IsZero() {
		if q.before, err = c.History.SeqAt(to); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// auditOf gives the event whose ticket is meant.
func (c *call) auditOf() (kiosk.Event, error) {
	seq, err := number(c.r, "of", 0)
	if err != nil || seq == 0 {
		return kiosk.Event{}, invalid("of")
	}
	events, err := c.History.Since(seq-1, 1)
	if err != nil {
		return kiosk.Event{}, unavailable(err)
	}
	if len(events) == 0 || !tokenForm.MatchString(events[0].Ticket) {
		return kiosk.Event{}, invalid("of")
	}
	return events[0], nil
}

// auditPlace reads where the page begins and how long it is.
func (c *call) auditPlace(q *auditQuery, _ url.Values) error {
	before, err := number(c.r, "before", math.MaxUint64)
	if err != nil {
		return err
	}
	limit, err := number(c.r, "limit", defaultAudit)
	if err != nil {
		return err
	}
	if limit < 1 || limit > maxAudit {
		return invalid("limit")
	}
	q.before, q.limit = min(q.before, before), int(limit)
	return nil
}

// auditKinds reads which kinds of events, and whose.
func (c *call) auditKinds(q *auditQuery, values url.Values) error {
	if s := values.Get("types"); s != "" {
		if len(s) > maxAuditTypes || !auditTypes.MatchString(s) {
			return invalid("types")
		}
		types := strings.Split(s, ",")
		q.want(func(e *kiosk.Event) bool { return slices.Contains(types, string(e.Type)) }, typeTexts(types)...)
	}
	switch values.Get("only") {
	case "":
	case "out_of_order":
		q.want(outOfOrder, `"type":"ticket.called"`)
		q.sieve = append(q.sieve, []string{`"reason":"`, `"from":"held"`})
	default:
		return invalid("only")
	}
	by := values.Get("by")
	if by == "" {
		return nil
	}
	if !auditBy.MatchString(by) {
		return invalid("by")
	}
	user, isUser := strings.CutPrefix(by, "user:")
	texts := []string{`"by":"` + by + `"`}
	if isUser {
		texts = append(texts, `"user":"`+user+`"`)
	}
	q.want(func(e *kiosk.Event) bool { return e.By == by || isUser && e.User == user }, texts...)
	return nil
}

// fewTypes is how many types are looked for by their whole names: each text costs time for every record.
const fewTypes = 8

// typeTexts gives what is in the JSON of every event of one of these types: of many types, what they are about.
func typeTexts(types []string) (texts []string) {
	for _, x := range types {
		text := `"type":"` + x + `"`
		if about, _, ok := strings.Cut(x, "."); ok && len(types) > fewTypes {
			text = `"type":"` + about + `.`
		}
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// outOfOrder tells a call that somebody has chosen, with a reason or from among those on hold.
func outOfOrder(e *kiosk.Event) bool {
	return e.Type == kiosk.TicketCalled && (e.Reason != "" || e.From == kiosk.Held)
}

// What a search has at most: characters of its words, and of its list of types.
const (
	maxAuditText  = 100
	maxAuditTypes = 2000
)

// auditWords reads the words that all have to be in an event.
func (c *call) auditWords(q *auditQuery, values url.Values) error {
	text := values.Get("q")
	if utf8.RuneCountInString(text) > maxAuditText {
		return invalid("q")
	}
	names := c.names()
	for _, word := range strings.Fields(fold(text)) {
		if number := strings.ToUpper(word); ticketNumber.MatchString(number) {
			is := func(e *kiosk.Event) bool { return e.Number == number || e.What == number } // notes about a ticket have it there
			q.want(is, `"number":"`+number+`"`, `"what":"`+number+`"`)
			continue
		}
		w := names.having(word)
		q.want(w.in, w.texts()...)
	}
	return nil
}

// ticketNumber is a number as it stands on a ticket.
var ticketNumber = regexp.MustCompile(`^[A-Z]{1,3}[0-9]{3,4}$`)
