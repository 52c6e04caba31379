package web

import (
	"slices"
	"time"

	"layso/kiosk"
)

// How long a counter's second screen asks for an opinion after a ticket was finished. Where one key finished it
// and called the next number, the citizen still stands there while the next one walks: shorter. Who touched in time
// gets rateGrace to add reasons or to change his mind, unless the next number is called in a step of its own.
const (
	askFor    = 45 * time.Second
	askBeside = 20 * time.Second
	rateGrace = 30 * time.Second
)

// A counter's screen may send screenBurst ratings at once, and then one each screenEvery.
const (
	screenBurst = 20
	screenEvery = 3 * time.Second
)

const maxReasons = 10

func ratingRoutes() []route {
	return []route{
		{"GET", "/api/counters/{id}/screen", counterDevice, getCounterScreen},
		{"POST", "/api/counters/{id}/rate", counterDevice, rateAtCounter},
	}
}

// counterScreen is what a counter's second screen shows. It holds no token: who has one could cancel a ticket.
type counterScreen struct {
	ID     string            `json:"id"`
	Name   string            `json:"name"`
	NameEN string            `json:"name_en"`
	State  kiosk.CounterMode `json:"state"`
	Now    *string           `json:"now"` // number in hand
	Ask    *askStatus        `json:"ask"` // whose opinion it asks for; null: nobody's
}

type askStatus struct {
	Ticket string     `json:"ticket"` // handle for this screen, not the ticket's token
	Number string     `json:"number"`
	Lang   kiosk.Lang `json:"lang"`
	Stars  int        `json:"stars"` // as rated already, else 0
	LeftS  float64    `json:"left_s"`
}

// standing gives the counter of the path, for the device that stands at it.
func (c *call) standing() (kiosk.CounterState, error) {
	state, ok := c.Hall.View().Counter(c.r.PathValue("id"))
	switch {
	case !ok:
		return state, kiosk.ErrUnknownCounter
	case !slices.Contains(c.who.device.Counters, state.ID):
		return state, errForbidden
	}
	return state, nil
}

// askedAbout gives the ticket whose citizen may say his opinion at the counter, and how long the screen still asks
// for it, which may be over; nil when nobody's is to be asked for.
func askedAbout(v *kiosk.View, s kiosk.CounterState, now time.Time) (*kiosk.Ticket, time.Duration) {
	t := v.Ticket(s.Ended)
	if t == nil || t.State != kiosk.Finished || t.Counter != s.ID {
		return nil, 0
	}
	long := askFor
	if next := v.Ticket(s.InHand); next != nil {
		if !next.CalledAt.Equal(t.EndedAt) {
			return nil, 0
		}
		long = askBeside
	}
	return t, long - now.Sub(t.EndedAt)
}

// handle names a ticket to a counter's screen, which gets no token.
func handle(t *kiosk.Ticket) string { return hashKey(t.Token)[:32] }

func getCounterScreen(c *call) error {
	s, err := c.standing()
	if err != nil {
		return err
	}
	v := c.Hall.View()
	setup := v.Setup().Counter(s.ID)
	out := counterScreen{ID: s.ID, Name: setup.Name.VI, NameEN: setup.Name.In(kiosk.English), State: s.State}
	if t := v.Ticket(s.InHand); t != nil {
		out.Now = &t.Number
	}
	if t, left := askedAbout(v, s, c.Now()); left > 0 {
		out.Ask = &askStatus{handle(t), t.Number, t.Lang, t.Stars, left.Seconds()}
	}
	return c.json(200, out)
}

// rateAtCounter takes the opinion of the citizen who was served at the counter last. A touch that comes too late
// is refused, and counts for nobody.
func rateAtCounter(c *call) error {
	s, err := c.standing()
	if err != nil {
		return err
	}
	var in struct {
		Ticket string
		ratingBody
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	reasons, err := in.check(false)
	if err != nil {
		return err
	}
	if wait := c.screens.take(c.who.device.ID, c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	t, left := askedAbout(c.Hall.View(), s, c.Now())
	if left <= -rateGrace || t == nil || !sameText(in.Ticket, handle(t)) {
		return errRatingOver
	}
	cmd := kiosk.Rate{Token: t.Token, By: "device:" + c.who.device.ID, Stars: in.Stars, Reasons: reasons}
	if _, err := c.Hall.Do(c.r.Context(), cmd); err != nil {
		return err
	}
	return getCounterScreen(c)
}

// ratingBody is an opinion.
type ratingBody struct {
	Stars   int      `json:"stars"`
	Reasons []string `json:"reasons"`
}

// check gives the codes of the reasons, each once. Words that are no code are [kiosk.OtherReason] where they may
// be free, else a mistake.
func (in ratingBody) check(free bool) ([]string, error) {
	if in.Stars < 1 || in.Stars > 5 {
		return nil, invalid("stars")
	}
	if len(in.Reasons) > maxReasons {
		return nil, invalid("reasons")
	}
	var codes []string
	for _, reason := range in.Reasons {
		if err := checkText("reasons", reason); err != nil {
			return nil, err
		}
		code := kiosk.ReasonCode(reason)
		if code != reason && !free {
			return nil, invalid("reasons")
		}
		if !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// rateTicket takes the opinion of whoever has the ticket's token.
func rateTicket(c *call) error {
	var in ratingBody
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	reasons, err := in.check(true)
	if err != nil {
		return err
	}
	token := c.r.PathValue("token")
	if c.Hall.View().Ticket(token) != nil {
		if wait := c.ratings.take(token, c.Steady()); wait > 0 {
			return tooMany{wait}
		}
	}
	return c.do(kiosk.Rate{Token: token, By: "citizen", Stars: in.Stars, Reasons: reasons})
}
