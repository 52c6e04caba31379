package report

// measured is a time and whose it is, in one number that sorts by the time: milliseconds in the upper half,
// row in the lower.
type measured uint64

func measure(ms int32, row int) measured { return measured(uint64(ms)<<32 | uint64(uint32(row))) }

func (m measured) ms() int32 { return int32(m >> 32) }
func (m measured) row() int  { return int(uint32(m)) }

// digit is how many bits of the time are sorted at once; three of them are more than its 31.
const digit = 11

// sorted gives the values by their times, equal ones as they came; the slices are used up. A hundred
// thousands of them have to be sorted for a report, and once: whatever group of rows is walked in this order
// meets its own values in theirs.
func sorted(values, spare []measured) []measured {
	for shift := 32; shift < 64; shift += digit {
		var ends [1 << digit]int
		for _, v := range values {
			ends[v>>shift&(1<<digit-1)]++
		}
		at := 0
		for i, n := range ends {
			ends[i], at = at, at+n
		}
		for _, v := range values {
			d := v >> shift & (1<<digit - 1)
			spare[ends[d]] = v
			ends[d]++
		}
		values, spare = spare, values
	}
	return values
}

// waits gives the waits that are known, in order.
func (t *table) waits() []measured {
	out := make([]measured, 0, len(t.tickets))
	for i := range t.tickets {
		if w := t.tickets[i].wait; w >= 0 {
			out = append(out, measure(w, i))
		}
	}
	return sorted(out, make([]measured, len(out)))
}

// lengths gives the lengths of services that are known, in order; the rows are those of steps.
func (t *table) lengths() []measured {
	out := make([]measured, 0, len(t.steps))
	for i := range t.steps {
		if took := t.steps[i].took; took >= 0 {
			out = append(out, measure(took, i))
		}
	}
	return sorted(out, make([]measured, len(out)))
}
