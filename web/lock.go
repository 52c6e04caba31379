package web

import (
	"cmp"
	"fmt"
)

// locked reports whether the request comes from a kiosk that an admin has locked. It does not matter who
// is signed in there: the machine is out of use.
func (p principal) locked() bool { return p.device != nil && p.device.Locked }

// sessionStatus is who asks, and for a locked kiosk where people go instead.
func (c *call) sessionStatus() sessionStatus {
	st := c.who.status()
	if c.who.locked() {
		st.Kiosks = c.otherKiosks()
	}
	return st
}

// otherKiosks gives the names of the paired kiosks that give numbers now: connected, and not locked.
func (c *call) otherKiosks() (names []string) {
	if c.Screens == nil {
		return nil
	}
	there := map[string]bool{}
	for _, s := range c.Screens() {
		if s.View == deviceKiosk && s.Connected {
			there[s.Device] = true
		}
	}
	for _, x := range c.devices.all() {
		if there[x.ID] && !x.Locked {
			names = append(names, x.Name)
		}
	}
	return names
}

// lock locks or unlocks the device. The reason goes with the lock.
func (in deviceChange) lock(x *device) error {
	switch {
	case in.Locked == nil && in.Reason != "":
		return invalid("reason")
	case in.ReasonEN != "" && in.Reason == "":
		return invalid("reason_en")
	case in.Locked == nil:
		return nil
	case x.Kind != deviceKiosk:
		return invalid("locked")
	}
	x.Locked, x.LockReason, x.LockEN = *in.Locked, "", ""
	if x.Locked {
		x.LockReason, x.LockEN = in.Reason, in.ReasonEN
	}
	return nil
}

// what says for the log what was changed to what.
func (in deviceChange) what(x *device) string {
	switch {
	case in.Locked != nil && x.Locked:
		return "locked"
	case in.Locked != nil:
		return "unlocked"
	case in.Printer != nil:
		return "printer: " + cmp.Or(x.Printer, "the first")
	}
	return fmt.Sprintf("counters: %.180s", fmt.Sprint(x.Counters)) // a note holds 200 characters
}
