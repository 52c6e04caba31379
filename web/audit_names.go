package web

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"layso/kiosk"
)

// names are what the people and things of the log are called now.
type names struct {
	users, devices map[string]string // id -> name
	things         []thing
	printers       []string
}

// thing is a service, a counter or a priority.
type thing struct {
	fields []string // of an event that hold its id
	id     string
	name   kiosk.Text
}

var (
	serviceFields  = []string{"service", "from_service"}
	counterFields  = []string{"counter", "to_counter"}
	priorityFields = []string{"priority"}
)

func (c *call) names() names {
	n := names{users: map[string]string{}, devices: map[string]string{}}
	setup := c.Hall.View().Setup()
	for _, u := range setup.Users {
		n.users[u.ID] = u.Name
	}
	for _, d := range c.devices.all() {
		n.devices[d.ID] = d.Name
	}
	for _, s := range setup.Services {
		n.things = append(n.things, thing{serviceFields, s.ID, s.Name})
	}
	for _, s := range setup.Counters {
		n.things = append(n.things, thing{counterFields, s.ID, s.Name})
	}
	for _, p := range setup.Priorities {
		n.things = append(n.things, thing{priorityFields, p.ID, p.Name})
	}
	for _, p := range c.Printers() {
		n.printers = append(n.printers, p.Name)
	}
	return n
}

// of gives the name of somebody as the log calls him: "user:ID" or "device:ID".
func (n names) of(who string) string {
	kind, id, _ := strings.Cut(who, ":")
	switch kind {
	case "user":
		return n.users[id]
	case "device":
		return n.devices[id]
	}
	return ""
}

// shown gives the event as the manager may see it: without tokens, codes and keys, and without the hall's whole
// description, which is no reading matter.
func (n names) shown(e kiosk.Event, zone *time.Location) auditEvent {
	e.At = e.At.In(zone)
	e.Ticket, e.Appointment, e.After, e.Code, e.Key, e.Fingerprint = "", "", "", "", "", ""
	e.Setup, e.Appointments, e.Rolls = nil, nil, nil
	return auditEvent{Event: e, ByName: n.of(e.By), UserName: n.users[e.User], DeviceName: cmp.Or(n.devices[e.Device], n.of(e.Device))}
}

// having gives what has the word in its name.
func (n names) having(word string) wordIn {
	w := wordIn{word: word, is: map[field]bool{}}
	has := func(name string) bool { return strings.Contains(fold(name), word) }
	for id, name := range n.users {
		if has(name) {
			w.is[field{"user", id}], w.is[field{"by", "user:" + id}] = true, true
		}
	}
	for id, name := range n.devices {
		if has(name) {
			w.is[field{"device", id}], w.is[field{"by", "device:" + id}] = true, true
		}
	}
	for _, x := range n.things {
		for _, name := range x.fields {
			if has(x.name.VI) || has(x.name.EN) {
				w.is[field{name, x.id}] = true
			}
		}
	}
	for _, name := range n.printers {
		if has(name) {
			w.is[field{"printer", name}] = true
		}
	}
	return w
}

// field is a field of an event with a value.
type field struct{ name, value string }

// wordIn is a word, folded, and the fields of events whose values are called so.
type wordIn struct {
	word string
	is   map[field]bool
}

// texts are in the JSON of every event that has the word: names, what people wrote, or the word itself, for
// numbers have capitals only and ids none.
func (w wordIn) texts() []string {
	out := []string{w.word, strings.ToUpper(w.word), `"reason":"`, `"reasons":[`, `"what":"`, `"type":"` + string(kiosk.SessionRefused) + `"`}
	for f := range w.is {
		out = append(out, `"`+f.name+`":`+quoted(f.value))
	}
	return out
}

// quoted gives a string as the journal writes it.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string into memory can't fail
	return strings.TrimSuffix(b.String(), "\n")
}

// in reports whether the event has the word in its texts, or in the name of somebody or something in it.
func (w wordIn) in(e *kiosk.Event) bool {
	for _, f := range [...]field{
		{"user", e.User}, {"by", e.By}, {"device", e.Device}, {"service", e.Service}, {"from_service", e.FromService},
		{"counter", e.Counter}, {"to_counter", e.ToCounter}, {"priority", e.Priority}, {"printer", e.Printer},
	} {
		if f.value != "" && w.is[f] {
			return true
		}
	}
	has := func(text string) bool { return text != "" && strings.Contains(fold(text), w.word) }
	for _, text := range [...]string{e.Number, e.Reason, e.What, e.Day, e.User, e.By} {
		if has(text) {
			return true
		}
	}
	return slices.ContainsFunc(e.Reasons, has)
}
