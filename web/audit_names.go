package web

import (
	"cmp"
	"strings"
	"time"

	"layso/kiosk"
)

// names are what the people and things of the log are called now. Who has left the hall has no name any more.
type names struct {
	users, devices map[string]string     // id -> name
	things         map[string]kiosk.Text // "service:ID", "counter:ID", "priority:ID" -> name
}

func (c *call) names() names {
	n := names{map[string]string{}, map[string]string{}, map[string]kiosk.Text{}}
	setup := c.Hall.View().Setup()
	for _, u := range setup.Users {
		n.users[u.ID] = u.Name
	}
	for _, d := range c.devices.all() {
		n.devices[d.ID] = d.Name
	}
	for _, s := range setup.Services {
		n.things["service:"+s.ID] = s.Name
	}
	for _, s := range setup.Counters {
		n.things["counter:"+s.ID] = s.Name
	}
	for _, p := range setup.Priorities {
		n.things["priority:"+p.ID] = p.Name
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
	w := wordIn{word: word, users: map[string]bool{}, devices: map[string]bool{}, things: map[string]bool{}}
	for id, name := range n.users {
		w.users[id] = strings.Contains(fold(name+" "+id), word)
	}
	for id, name := range n.devices {
		w.devices[id] = strings.Contains(fold(name+" "+id), word)
	}
	for id, name := range n.things {
		w.things[id] = strings.Contains(fold(name.VI+" "+name.EN), word)
	}
	return w
}

// wordIn is a word, folded, and the ids of all that have it in their names.
type wordIn struct {
	word                   string
	users, devices, things map[string]bool
}

// in reports whether the event has the word in its texts, or in the name of somebody or something in it.
func (w wordIn) in(e *kiosk.Event) bool {
	kind, id, _ := strings.Cut(e.By, ":")
	if w.users[e.User] || w.devices[e.Device] || kind == "user" && w.users[id] || kind == "device" && w.devices[id] {
		return true
	}
	if w.things["service:"+e.Service] || w.things["service:"+e.FromService] || w.things["counter:"+e.Counter] ||
		w.things["counter:"+e.ToCounter] || w.things["priority:"+e.Priority] {
		return true
	}
	for _, text := range append([]string{e.Number, e.Reason, e.What, e.Printer, e.Day, e.User, e.By}, e.Reasons...) {
		if text != "" && strings.Contains(fold(text), w.word) {
			return true
		}
	}
	return false
}
