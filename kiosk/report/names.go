package report

import (
	"encoding/binary"

	"layso/kiosk"
)

// name is what people call a service, a counter, a clerk or a reason.
type name struct {
	id   string
	text kiosk.Text
}

// dictionary numbers names from 0 in the order in which they are first met. The zero value is empty.
type dictionary struct {
	names []name
	index map[string]int
}

// add gives the name's number. A name that is known keeps its text.
func (d *dictionary) add(n name) int {
	if i, ok := d.index[n.id]; ok {
		return i
	}
	if d.index == nil {
		d.index = map[string]int{}
	}
	i := len(d.names)
	d.names, d.index[n.id] = append(d.names, n), i
	return i
}

// of gives the number of an id. One that the hall has never named is its own name.
func (d *dictionary) of(id string) uint64 { return uint64(d.add(name{id, kiosk.Text{VI: id}})) }

// maybe gives the number of an id and 1, or 0 for none.
func (d *dictionary) maybe(id string) uint64 {
	if id == "" {
		return 0
	}
	return d.of(id) + 1
}

// append writes the names.
func (d *dictionary) append(out []byte) []byte {
	out = binary.AppendUvarint(out, uint64(len(d.names)))
	for _, n := range d.names {
		for _, s := range []string{n.id, n.text.VI, n.text.EN} {
			out = append(binary.AppendUvarint(out, uint64(len(s))), s...)
		}
	}
	return out
}
