package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// Changes finds the events that said what the hall is: a *journal.Journal.
type Changes interface {
	// Changes gives up to limit of them with a Seq below before (0: all), newest first.
	Changes(before uint64, limit int) ([]kiosk.Event, error)
	// ChangesAt gives their seqs alone, which costs next to nothing.
	ChangesAt(before uint64, limit int) ([]uint64, error)
}

// changeStatus is one change of the hall.
type changeStatus struct {
	Seq    uint64    `json:"seq"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	ByName string    `json:"by_name"` // as the user is called now; empty where there is none
	Reason string    `json:"reason"`
	Of     uint64    `json:"of,omitempty"` // seq of the change that it took back
	First  bool      `json:"first"`        // it made the hall
	Count  int       `json:"count"`        // how many differences there are
	// Differences are all of them for one change, and the first three in a list.
	Differences []kiosk.Difference `json:"differences"`
}

type changesStatus struct {
	Changes []changeStatus `json:"changes"` // newest first
	Next    *uint64        `json:"next"`    // what to ask for with before; null: there are no more
}

// Limits of one page of changes.
const (
	defaultChanges = 20
	maxChanges     = 100
	briefly        = 3 // differences of each change in a list
)

// changeRoutes let admins see what was changed, and take it back.
func (s *Server) changeRoutes() []route {
	if s.Options.Changes == nil {
		return nil
	}
	return []route{
		{"GET", "/api/changes", admins, getChanges},
		{"GET", "/api/changes/{seq}", admins, getChange},
		{"POST", "/api/changes/{seq}/undo", admins, undoChange},
	}
}

func getChanges(c *call) error {
	before, err := number(c.r, "before", 0)
	if err != nil {
		return err
	}
	limit, err := number(c.r, "limit", defaultChanges)
	if err != nil || limit == 0 {
		return invalid("limit")
	}
	limit = min(limit, maxChanges)
	seqs, err := c.Changes.ChangesAt(before, int(limit)+1)
	if err != nil {
		return unavailable(err)
	}
	out := changesStatus{Changes: []changeStatus{}}
	if len(seqs) > int(limit) {
		seqs = seqs[:limit]
		out.Next = &seqs[limit-1]
	}
	told, err := c.briefs.of(c, seqs)
	if err != nil {
		return unavailable(err)
	}
	for _, x := range told {
		x.At, x.ByName = x.At.In(c.Hall.View().Location()), c.nameOf(x.By)
		out.Changes = append(out.Changes, x)
	}
	return c.json(200, out)
}

func getChange(c *call) error {
	events, err := c.change()
	if err != nil {
		return err
	}
	return c.json(200, c.changed(events[0], events[1:]))
}

// change gives the change that the path names, and the one before it where there is one.
func (c *call) change() ([]kiosk.Event, error) {
	seq, err := strconv.ParseUint(c.r.PathValue("seq"), 10, 62)
	if err != nil {
		return nil, errNotFound
	}
	events, err := c.Changes.Changes(seq+1, 2)
	switch {
	case err != nil:
		return nil, unavailable(err)
	case len(events) == 0 || events[0].Seq != seq:
		return nil, errNotFound
	}
	return events, nil
}

// changed tells of a change; older are those before it, newest first.
func (c *call) changed(e kiosk.Event, older []kiosk.Event) changeStatus {
	x := changeStatus{
		Seq: e.Seq, At: e.At.In(c.Hall.View().Location()), By: e.By, ByName: c.nameOf(e.By), Reason: e.Reason, Of: e.Of,
		First: len(older) == 0, Differences: []kiosk.Difference{},
	}
	if len(older) > 0 {
		x.Differences = append(x.Differences, shown(kiosk.Diff(older[0].Setup, e.Setup))...)
	}
	x.Count = len(x.Differences)
	return x
}

// nameOf gives what the user is called who did something, or nothing.
func (c *call) nameOf(by string) string {
	if id, ok := strings.CutPrefix(by, "user:"); ok {
		if u := c.Hall.View().Setup().User(id); u != nil {
			return u.Name
		}
	}
	return ""
}

// shown leaves the bytes of pictures out: a list of differences says only how large they are.
func shown(list []kiosk.Difference) []kiosk.Difference {
	for i := range list {
		x := &list[i]
		x.Was, x.Is = withoutPicture(x.Path, x.Was), withoutPicture(x.Path, x.Is)
	}
	return list
}

func withoutPicture(path string, value any) any {
	size := func(s string) string {
		if s == "" {
			return ""
		}
		return fmt.Sprintf("%d KB", (len(s)*3/4+1023)/1024)
	}
	switch x := value.(type) {
	case string:
		if strings.HasSuffix(path, ".picture") || strings.HasSuffix(path, ".crest") {
			return size(x)
		}
	case kiosk.Notice:
		x.Picture = size(x.Picture)
		return x
	}
	return value
}

// undoChange takes one change back; what was changed later stays.
func undoChange(c *call) error {
	var in struct{ Reason string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	events, err := c.change()
	if err != nil {
		return err
	}
	if len(events) < 2 {
		return kiosk.ErrNothingToUndo
	}
	v := c.Hall.View()
	setup, err := v.Setup().TakeBack(events[1].Setup, events[0].Setup)
	var clash kiosk.Overwritten
	if errors.As(err, &clash) {
		return kiosk.Overwritten(shown(clash))
	}
	if err != nil {
		return err
	}
	return c.replace(kiosk.ChangeSetup{Setup: setup, Seq: v.SetupSeq(), Reason: in.Reason, Of: events[0].Seq})
}

// replace puts another setup in place of the hall's, in the name of who asks. At least one admin who can sign
// in must stay.
func (c *call) replace(change kiosk.ChangeSetup) error {
	if err := c.mayReplace(change.Setup); err != nil {
		return err
	}
	old := c.Hall.View().Setup()
	for _, u := range change.Setup.Users {
		if old.User(u.ID) == nil { // his predecessor's farewell may have failed
			if err := c.farewell(u.ID); err != nil {
				return err
			}
		}
	}
	change.By = c.who.name()
	res, err := c.Hall.Do(c.r.Context(), change)
	if err != nil {
		return err
	}
	for _, u := range old.Users {
		if change.Setup.User(u.ID) == nil {
			if err := c.farewell(u.ID); err != nil {
				return err
			}
		}
	}
	return c.json(200, setupDocument{Seq: res.View.SetupSeq(), Setup: res.View.Setup()})
}

func (c *call) mayReplace(setup *kiosk.Setup) error {
	can, err := c.adminCanSignIn(setup)
	if err != nil {
		return err
	}
	if !can {
		return kiosk.Faults{{Field: "users", Problem: "last_admin", Detail: "at least one admin with a PIN must stay"}}
	}
	return nil
}
