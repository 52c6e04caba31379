package kiosk

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Note puts into the log what people did that changes nothing in the queue: who signed in, whose PIN was
// changed, which device was paired, when a backup was made. Event is one of the types that say so in
// their comments; its By, User, Device, What, Reason and Count are kept. Anything else is refused with
// [ErrInvalidField].
type Note struct{ Event Event }

// maxNote is how many characters each text of a note has at most.
const maxNote = 200

var notes = []EventType{PINChanged, SessionBegun, SessionRefused, SessionEnded, DevicePaired, DeviceChanged, DeviceRevoked, BackupMade, BackupDownloaded, BackupDeleted, DataRestored, ContactKept, ContactRead, ContactErased}

func (c Note) decide(*Hall, time.Time) (Decision, error) {
	e := Event{Type: c.Event.Type, By: c.Event.By, User: c.Event.User, Device: c.Event.Device, What: c.Event.What, Reason: c.Event.Reason, Count: c.Event.Count}
	if !e.isNote() || e.By == "" || e.Count < 0 {
		return Decision{}, ErrInvalidField
	}
	return Decision{Events: []Event{e}}, nil
}

// IsNote reports whether events of this type are notes: they change nothing in the queue.
func (t EventType) IsNote() bool { return slices.Contains(notes, t) }

// isNote reports whether the event is a note whose texts are fit for the log.
func (e *Event) isNote() bool {
	for _, s := range []string{e.By, e.User, e.Device, e.What, e.Reason} {
		if utf8.RuneCountInString(s) > maxNote || !CleanText(s) {
			return false
		}
	}
	return e.Type.IsNote()
}
