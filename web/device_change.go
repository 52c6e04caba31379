package web

import (
	"cmp"

	"layso/kiosk"
)

// deviceChange is what an admin changes of a device: a kiosk's printer and its lock, a display's zone,
// the counter that a counter's screen stands at.
type deviceChange struct {
	Printer  *string
	Counters *[]string
	Locked   *bool
	Reason   string // of the lock, for the citizens
	ReasonEN string `json:"reason_en"` // may be empty: then Reason stands in English, too
}

// putDevice says where a kiosk's tickets come out, whether it gives any, whose calls a display
// shows, or at which counter a screen stands.
func putDevice(c *call) error {
	var in deviceChange
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := c.checkChange(in); err != nil {
		return err
	}
	x, err := c.devices.change(c.r.PathValue("id"), in.apply)
	if err != nil {
		return err
	}
	c.Log.Info("device changed", "id", x.ID, "printer", x.Printer, "counters", x.Counters, "locked", x.Locked, "by", c.who.name())
	c.note(kiosk.Event{Type: kiosk.DeviceChanged, Device: x.ID, What: in.what(x), Reason: in.Reason})
	c.Live.Recheck()
	return c.json(200, x)
}

// checkChange refuses what the hall does not have.
func (c *call) checkChange(in deviceChange) error {
	switch {
	case in.Printer == nil && in.Counters == nil && in.Locked == nil:
		return invalid("printer")
	case in.Printer != nil && *in.Printer != "":
		if _, err := c.printer(*in.Printer); err != nil {
			return err
		}
	}
	if err := cmp.Or(checkText("reason", in.Reason), checkText("reason_en", in.ReasonEN)); err != nil || in.Counters == nil {
		return err
	}
	seen := map[string]bool{}
	for _, id := range *in.Counters {
		if c.Hall.View().Setup().Counter(id) == nil {
			return kiosk.ErrUnknownCounter
		}
		if seen[id] {
			return invalid("counters")
		}
		seen[id] = true
	}
	return nil
}

func (in deviceChange) apply(x *device) error {
	if in.Printer != nil {
		if x.Kind != deviceKiosk {
			return invalid("printer")
		}
		x.Printer = *in.Printer
	}
	if in.Counters != nil {
		if x.Kind == deviceKiosk || x.Kind == deviceCounter && len(*in.Counters) > 1 {
			return invalid("counters")
		}
		x.Counters = *in.Counters
	}
	return in.lock(x)
}
