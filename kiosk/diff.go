package kiosk

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// DifferenceKind says in which way two descriptions of a hall differ at one place.
type DifferenceKind string

// A value is another one; an entry of a list is new, or gone; entries that both lists have are in another order.
const (
	ValueChanged DifferenceKind = "changed"
	EntryAdded   DifferenceKind = "added"
	EntryRemoved DifferenceKind = "removed"
	OrderChanged DifferenceKind = "moved"
)

// Difference is one place in which two descriptions of a hall differ.
type Difference struct {
	// Path names the value: services[dat-dai].name.vi. Entries of lists go by their id, closed days by
	// their date, notices by their Vietnamese title.
	Path string         `json:"path"`
	Kind DifferenceKind `json:"kind"`
	// Entry is what the entry is called that the value is of, in the older description where that has it.
	Entry Text `json:"entry,omitzero"`
	Was   any  `json:"was"` // nil: it was not there; of another order, the ids in the order that they had
	Is    any  `json:"is"`  // nil: it is not there any more
}

// Diff gives all in which b differs from a, in the order of the fields of [Setup]; nothing where they mean the same.
func Diff(a, b *Setup) []Difference {
	d := &differ{}
	d.values(spot{}, reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
	return d.out
}

type differ struct{ out []Difference }

func (d *differ) add(p spot, kind DifferenceKind, was, is any) {
	d.out = append(d.out, Difference{p.path, kind, p.entry, was, is})
}

func (d *differ) values(p spot, a, b reflect.Value) {
	switch {
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			d.values(p.field(a.Type(), i), a.Field(i), b.Field(i))
		}
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil():
		d.values(p, a.Elem(), b.Elem())
	case p.keyed(a):
		d.lists(p, a, b)
	case !equal(a, b):
		d.add(p, ValueChanged, a.Interface(), b.Interface())
	}
}

func (d *differ) lists(p spot, a, b reflect.Value) {
	was, is := keysOf(a), keysOf(b)
	for i, key := range was {
		here := p.of(key, a.Index(i))
		if j := slices.Index(is, key); j >= 0 {
			d.values(here, a.Index(i), b.Index(j))
		} else {
			d.add(here, EntryRemoved, a.Index(i).Interface(), nil)
		}
	}
	for j, key := range is {
		if !slices.Contains(was, key) {
			d.add(p.of(key, b.Index(j)), EntryAdded, nil, b.Index(j).Interface())
		}
	}
	if old, now := common(was, is), common(is, was); !slices.Equal(old, now) {
		d.add(p, OrderChanged, old, now)
	}
}

// common gives those of a that are in b, too.
func common(a, b []string) (both []string) {
	for _, key := range a {
		if slices.Contains(b, key) {
			both = append(both, key)
		}
	}
	return both
}

// equal compares two values that are looked at as a whole. A list that is empty is one that is not there.
func equal(a, b reflect.Value) bool {
	switch {
	case a.Kind() == reflect.Slice && a.Len() == 0:
		return b.Len() == 0
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil():
		return same(a.Elem(), b.Elem())
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// same compares two values part by part.
func same(a, b reflect.Value) bool {
	d := &differ{}
	d.values(spot{}, a, b)
	return len(d.out) == 0
}

// spot is where a value stands in the description of a hall.
type spot struct {
	path  string
	entry Text // what the entry of a list is called that it is in
	ids   bool // its texts are ids, which can be told apart
}

func (p spot) field(t reflect.Type, i int) spot {
	name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
	p.path = strings.TrimPrefix(p.path+"."+name, ".")
	p.ids = t == reflect.TypeFor[Counter]()
	return p
}

func (p spot) of(key string, entry reflect.Value) spot {
	p.path = fmt.Sprintf("%s[%s]", p.path, key)
	switch x := entry.Interface().(type) {
	case Service:
		p.entry = x.Name
	case Counter:
		p.entry = x.Name
	case Priority:
		p.entry = x.Name
	case User:
		p.entry = Text{VI: x.Name}
	case ClosedDay:
		p.entry = x.Name
	case Notice:
		p.entry = x.Title
	}
	return p
}

// keyed reports whether the value is a list whose entries can be told apart; other lists, of opening
// hours and lines of text, are looked at as a whole.
func (p spot) keyed(v reflect.Value) bool {
	if v.Kind() != reflect.Slice {
		return false
	}
	of := v.Type().Elem()
	return of.Kind() == reflect.Struct && of != reflect.TypeFor[Span]() || p.ids && of.Kind() == reflect.String
}

// keysOf gives what the entries of a list go by.
func keysOf(list reflect.Value) []string {
	keys := make([]string, list.Len())
	for i := range keys {
		switch x := list.Index(i).Interface().(type) {
		case Service:
			keys[i] = x.ID
		case Counter:
			keys[i] = x.ID
		case Priority:
			keys[i] = x.ID
		case User:
			keys[i] = x.ID
		case ClosedDay:
			keys[i] = x.Date
		case Notice:
			keys[i] = x.Title.VI
		case string:
			keys[i] = x
		}
		for n, key := 2, keys[i]; slices.Contains(keys[:i], keys[i]); n++ { // notices may have the same title
			keys[i] = fmt.Sprintf("%s #%d", key, n)
		}
	}
	return keys
}
