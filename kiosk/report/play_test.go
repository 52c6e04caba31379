package report_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
)

// play lets some days of random, legal things happen.
func (s *stage) play(steps int) {
	for range steps {
		gap := rapid.SampledFrom([]time.Duration{0, time.Millisecond, 40 * time.Second, 2 * time.Minute, 7 * time.Minute, 15 * time.Minute, 40 * time.Minute}).Draw(s.T, "gap")
		if rapid.IntRange(0, 60).Draw(s.T, "night") == 60 {
			gap = rapid.SampledFrom([]time.Duration{9 * time.Hour, 24 * time.Hour, 70 * time.Hour}).Draw(s.T, "long")
		}
		if rapid.Bool().Draw(s.T, "uneven") { // else waits are whole quarters of an hour now and then, and just what was told
			gap += time.Duration(rapid.IntRange(0, 5000).Draw(s.T, "ms")) * time.Millisecond
		}
		s.now = s.now.Add(gap)
		s.step()
	}
}

func (s *stage) step() {
	one := func(of ...func() kiosk.Command) func() kiosk.Command { return rapid.SampledFrom(of).Draw(s.T, "what") }
	switch f := one(s.atCounter, s.atCounter, s.atCounter, s.atCounter, s.atCounter, s.atCounter, s.atCounter, s.take, s.take, s.take, s.take, s.take, s.ofTicket, s.ofTicket, s.rare, nil); f {
	case nil:
		s.doubt()
	default:
		if cmd := f(); cmd != nil {
			s.do(cmd)
		}
	}
}

// doubt lets the PC's clock become suspect, as the owner would say it. Times go on from the last event.
func (s *stage) doubt() {
	if s.hall.ClockSuspect() {
		s.do(kiosk.SetClock{Now: s.now, By: "user:dung"})
	}
	if rapid.IntRange(0, 9).Draw(s.T, "doubt") < 9 || s.hall.Seq() == 0 {
		return
	}
	s.apply([]kiosk.Event{{Type: kiosk.ClockStepped, At: s.now, By: "system", StepS: 3600, Reason: rapid.SampledFrom([]string{"jumped", "behind", "ahead"}).Draw(s.T, "why")}})
}

func (s *stage) token() string {
	s.n++
	return fmt.Sprint("t", s.n)
}

// old gives the token of a ticket of today, the rarer states more often; or nobody's.
func (s *stage) old() string {
	tokens := []string{"nobody"}
	for t := range s.hall.Tickets() {
		tokens = append(tokens, t.Token)
		if t.State == kiosk.NoShow || t.State == kiosk.Held || t.State == kiosk.Finished {
			tokens = append(tokens, t.Token, t.Token)
		}
	}
	return rapid.SampledFrom(tokens).Draw(s.T, "ticket")
}

func (s *stage) service() string {
	return rapid.SampledFrom(s.hall.Setup().Services).Draw(s.T, "service").ID
}

func (s *stage) reason() string {
	return rapid.SampledFrom([]string{"", "", "elderly", "child"}).Draw(s.T, "priority")
}

func (s *stage) take() kiosk.Command {
	if s.hall.Seq() == 0 {
		return kiosk.Probe{} // opens the first day
	}
	switch rapid.IntRange(0, 9).Draw(s.T, "take") {
	case 0:
		at := s.now.Add(-time.Duration(rapid.IntRange(0, 200).Draw(s.T, "before")) * time.Minute)
		service := s.service()
		number := fmt.Sprint(s.hall.Setup().Service(service).Prefix, 900+s.n%99)
		return kiosk.TakeWritten{Service: service, Number: number, At: at, Priority: s.reason(), Token: s.token(), By: "user:an"}
	case 1, 2:
		return s.appointment()
	}
	c := kiosk.Take{Service: s.service(), Priority: s.reason(), Token: s.token(), By: "device:k"}
	if other := s.service(); other != c.Service && rapid.Bool().Draw(s.T, "route") {
		c.Route = []string{other}
	}
	c.Wait.P50S = rapid.SampledFrom([]int{0, 0, 60, 900}).Draw(s.T, "p50")
	if c.Wait.P50S > 0 {
		c.Wait.P80S = c.Wait.P50S + rapid.SampledFrom([]int{0, 60, 3000}).Draw(s.T, "p80")
	}
	return c
}

func (s *stage) appointment() kiosk.Command {
	for a := range slices.Values(s.hall.Appointments()) {
		if rapid.Bool().Draw(s.T, "check in") {
			return kiosk.CheckIn{Appointment: a.Token, Token: s.token(), Priority: s.reason(), By: "device:k", Wait: kiosk.Range{P50S: 60, P80S: 90}}
		}
	}
	s.codes++
	slots := s.hall.Slots("land", s.now.In(s.hall.Location()).Format(time.DateOnly), s.now)
	if len(slots) == 0 {
		return nil
	}
	slot := slots[rapid.IntRange(0, min(2, len(slots)-1)).Draw(s.T, "slot")]
	return kiosk.Book{Service: "land", Slot: slot.Start, Token: fmt.Sprint("a", s.codes), Codes: []string{fmt.Sprint(100000 + s.codes)}, By: "citizen"}
}

func (s *stage) seat() kiosk.Operator {
	counter := rapid.SampledFrom(s.hall.Setup().Counters).Draw(s.T, "counter").ID
	c, _ := s.hall.Counter(counter)
	o := kiosk.Operator{Counter: counter, User: c.User}
	if c.User == "" || rapid.IntRange(0, 5).Draw(s.T, "manager") == 0 {
		o.User, o.Any = rapid.SampledFrom(s.hall.Setup().Users).Draw(s.T, "user").ID, true
	}
	return o
}

func (s *stage) atCounter() kiosk.Command {
	o := s.seat()
	c, _ := s.hall.Counter(o.Counter)
	if c.State == kiosk.CounterIsClosed {
		return kiosk.OpenCounter{Operator: o}
	}
	if c.InHand == "" {
		return rapid.SampledFrom([]kiosk.Command{kiosk.Next{Operator: o}, kiosk.Next{Operator: o}, kiosk.Next{Operator: o}, kiosk.Undo{Operator: o}, kiosk.ResumeCounter{Operator: o}, kiosk.ResumeCounter{Operator: o}, kiosk.CloseCounter{Operator: o}}).Draw(s.T, "idle")
	}
	dossiers := rapid.IntRange(0, 3).Draw(s.T, "dossiers")
	to := rapid.SampledFrom(s.hall.Setup().Counters).Draw(s.T, "to").ID
	return rapid.SampledFrom([]kiosk.Command{
		kiosk.Finish{Operator: o, Dossiers: dossiers}, kiosk.Finish{Operator: o, Dossiers: dossiers}, kiosk.Next{Operator: o, Finish: c.InHand, Dossiers: dossiers},
		kiosk.MarkNoShow{Operator: o}, kiosk.Hold{Operator: o}, kiosk.Transfer{Operator: o, Service: s.service()}, kiosk.Transfer{Operator: o, ToCounter: to},
		kiosk.Recall{Operator: o}, kiosk.PauseCounter{Operator: o}, kiosk.HandOver{Operator: o, To: "binh"},
	}).Draw(s.T, "at work")
}

func (s *stage) ofTicket() kiosk.Command {
	token := s.old()
	if t := s.hall.Ticket(token); t != nil && t.State == kiosk.Finished {
		if rapid.Bool().Draw(s.T, "undo") {
			return kiosk.Undo{Operator: kiosk.Operator{Counter: t.Counter, User: "dung", Any: true}}
		}
		return kiosk.Rate{Token: token, By: "citizen", Stars: rapid.IntRange(1, 5).Draw(s.T, "stars"), Reasons: rapid.SliceOfN(rapid.SampledFrom([]string{"quick", "quick", "Chờ lâu", "long_wait", "cô Hoa", "other"}), 0, 4).Draw(s.T, "reasons")}
	}
	return rapid.SampledFrom([]kiosk.Command{
		kiosk.Return{Token: token, By: "device:k"}, kiosk.Return{Token: token, By: "device:k"}, kiosk.Cancel{Token: token, By: "citizen"},
		kiosk.SetPriority{Token: token, Priority: s.reason(), Reason: "seen", By: "user:an"},
		kiosk.CallTicket{Operator: s.seat(), Token: token, Reason: rapid.SampledFrom([]string{"", "asked"}).Draw(s.T, "why")},
	}).Draw(s.T, "of a ticket")
}

func (s *stage) rare() kiosk.Command {
	switch rapid.IntRange(0, 9).Draw(s.T, "rare") {
	case 0:
		return kiosk.CloseDay{By: "user:dung"}
	case 1, 2, 3, 4:
		ahead := rapid.SampledFrom([]time.Duration{0, time.Second, time.Hour}).Draw(s.T, "set")
		return kiosk.SetClock{Now: s.now.Add(ahead), By: "user:dung"}
	}
	x := *s.hall.Setup()
	x.Services, x.Counters, x.Users = slices.Clone(x.Services), slices.Clone(x.Counters), slices.Clone(x.Users)
	s.codes++
	switch rapid.IntRange(0, 5).Draw(s.T, "change") {
	case 0:
		x.Services[len(x.Services)-1].Name.VI += "!"
	case 1: // the last ones go, and others come in the end
		x.Services = append(x.Services[:2:2], kiosk.Service{ID: fmt.Sprint("s", s.codes), Name: kiosk.Text{VI: fmt.Sprint("Mới ", s.codes)}, Prefix: "Z", MeanS: 60})
		for i := range x.Counters {
			x.Counters[i].Services = []string{x.Services[2].ID, "land"}
		}
	case 2:
		x.Counters = append(x.Counters[:len(x.Counters)-1], kiosk.Counter{ID: fmt.Sprint(10 + s.codes), Name: kiosk.Text{VI: "Mới"}, Services: []string{"land", "civil"}})
	case 3:
		x.Users = slices.DeleteFunc(x.Users, func(u kiosk.User) bool { return u.ID == "chi" || u.ID == "binh" && s.codes%2 == 0 })
	case 4:
		x.Users[0].Name += "!"
	case 5:
		x.TimeZone = rapid.SampledFrom([]string{"Asia/Ho_Chi_Minh", "America/New_York"}).Draw(s.T, "zone")
	}
	return kiosk.ChangeSetup{Setup: &x, Seq: s.hall.SetupSeq(), By: "user:admin"}
}
