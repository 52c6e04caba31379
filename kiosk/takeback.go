package kiosk

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// ErrChangeOverwritten says that a change can't be taken back any more: something later changed the same places.
const ErrChangeOverwritten Error = "change_overwritten"

// Overwritten are the places that were changed again since the change that should be taken back, from what
// it made of them to what they are now; as an error it is an [ErrChangeOverwritten].
type Overwritten []Difference

// Error lists the places.
func (o Overwritten) Error() string {
	paths := make([]string, len(o))
	for i, x := range o {
		paths[i] = x.Path
	}
	return fmt.Sprintf("%s: %s", ErrChangeOverwritten, strings.Join(paths, ", "))
}

// Is makes errors.Is(o, ErrChangeOverwritten) true.
func (o Overwritten) Is(target error) bool { return target == ErrChangeOverwritten }

// TakeBack gives the hall as it is now, but without the change that made after out of before: what that
// changed is as it was before, everything else stays. It fails with [Overwritten] where a later change stands
// in the way, and with [ErrNothingToUndo] where all of it is as before already. The result may have
// faults: what was removed can be needed, or a prefix taken.
func (s *Setup) TakeBack(before, after *Setup) (*Setup, error) {
	m := &merger{}
	out := m.value(spot{}, reflect.ValueOf(before).Elem(), reflect.ValueOf(after).Elem(), reflect.ValueOf(s).Elem()).Interface().(Setup)
	switch {
	case len(m.clashes) > 0:
		return nil, m.clashes
	case len(Diff(s, &out)) == 0:
		return nil, ErrNothingToUndo
	}
	return &out, nil
}

type merger struct{ clashes Overwritten }

// clash notes that a place is another one than the change left it.
func (m *merger) clash(p spot, kind DifferenceKind, left, now any) {
	m.clashes = append(m.clashes, Difference{p.path, kind, p.entry, left, now})
}

// value gives what c becomes when the change from a to b is taken back.
func (m *merger) value(p spot, a, b, c reflect.Value) reflect.Value {
	switch {
	case a.Kind() == reflect.Struct:
		out := reflect.New(a.Type()).Elem()
		for i := range a.NumField() {
			out.Field(i).Set(m.value(p.field(a.Type(), i), a.Field(i), b.Field(i), c.Field(i)))
		}
		return out
	case a.Kind() == reflect.Pointer && !a.IsNil() && !b.IsNil() && !c.IsNil():
		out := reflect.New(a.Type().Elem())
		out.Elem().Set(m.value(p, a.Elem(), b.Elem(), c.Elem()))
		return out
	case p.keyed(a):
		return m.list(p, a, b, c)
	case equal(a, b) || equal(a, c):
		return c
	case !equal(b, c):
		m.clash(p, ValueChanged, b.Interface(), c.Interface())
		return c
	}
	return a
}

// list takes the change from a to b of a list back that is c now.
func (m *merger) list(p spot, a, b, c reflect.Value) reflect.Value {
	was, left, now := keysOf(a), keysOf(b), keysOf(c)
	entries := map[string]reflect.Value{}
	var stay []string
	for i, key := range now {
		if entry, ok := m.entry(p.of(key, c.Index(i)), at(a, was, key), at(b, left, key), c.Index(i)); ok {
			entries[key] = entry
			stay = append(stay, key)
		}
	}
	stay = m.order(p, was, left, stay)
	for i, key := range was {
		switch old := at(b, left, key); {
		case slices.Contains(now, key):
			continue
		case !old.IsValid():
			entries[key] = a.Index(i)
			stay = slices.Insert(stay, after(was[:i], stay), key)
		case !same(a.Index(i), old): // changed here, and removed later
			m.clash(p.of(key, old), EntryRemoved, old.Interface(), nil)
		}
	}
	out := reflect.MakeSlice(c.Type(), 0, len(stay))
	for _, key := range stay {
		out = reflect.Append(out, entries[key])
	}
	return out
}

// at gives the entry of a list by its key; what is not there is no valid value.
func at(list reflect.Value, keys []string, key string) reflect.Value {
	if i := slices.Index(keys, key); i >= 0 {
		return list.Index(i)
	}
	return reflect.Value{}
}

// entry gives what becomes of an entry that is c now, and false where it goes.
func (m *merger) entry(p spot, a, b, c reflect.Value) (reflect.Value, bool) {
	switch {
	case a.IsValid() && b.IsValid():
		return m.value(p, a, b, c), true
	case b.IsValid(): // the change added it
		d := &differ{}
		d.values(p, b, c)
		m.clashes = append(m.clashes, d.out...)
		return c, false
	case a.IsValid() && !same(a, c): // the change removed it, and another one is there since
		m.clash(p, EntryAdded, nil, c.Interface())
	}
	return c, true
}

// order puts those of the keys back into their order that the change put into another one.
func (m *merger) order(p spot, was, left, keys []string) []string {
	old := common(common(was, left), keys)
	made := common(common(left, was), keys)
	now := common(keys, old)
	switch {
	case slices.Equal(old, made) || slices.Equal(old, now):
		return keys
	case !slices.Equal(made, now):
		m.clash(p, OrderChanged, made, now)
		return keys
	}
	out, next := slices.Clone(keys), 0
	for i, key := range keys {
		if slices.Contains(old, key) {
			out[i] = old[next]
			next++
		}
	}
	return out
}

// after gives the index behind the last of the keys before that is in the list.
func after(before, list []string) int {
	for _, key := range slices.Backward(before) {
		if i := slices.Index(list, key); i >= 0 {
			return i + 1
		}
	}
	return 0
}
