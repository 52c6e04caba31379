package kiosk

import (
	"crypto/rand"
	"encoding/base64"
	"time"
)

// State is where a ticket stands.
type State string

// The states of a ticket. A called ticket is in hand at a counter. Held waits for a clerk to take
// it back. The last three are ends; finished and no_show can be taken back by the counter.
const (
	Waiting   State = "waiting"
	Called    State = "called"
	Held      State = "held"
	Finished  State = "finished"
	NoShow    State = "no_show"
	Cancelled State = "cancelled"
)

// PrintState is what is known of a ticket's paper.
type PrintState string

// The states of the paper. Sent: handed to a printer that answers nothing. Processed: the printer said
// that it has dealt with all bytes. Confirmed: the printer said that it is printed. Uncertain: the
// power or the link went while it was being sent. Expired: it came too late to be of use.
const (
	PrintOff       PrintState = "off"
	Queued         PrintState = "queued"
	Sending        PrintState = "sending"
	Sent           PrintState = "sent"
	Processed      PrintState = "processed"
	Confirmed      PrintState = "confirmed"
	PrintUncertain PrintState = "uncertain"
	Failed         PrintState = "failed"
	Expired        PrintState = "expired"
)

// Ticket is one citizen's place in the hall for one business day. A *Ticket that a [View] gave is
// immutable: a change makes a new one.
type Ticket struct {
	// What the calling policy reads, side by side because it reads them of many tickets, in Unix
	// milliseconds: the place in the order, since when it waits, and from when an appointment may be called.
	key, since, notBefore int64

	// behind is a bound on the key: a ticket that returned after a missed call is never treated as
	// older than this, whatever its seniority, in Unix milliseconds.
	behind int64
	left   step // where it came from on its route, while it waits for what comes next
	trail  []uint64

	Seq        uint64 // of its ticket.taken
	Ord        int    // position among the day's tickets, from 0
	Number     string
	Token      string // 128 random bits in base64url, 22 characters
	Service    string
	Priority   string    // reason id, or empty
	CreditS    int       // seniority credit, fixed when taken or when a clerk changed the priority
	Confirmed  bool      // a clerk has seen the proof of the priority
	Base       time.Time // what the seniority counts from; see Key
	Slot       time.Time // of its appointment, where that was kept; zero without one
	Booked     string    // token of the appointment that it came from, or empty
	Route      []string  // ids of the services that come after this one
	Misses     int       // how often nobody came to a call
	Undated    bool      // taken while the clock was suspect: its times are not shown
	Written    bool      // its number was written by hand, at IssuedAt, and entered later
	Lang       Lang
	Device     string // where it was taken
	State      State
	Counter    string    // in hand there; or, while waiting, the only counter that may call it
	IssuedAt   time.Time // when the citizen got the number
	CalledAt   time.Time // last call; zero before the first
	EndedAt    time.Time
	Calls      int    // calls and recalls
	Ahead      int    // as printed
	Wait       Range  // as printed
	Reason     string // of the hold
	Stars      int    // rating 1-5, 0 = none
	Dossiers   int    // handed in, as counted by the clerks
	counted    int    // of these, at the last finish or step of the route
	Print      PrintState
	PrintFault string    // why the paper failed, a code of package printer
	Prints     int       // times the paper was asked for
	PrintBy    string    // who asked for it last
	PrintAsked time.Time // and when; moved with the hall's time when staff set that while the paper is to come
	Printer    string    // that was asked for; empty: the hall's first
	PrintedOn  string    // that took it; empty before
}

// step is a step of a route that a counter has done.
type step struct{ counter, service string }

// Key is the ticket's place in the calling order in Unix milliseconds: Base, which is the time of
// issue, less the seniority credit (facts: "The order"). The smallest key is called first. For an
// appointment Base is the later one of slot and check-in; for a ticket that came back after a missed
// call or a hold, the key is [ReturnCredit] before that where this is later.
func (t *Ticket) Key() int64 { return t.key }

// Trail gives the seqs of the ticket's events of this day, in order. Do not change the slice.
func (t *Ticket) Trail() []uint64 { return t.trail }

// seal fills in what is computed from the other fields; notBefore comes with the slot.
func (t *Ticket) seal() {
	t.key = max(t.Base.UnixMilli()-int64(t.CreditS)*1000, t.behind)
	t.notBefore = 0
	if !t.Slot.IsZero() {
		t.notBefore = t.Slot.Add(-SlotLead).UnixMilli()
	}
}

// Imagined is a ticket for a simulation of the hall: with its key and the time since which it waits
// in Unix milliseconds, and a Seq that decides ties.
func Imagined(service string, key, since int64, seq uint64) *Ticket {
	return &Ticket{key: key, since: since, Seq: seq, Service: service, State: Waiting}
}

// Before reports whether t is called before u by a counter that can serve both. Ties go to the
// ticket that was taken first, so the order of two tickets never changes by chance.
func (t *Ticket) Before(u *Ticket) bool {
	if t.key != u.key {
		return t.key < u.key
	}
	return t.Seq < u.Seq
}

// NewToken gives 128 random bits as 22 characters of base64url.
func NewToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
