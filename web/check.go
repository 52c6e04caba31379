package web

import (
	"time"

	"layso/kiosk"
)

// checkStatus is what the morning check has to know. It judges nothing: that is the page's.
type checkStatus struct {
	Now         time.Time             `json:"now"`
	Clock       string                `json:"clock"`
	BusinessDay string                `json:"business_day"`
	DayClosed   bool                  `json:"day_closed"`
	Version     string                `json:"version"`
	Printers    []kiosk.PrinterStatus `json:"printers"`
	Papers      papersStatus          `json:"papers"`
	Displays    displaysStatus        `json:"displays"`
	Kiosks      screensStatus         `json:"kiosks"`
	Voice       voiceCheck            `json:"voice"`
	Hardware    []Part                `json:"hardware"`
	Backup      *backupStatus         `json:"backup"` // null: there was none yet, and none failed
	Disk        *diskStatus           `json:"disk"`   // null: unknown
}

// papersStatus counts the papers of today's tickets by what is known of them.
type papersStatus struct {
	Printed     int          `json:"printed"`     // the printer said so
	Unconfirmed int          `json:"unconfirmed"` // handed to a printer that says nothing
	Pending     int          `json:"pending"`     // queued or being sent
	Uncertain   int          `json:"uncertain"`
	Failed      int          `json:"failed"`
	Expired     int          `json:"expired"`
	Open        []openStatus `json:"open"` // of citizens who still wait, at most [maxOpen], oldest first
}

// openStatus is a ticket whose citizen may have no paper.
type openStatus struct {
	Number string           `json:"number"`
	Token  string           `json:"token"`
	Print  kiosk.PrintState `json:"print"`
}

const maxOpen = 20

// screensStatus is a kind of screen: those that were paired, and how many others follow the hall.
type screensStatus struct {
	Paired []screenStatus `json:"paired"`
	Others int            `json:"others"`
}

type screenStatus struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Connected bool   `json:"connected"`
}

// voiceCheck is where calls are heard.
type voiceCheck struct {
	Spoken   kiosk.Spoken `json:"spoken"`
	Displays int          `json:"displays"` // that say that they can be heard
	Speakers []Speaker    `json:"speakers"` // of the PC
}

// backupStatus is how the backups stand.
type backupStatus struct {
	At     *time.Time `json:"at"`     // of the last one that went well; null: there was none yet
	Failed bool       `json:"failed"` // the automatic one that was due could not be made
}

// backup gives how the backups stand, or nil where there is nothing to say.
func (u Upkeep) backup(zone *time.Location) *backupStatus {
	if u.Backup.IsZero() && u.BackupFault == "" {
		return nil
	}
	st := &backupStatus{Failed: u.BackupFault != ""}
	if !u.Backup.IsZero() {
		at := u.Backup.In(zone)
		st.At = &at
	}
	return st
}

type diskStatus struct {
	Free  uint64 `json:"free"`  // bytes
	Total uint64 `json:"total"` // bytes
}

// getCheck answers with everything that somebody looks after before the doors open.
func getCheck(c *call) error {
	v := c.Hall.View()
	out := checkStatus{
		Now: c.Now().In(v.Location()), Clock: kiosk.ClockTrusted, BusinessDay: v.Day(), DayClosed: v.DayClosed(), Version: c.Version,
		Printers: c.Printers(), Papers: papersOf(v),
	}
	if v.ClockSuspect() {
		out.Clock = kiosk.ClockSuspect
	}
	var screens []Screen
	if c.Screens != nil {
		screens = c.Screens()
	}
	paired := c.devices.all()
	out.Displays = c.displays()
	out.Kiosks = screensOf("kiosk", deviceKiosk, screens, paired)
	out.Voice = c.voiceCheck(v, screens)
	out.Hardware = []Part{}
	if c.Parts != nil {
		out.Hardware = c.Parts()
	}
	if c.Upkeep != nil {
		u := c.Upkeep()
		out.Backup = u.backup(v.Location())
		if u.DiskTotal > 0 {
			out.Disk = &diskStatus{u.DiskFree, u.DiskTotal}
		}
	}
	return c.json(200, out)
}

func (c *call) voiceCheck(v *kiosk.View, screens []Screen) voiceCheck {
	out := voiceCheck{Spoken: v.Setup().Voice.Spoken(), Speakers: []Speaker{}}
	for _, s := range screens {
		if s.View == "public" && s.Connected && s.Sound {
			out.Displays++
		}
	}
	if c.Speech != nil {
		out.Speakers = append(out.Speakers, c.Speech.State().Speakers...)
	}
	return out
}

// papersOf counts the papers of the open business day.
func papersOf(v *kiosk.View) papersStatus {
	p := papersStatus{Open: []openStatus{}}
	for t := range v.Tickets() {
		missing := true
		switch t.Print {
		case kiosk.Confirmed, kiosk.Processed:
			p.Printed, missing = p.Printed+1, false
		case kiosk.Sent:
			p.Unconfirmed, missing = p.Unconfirmed+1, false
		case kiosk.Queued, kiosk.Sending:
			p.Pending++
		case kiosk.PrintUncertain:
			p.Uncertain++
		case kiosk.Failed:
			p.Failed++
		case kiosk.Expired:
			p.Expired++
		default:
			missing = false
		}
		if missing && t.State == kiosk.Waiting && len(p.Open) < maxOpen {
			p.Open = append(p.Open, openStatus{t.Number, t.Token, t.Print})
		}
	}
	return p
}

// screensOf gives the screens of one kind: view is how they follow the hall, kind how they are paired.
func screensOf(view, kind string, screens []Screen, paired []*device) screensStatus {
	out := screensStatus{Paired: []screenStatus{}}
	known := map[string]bool{}
	for _, d := range paired {
		if d.Kind != kind {
			continue
		}
		known[d.ID] = true
		row := screenStatus{ID: d.ID, Name: d.Name}
		for _, s := range screens {
			row.Connected = row.Connected || s.Connected && s.View == view && s.Device == d.ID
		}
		out.Paired = append(out.Paired, row)
	}
	for _, s := range screens {
		if s.View == view && s.Connected && !known[s.Device] {
			out.Others++
		}
	}
	return out
}
