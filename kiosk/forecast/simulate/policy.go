package simulate

import (
	"fmt"
	"time"

	"layso/kiosk"
)

// The two classes of tickets.
const (
	Regular = iota
	Priority
	classes
)

// rule is how a counter chooses between the two classes.
type rule int

const (
	bySeniority rule = iota // the hall's own: the smallest key, of both classes together
	byRatio                 // a priority ticket after every two regular ones
	byAge                   // the largest age, where a priority ticket ages three times as fast
)

// Policy is an order of calling. The zero value is first come, first served.
type Policy struct {
	Name   string
	Credit time.Duration // by which a priority ticket counts as older
	rule   rule
}

// The policies that are compared. Strict is what the hall does with a credit of a whole day, FCFS
// with none; ratio and accumulating are what other systems do.
var (
	FCFS         = Policy{Name: "FCFS"}
	Strict       = Policy{Name: "strict", Credit: 24 * time.Hour}
	Ratio        = Policy{Name: "ratio 1:2", rule: byRatio}
	Accumulating = Policy{Name: "accumulating ×3", rule: byAge}
)

// Credit is the hall's own policy with this credit.
func Credit(credit time.Duration) Policy {
	return Policy{Name: "credit " + short(credit), Credit: credit}
}

// short writes 30m0s as 30 min.
func short(d time.Duration) string {
	if d%time.Minute == 0 {
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// Policies gives all of them, with this credit for the hall's own.
func Policies(credit time.Duration) []Policy {
	return []Policy{FCFS, Strict, Ratio, Accumulating, Credit(credit)}
}

// line is who waits, under a policy. Whom a counter calls is always asked of the production policy.
// The two rules that are none of the hall's keep a line for each class, ask it for the first of
// each, and choose between these two.
type line struct {
	policy  Policy
	plays   [classes]kiosk.Play
	regular int // calls since the last priority ticket, for byRatio
}

func newLine(p Policy, services int) *line {
	l := &line{policy: p}
	l.plays[Regular].Clear(services)
	l.plays[Priority].Clear(services)
	return l
}

// key is the place in the order of a ticket that is issued at this time.
func (l *line) key(issued int64, class int) int64 {
	if class == Priority {
		return issued - l.policy.Credit.Milliseconds()
	}
	return issued
}

func (l *line) play(class int) *kiosk.Play {
	if l.policy.rule == bySeniority {
		return &l.plays[0]
	}
	return &l.plays[class]
}

// queue is who waits for the service in the class's line, in calling order.
func (l *line) queue(service, class int) []*kiosk.Ticket { return l.play(class).Queue(service) }

func (l *line) add(t *kiosk.Ticket, service, class int) { l.play(class).Add(t, service) }

// call takes the ticket that a counter with this reach calls now; nil when there is none.
func (l *line) call(r *kiosk.Reach, now int64) *kiosk.Ticket {
	t, spot := l.plays[Regular].First(r, now)
	if l.policy.rule == bySeniority {
		if t != nil {
			l.plays[Regular].Call(r, spot)
		}
		return t
	}
	p, at := l.plays[Priority].First(r, now)
	if p != nil && (t == nil || l.prefers(p, t, now)) {
		l.plays[Priority].Call(r, at)
		l.regular = 0
		return p
	}
	if t != nil {
		l.plays[Regular].Call(r, spot)
		l.regular++
	}
	return t
}

// prefers reports whether the priority ticket p goes before the regular ticket t.
func (l *line) prefers(p, t *kiosk.Ticket, now int64) bool {
	if l.policy.rule == byRatio {
		return l.regular >= 2
	}
	return 3*(now-p.Key()) > now-t.Key()
}

// miss notes that nobody came to the call of t.
func (l *line) miss(t *kiosk.Ticket, service, class int) { l.play(class).Miss(t, service) }
