package kiosk

import (
	"fmt"
	"reflect"
)

// desk checks who sits at a counter, and calls for help.
func (a *Auditor) desk(e Event) error {
	c, ok := a.hall.Counter(e.Counter)
	switch {
	case !ok || c.State == CounterIsClosed:
		return fmt.Errorf("counter %q is not open", e.Counter)
	case e.Ticket != "" || e.Number != "":
		return fmt.Errorf("is about ticket %q", e.Number)
	case e.Type == CounterHandedOver && (e.User == c.User || a.hall.Setup().User(e.User) == nil):
		return fmt.Errorf("counter %s goes to %q", e.Counter, e.User)
	case e.Type == CounterHelp && !c.Help.IsZero(), e.Type == CounterHelped && c.Help.IsZero():
		return fmt.Errorf("counter %s asks for help, or does not, already", e.Counter)
	}
	return nil
}

// note checks an event that changes nothing in the queue: it has the fields of a [Note] and no others.
func note(e Event) error {
	own := Event{Seq: e.Seq, At: e.At, Type: e.Type, By: e.By, User: e.User, Device: e.Device, What: e.What, Reason: e.Reason, Count: e.Count}
	if !e.isNote() || e.By == "" || e.Count < 0 || !reflect.DeepEqual(e, own) {
		return fmt.Errorf("is no note of what people did")
	}
	return nil
}
