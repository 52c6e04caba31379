package report

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"layso/kiosk"
)

// errRollup says that a roll-up is none of this version, or damaged.
var errRollup = errors.New("no roll-up of this version")

// decoder reads a roll-up into a table. After the first fault it reads zeros.
type decoder struct {
	table                               *table
	in                                  []byte
	day                                 uint16
	services, counters, clerks, reasons []uint16 // numbers in the table of those in the roll-up
	bad                                 bool
}

func (d *decoder) decode() error {
	if len(d.in) == 0 || d.in[0] != version {
		return errRollup
	}
	d.in = d.in[1:]
	t := d.table
	d.services, d.counters, d.clerks, d.reasons = d.names(&t.services), d.names(&t.counters), d.names(&t.clerks), d.names(&t.reasons)
	n := d.count(leastTicket)
	for range n {
		d.ticket()
	}
	if d.bad || len(d.in) > 0 {
		return fmt.Errorf("%w: damaged", errRollup)
	}
	return nil
}

// leastTicket is how many bytes a ticket has at least, leastName a name.
const (
	leastTicket = 8
	leastName   = 3
)

// number reads one number, which is at most this.
func (d *decoder) number(most uint64) uint64 {
	if len(d.in) > 0 && d.in[0] < 0x80 && uint64(d.in[0]) <= most { // as nearly all
		v := uint64(d.in[0])
		d.in = d.in[1:]
		return v
	}
	v, n := binary.Uvarint(d.in)
	if n <= 0 || v > most {
		d.bad, d.in = true, nil
		return 0
	}
	d.in = d.in[n:]
	return v
}

// count reads how many things of at least so many bytes come now.
func (d *decoder) count(least int) int {
	n := int(d.number(math.MaxInt32))
	if n > len(d.in)/least {
		d.bad, d.in = true, nil
		return 0
	}
	return n
}

func (d *decoder) text() string {
	n := d.count(1)
	s := string(d.in[:n])
	d.in = d.in[n:]
	return s
}

// names reads a dictionary and gives the numbers of its names in the table's.
func (d *decoder) names(to *dictionary) []uint16 {
	out := make([]uint16, d.count(leastName))
	for i := range out {
		n := name{d.text(), kiosk.Text{VI: d.text(), EN: d.text()}}
		k := to.add(n)
		if k >= nobody {
			d.bad = true
		}
		out[i] = uint16(k)
	}
	return out
}

// one reads a number of a dictionary.
func (d *decoder) one(of []uint16) uint16 {
	i := d.number(math.MaxUint16)
	if i >= uint64(len(of)) {
		d.bad, d.in = true, nil
		return 0
	}
	return of[i]
}

// maybe reads a number of a dictionary and 1, or 0 for none.
func (d *decoder) maybe(of []uint16) uint16 {
	i := d.number(uint64(len(of)))
	if i == 0 {
		return nobody
	}
	return of[i-1]
}

func (d *decoder) desk() desk { return desk{d.maybe(d.counters), d.maybe(d.clerks)} }

// ms reads a time in milliseconds, below 0 where it is not known.
func (d *decoder) ms() int32 { return int32(d.number(math.MaxInt32)) - 1 }

func (d *decoder) ticket() {
	t := ticket{day: d.day, service: d.one(d.services), hour: uint8(d.number(24)), stands: uint8(d.number(standings - 1)), wait: d.ms()}
	t.hour = (t.hour + unknownHour) % (unknownHour + 1) // 0 stands for none, 1 for midnight
	t.firstDesk, t.lastDesk, t.ratedAt = d.desk(), desk{nobody, nobody}, nobody
	if t.stands == finished || t.stands == noShow {
		t.lastDesk = d.desk()
	}
	if t.p50 = int32(d.number(math.MaxInt32)) - 1; t.p50 >= 0 {
		t.p80 = int32(d.number(math.MaxInt32))
	}
	for range d.count(leastStep) {
		s := step{ticket: int32(len(d.table.tickets)), service: d.one(d.services), desk: d.desk()}
		s.took, s.dossiers = d.ms(), int32(d.number(math.MaxInt32))
		d.table.steps = append(d.table.steps, s)
	}
	if t.stands == finished {
		d.rating(&t)
	}
	d.table.tickets = append(d.table.tickets, t)
}

// leastStep is how many bytes a step has at least.
const leastStep = 5

func (d *decoder) rating(t *ticket) {
	if t.stars = uint8(d.number(5)); t.stars == 0 {
		return
	}
	t.ratedAt = d.maybe(d.counters)
	for range d.count(1) {
		d.table.given = append(d.table.given, d.one(d.reasons))
	}
}
