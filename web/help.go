package web

import (
	"cmp"
	"slices"
	"time"

	"layso/kiosk"
)

// helpStatus is a clerk who asks for the manager.
type helpStatus struct {
	Counter  string    `json:"counter"`
	Name     string    `json:"name"` // of the counter
	NameEN   string    `json:"name_en"`
	User     string    `json:"user"`
	UserName string    `json:"user_name,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	Since    time.Time `json:"since"`
}

// helps gives who asks for help, who asked first at the front.
func helps(v *kiosk.View) []helpStatus {
	out := []helpStatus{}
	for _, x := range v.Counters() {
		if x.Help.IsZero() {
			continue
		}
		row := helpStatus{Counter: x.ID, User: x.User, UserName: userName(v, x.User), Reason: x.Ask, Since: x.Help.In(v.Location())}
		if counter := v.Setup().Counter(x.ID); counter != nil {
			row.Name, row.NameEN = counter.Name.VI, counter.Name.In(kiosk.English)
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b helpStatus) int { return cmp.Compare(a.Since.UnixMilli(), b.Since.UnixMilli()) })
	return out
}

// userName is what a user is called, or empty where the hall does not have him any more.
func userName(v *kiosk.View, id string) string {
	if u := v.Setup().User(id); u != nil {
		return u.Name
	}
	return ""
}

func getHelp(c *call) error { return c.json(200, helps(c.Hall.View())) }

func callHelp(c *call) error {
	return c.seat(func(why string) kiosk.Command { return kiosk.CallHelp{Operator: c.operator(), Reason: why} })
}

func answerHelp(c *call) error {
	return c.seat(func(string) kiosk.Command { return kiosk.AnswerHelp{Operator: c.operator()} })
}
