package web

import (
	"net/http"

	"layso/kiosk"
)

// operator is the signed-in user at the counter of the path; managers may act at any counter.
func (c *call) operator() kiosk.Operator {
	return kiosk.Operator{Counter: c.r.PathValue("id"), User: c.who.user.ID, Any: c.who.user.Role.Includes(kiosk.Manager)}
}

// handBody is what every action on the ticket in hand may carry: the token of the ticket that the
// clerk sees and the service that he sees it for, so that a request that comes late or twice cannot
// hit another one, nor the next step of its route.
type handBody struct {
	Ticket string `json:"ticket"`
	For    string `json:"for"`
}

// handAction reads the body of an action on the ticket in hand, which holds hand, and says who acts.
func (c *call) handAction(body any, hand *handBody) (kiosk.Operator, error) {
	o := c.operator()
	if err := decode(c.r, body, maxBody); err != nil {
		return o, err
	}
	if hand.Ticket != "" && !tokenForm.MatchString(hand.Ticket) {
		return o, invalid("ticket")
	}
	o.InHand, o.For = hand.Ticket, hand.For
	return o, nil
}

func getCounter(c *call) error { return c.counter(c.Hall.View()) }

// seat carries out a command about the counter itself. The body may hold a reason.
func (c *call) seat(cmd func(reason string) kiosk.Command) error {
	var in struct{ Reason string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	res, err := c.Hall.Do(c.r.Context(), cmd(in.Reason))
	if err != nil {
		return err
	}
	return c.counter(res.View)
}

func openCounter(c *call) error {
	return c.seat(func(string) kiosk.Command { return kiosk.OpenCounter{Operator: c.operator()} })
}

func closeCounter(c *call) error {
	return c.seat(func(string) kiosk.Command { return kiosk.CloseCounter{Operator: c.operator()} })
}

func pauseCounter(c *call) error {
	return c.seat(func(why string) kiosk.Command { return kiosk.PauseCounter{Operator: c.operator(), Reason: why} })
}

func resumeCounter(c *call) error {
	return c.seat(func(string) kiosk.Command { return kiosk.ResumeCounter{Operator: c.operator()} })
}

func callNext(c *call) error {
	var in struct {
		Finish   *string
		For      string
		Dossiers int
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	cmd := kiosk.Next{Operator: c.operator(), Dossiers: in.Dossiers}
	cmd.For = in.For
	if in.Finish != nil {
		if !tokenForm.MatchString(*in.Finish) {
			return invalid("finish")
		}
		cmd.Finish = *in.Finish
	}
	res, err := c.Hall.Do(c.r.Context(), cmd)
	if err != nil {
		return err
	}
	if res.Token == "" {
		c.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return c.ticket(200, res.View, res.Token)
}

func recallTicket(c *call) error {
	var in handBody
	o, err := c.handAction(&in, &in)
	if err != nil {
		return err
	}
	return c.do(kiosk.Recall{Operator: o})
}

func finishTicket(c *call) error {
	var in struct {
		handBody
		Dossiers int
	}
	o, err := c.handAction(&in, &in.handBody)
	if err != nil {
		return err
	}
	if in.Dossiers < 0 || in.Dossiers > 1000 {
		return invalid("dossiers")
	}
	return c.do(kiosk.Finish{Operator: o, Dossiers: in.Dossiers})
}

func markNoShow(c *call) error {
	var in handBody
	o, err := c.handAction(&in, &in)
	if err != nil {
		return err
	}
	return c.do(kiosk.MarkNoShow{Operator: o})
}

func undoLast(c *call) error {
	if err := decode(c.r, &struct{}{}, maxBody); err != nil {
		return err
	}
	return c.do(kiosk.Undo{Operator: c.operator()})
}

func holdTicket(c *call) error {
	var in struct {
		handBody
		Reason string
	}
	o, err := c.handAction(&in, &in.handBody)
	if err != nil {
		return err
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	return c.do(kiosk.Hold{Operator: o, Reason: in.Reason})
}

func transferTicket(c *call) error {
	var in struct {
		handBody
		Service, Counter string
	}
	o, err := c.handAction(&in, &in.handBody)
	if err != nil {
		return err
	}
	if in.Service == "" && in.Counter == "" {
		return invalid("service")
	}
	return c.do(kiosk.Transfer{Operator: o, Service: in.Service, ToCounter: in.Counter})
}

func callTicket(c *call) error {
	var in struct{ Token, Reason string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if in.Token == "" {
		return invalid("token")
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	return c.expired(c.do(kiosk.CallTicket{Operator: c.operator(), Token: in.Token, Reason: in.Reason}), in.Token)
}

// getWaiting lists who waits in calling order, then who is on hold, and with ?no_show=1 then who
// did not come today.
func getWaiting(c *call) error {
	v, f := c.Hall.View(), c.Hall.Forecast()
	out := []kiosk.TicketStatus{}
	for _, t := range append(v.Waiting(), v.Held()...) {
		out = append(out, v.Status(t, f, c.BaseURL))
	}
	if c.r.URL.Query().Get("no_show") == "1" {
		for t := range v.Tickets() {
			if t.State == kiosk.NoShow {
				out = append(out, v.Status(t, f, c.BaseURL))
			}
		}
	}
	return c.json(200, out)
}
