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

// The states of the paper. Sent: handed to a printer that answers nothing. Confirmed: the printer
// said that it is printed. Uncertain: the power or the link went while it was being sent.
const (
	PrintOff       PrintState = "off"
	Queued         PrintState = "queued"
	Sending        PrintState = "sending"
	Sent           PrintState = "sent"
	Confirmed      PrintState = "confirmed"
	PrintUncertain PrintState = "uncertain"
	Failed         PrintState = "failed"
	Expired        PrintState = "expired"
)

// Ticket is one citizen's place in the hall for one business day. A *Ticket that a [View] gave is
// immutable: a change makes a new one.
type Ticket struct {
	Seq        uint64 // of its ticket.taken
	Ord        int    // position among the day's tickets, from 0
	Number     string
	Token      string // 128 random bits in base64url, 22 characters
	Service    string
	Priority   string // reason id, or empty
	CreditS    int    // seniority credit, fixed when taken or when a clerk changed the priority
	Lang       Lang
	Device     string // where it was taken
	State      State
	Counter    string // in hand there; or, while waiting, the only counter that may call it
	IssuedAt   time.Time
	CalledAt   time.Time // last call; zero before the first
	EndedAt    time.Time
	Calls      int    // calls and recalls
	Ahead      int    // as printed
	Wait       Range  // as printed
	Reason     string // of the hold
	Stars      int    // rating 1-5, 0 = none
	Dossiers   int    // handed in, as counted by the clerk
	Print      PrintState
	PrintFault string // why the paper failed, a code of package printer
	Prints     int    // times the paper was asked for
}

// Key is the ticket's place in the calling order in Unix milliseconds: time of issue less the
// seniority credit (facts: "The order"). The smallest key is called first.
func (t *Ticket) Key() int64 {
	return t.IssuedAt.UnixMilli() - int64(t.CreditS)*1000
}

// Before reports whether t is called before u by a counter that can serve both. Ties go to the
// ticket that was taken first, so the order of two tickets never changes by chance.
func (t *Ticket) Before(u *Ticket) bool {
	if a, b := t.Key(), u.Key(); a != b {
		return a < b
	}
	return t.Seq < u.Seq
}

// NewToken gives 128 random bits as 22 characters of base64url.
func NewToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}
