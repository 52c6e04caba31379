package web

import (
	"time"

	"layso/kiosk"
)

type undoStatus struct {
	Number string      `json:"number"`
	State  kiosk.State `json:"state"`
}

// helpAsk is a counter's call for the manager.
type helpAsk struct {
	Since  time.Time `json:"since"`
	Reason string    `json:"reason,omitempty"`
}

type counterStatus struct {
	ID       string              `json:"id"`
	Name     string              `json:"name"`
	NameEN   string              `json:"name_en"`
	State    kiosk.CounterMode   `json:"state"`
	User     *string             `json:"user"`
	UserName string              `json:"user_name,omitempty"`
	Services []string            `json:"services"`
	Assist   []string            `json:"assist"`
	Reason   string              `json:"reason,omitempty"`
	Since    *time.Time          `json:"since"`
	Ticket   *kiosk.TicketStatus `json:"ticket"`
	MeanS    int                 `json:"mean_s,omitempty"` // how long the service of the ticket in hand usually takes
	Help     *helpAsk            `json:"help"`             // null: the clerk does not ask for the manager
	Undo     *undoStatus         `json:"undo"`
	Hint     *kiosk.TicketStatus `json:"hint"` // waits for this idle counter before any other
	Next     *string             `json:"next"` // token of the ticket that Next would call
}

// counter answers with everything that the counter page shows of a counter.
func (c *call) counter(v *kiosk.View) error {
	state, ok := v.Counter(c.r.PathValue("id"))
	if !ok {
		return kiosk.ErrUnknownCounter
	}
	setup := v.Setup().Counter(state.ID)
	out := counterStatus{
		ID: state.ID, Name: setup.Name.VI, NameEN: setup.Name.In(kiosk.English), State: state.State,
		Services: setup.Services, Assist: append([]string{}, setup.Assist...), Reason: state.Reason,
	}
	if state.User != "" {
		out.User, out.UserName = &state.User, userName(v, state.User)
	}
	if !state.Since.IsZero() {
		since := state.Since.In(v.Location())
		out.Since = &since
	}
	if !state.Help.IsZero() {
		out.Help = &helpAsk{state.Help.In(v.Location()), state.Ask}
	}
	c.queueOf(&out, v, state)
	return c.json(200, out)
}

// queueOf fills in the tickets that the counter has to do with.
func (c *call) queueOf(out *counterStatus, v *kiosk.View, state kiosk.CounterState) {
	if t := v.Ticket(state.InHand); t != nil {
		st := v.Status(t, c.Hall.Forecast(), c.BaseURL)
		out.Ticket = &st
		if s := v.Setup().Service(t.Service); s != nil {
			out.MeanS = s.MeanS
		}
	}
	if t := v.Undoable(state); t != nil {
		out.Undo = &undoStatus{t.Number, t.State}
	}
	now := c.Now()
	if t := v.Hints(now)[state.ID]; t != nil {
		st := v.Status(t, c.Hall.Forecast(), c.BaseURL)
		out.Hint = &st
	}
	if t := v.Pool().First(v.Reach(state.ID), now.UnixMilli()); t != nil {
		out.Next = &t.Token
	}
}
