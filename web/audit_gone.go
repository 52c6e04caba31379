package web

import (
	"strings"

	"layso/kiosk"
)

// Limits of looking for people who have left the hall, in one answer of the audit log.
const (
	maxGone   = 3  // people
	goneDepth = 20 // chunks: a setup stands at the begin of each day at the latest
)

// setupKinds are in the events that hold a whole setup.
var setupKinds = [][]string{{`"type":"` + string(kiosk.DayOpened) + `"`, `"type":"` + string(kiosk.HallChanged) + `"`}}

// remember adds the names of those who are in the events and have left the hall since: they stand in the setup
// that was in force then.
func (n names) remember(log History, events []kiosk.Event) error {
	asked := map[string]bool{}
	for i := range events {
		for _, id := range peopleOf(&events[i]) {
			if n.users[id] != "" || asked[id] || len(asked) == maxGone {
				continue
			}
			asked[id] = true
			setup, err := setupBefore(log, events[i].Seq)
			if err != nil {
				return err
			}
			n.learn(setup)
		}
	}
	return nil
}

// learn adds the names that are not known.
func (n names) learn(setup *kiosk.Setup) {
	if setup == nil {
		return
	}
	for _, u := range setup.Users {
		if n.users[u.ID] == "" {
			n.users[u.ID] = u.Name
		}
	}
}

// peopleOf gives the ids of the users in the event. Who was refused at the door need not be one.
func peopleOf(e *kiosk.Event) (ids []string) {
	if id, ok := strings.CutPrefix(e.By, "user:"); ok {
		ids = append(ids, id)
	}
	if e.User != "" && e.Type != kiosk.SessionRefused {
		ids = append(ids, e.User)
	}
	return ids
}

// setupBefore gives the setup in force at the event with this seq, or nil where it is too far back.
func setupBefore(log History, seq uint64) (*kiosk.Setup, error) {
	for range goneDepth {
		if seq <= 1 {
			break
		}
		found, next, err := log.Before(seq, auditChunk, setupKinds)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			return found[0].Setup, nil
		}
		seq = next
	}
	return nil, nil
}
