package forecast_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/kiosk/forecast"
)

// randomStage is a hall with random skills in the middle of its work, whose times are partly learned.
func randomStage(t *testing.T, r *rapid.T, assist bool) *stage {
	var services []kiosk.Service
	var ids []string
	for i := range rapid.IntRange(1, 4).Draw(r, "services") {
		ids = append(ids, fmt.Sprint("s", i))
		services = append(services, service(ids[i], rapid.IntRange(10, 1200).Draw(r, "mean")))
	}
	var counters []kiosk.Counter
	for i := range rapid.IntRange(1, 4).Draw(r, "counters") {
		skills := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID).Draw(r, "skills")
		c := counter(fmt.Sprint(i+1), skills...)
		for _, id := range ids {
			if assist && !slices.Contains(skills, id) && rapid.Bool().Draw(r, "assists") {
				c.Assist = append(c.Assist, id)
			}
		}
		counters = append(counters, c)
	}
	s := newStage(t, services, counters...)
	for range rapid.IntRange(0, 60).Draw(r, "steps") {
		s.now = s.now.Add(time.Duration(rapid.IntRange(0, 300_000).Draw(r, "ms")) * time.Millisecond)
		s.try(r, ids, counters)
	}
	for range rapid.IntRange(0, 30).Draw(r, "learned") {
		id := rapid.SampledFrom(ids).Draw(r, "of")
		s.model.Served(id, time.Duration(rapid.IntRange(1, 2000).Draw(r, "took"))*time.Second)
		s.model.Arrived(id, rapid.SampledFrom([]int{600, 1800}).Draw(r, "credit"), s.now.In(s.hall.Location()))
	}
	return s
}

// try carries one random command out, and nothing when the hall refuses it.
func (s *stage) try(r *rapid.T, ids []string, counters []kiosk.Counter) {
	c := kiosk.Operator{Counter: rapid.SampledFrom(counters).Draw(r, "counter").ID, User: "an"}
	kinds := []string{"take", "take", "take", "open", "next", "next", "pause", "close", "finish", "transfer", "miss", "hold", "return", "undo", "priority", "cancel", "move"}
	var cmd kiosk.Command
	switch rapid.SampledFrom(kinds).Draw(r, "command") {
	case "take":
		s.taken++
		priority := rapid.SampledFrom([]string{"", "", "elderly", "child"}).Draw(r, "priority")
		take := kiosk.Take{Service: rapid.SampledFrom(ids).Draw(r, "service"), Priority: priority, Token: fmt.Sprint("t", s.taken)}
		take.Wait = kiosk.Range{P50S: rapid.IntRange(0, 900).Draw(r, "p50")}
		take.Wait.P80S = take.Wait.P50S + rapid.IntRange(0, 600).Draw(r, "p80")
		if then := rapid.SampledFrom(ids).Draw(r, "then"); then != take.Service && rapid.Bool().Draw(r, "goes on") {
			take.Route = []string{then}
		}
		cmd = take
	case "open":
		cmd = kiosk.OpenCounter{Operator: c}
	case "next":
		cmd = kiosk.Next{Operator: c}
	case "pause":
		cmd = kiosk.PauseCounter{Operator: c}
	case "close":
		cmd = kiosk.CloseCounter{Operator: c}
	case "finish":
		cmd = kiosk.Finish{Operator: c}
	case "transfer":
		cmd = kiosk.Transfer{Operator: c, ToCounter: rapid.SampledFrom(counters).Draw(r, "to").ID}
	case "move":
		cmd = kiosk.Transfer{Operator: c, Service: rapid.SampledFrom(ids).Draw(r, "service")}
	case "miss":
		cmd = kiosk.MarkNoShow{Operator: c}
	case "hold":
		cmd = kiosk.Hold{Operator: c}
	case "undo":
		cmd = kiosk.Undo{Operator: c}
	default:
		cmd = s.about(r)
	}
	if d, err := s.hall.Decide(cmd, s.now); err == nil {
		s.apply(d.Events)
	}
}

// about is a random command about any ticket.
func (s *stage) about(r *rapid.T) kiosk.Command {
	token := fmt.Sprint("t", rapid.IntRange(1, s.taken+1).Draw(r, "ticket"))
	switch rapid.SampledFrom([]string{"return", "cancel", "priority", "call"}).Draw(r, "about") {
	case "return":
		return kiosk.Return{Token: token}
	case "cancel":
		return kiosk.Cancel{Token: token}
	case "priority":
		return kiosk.SetPriority{Token: token, Priority: rapid.SampledFrom([]string{"", "elderly"}).Draw(r, "priority"), By: "user:an"}
	}
	counters := s.hall.Counters()
	return kiosk.CallTicket{Operator: seat(rapid.SampledFrom(counters).Draw(r, "counter").ID), Token: token, Reason: "asked"}
}

func TestForecastOfRandomHalls(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r, true)
		f := s.forecast()
		var waiting []string
		for _, x := range s.hall.Waiting() {
			waiting = append(waiting, x.Token)
		}
		if got := slices.Sorted(maps.Keys(f.Tickets)); !slices.Equal(got, slices.Sorted(slices.Values(waiting))) {
			r.Fatalf("forecast for %v, waiting are %v", got, waiting)
		}
		for token, got := range f.Tickets {
			sane(r, token, got)
		}
		for _, x := range s.hall.Setup().Services {
			row := f.Table[x.ID]
			if len(row) != 3 || row[1800].P50S > row[600].P50S || row[600].P50S > row[0].P50S {
				r.Fatalf("%s: a larger credit waits longer: %v", x.ID, row)
			}
			for credit, got := range row {
				sane(r, fmt.Sprint(x.ID, " ", credit), got)
			}
		}
	})
}

func sane(r *rapid.T, what string, got kiosk.Range) {
	if got.P50S < 0 || got.P80S < got.P50S || got.P80S > 1000*1200 {
		r.Fatalf("%s: %+v", what, got)
	}
}

// What the table promises is what the ticket gets once it is taken: with the same seed to the second,
// for the new ticket changes nothing until it is called.
func TestTheTableIsKept(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r, false)
		x := rapid.SampledFrom(s.hall.Setup().Services).Draw(r, "service").ID
		priority := rapid.SampledFrom([]string{"", "elderly", "child"}).Draw(r, "of")
		credit := map[string]int{"": 0, "elderly": 1800, "child": 600}[priority]
		before := s.forecast()
		promised := before.New(x, credit)
		token := s.take(x, priority)
		if got := s.forecast().Tickets[token]; got != promised {
			r.Fatalf("%s with credit %d: promised %+v, got %+v", x, credit, promised, got)
		}
	})
}

// A forecast changes nothing in its moment, so that a simulator can go on with it.
func TestMomentIsKept(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := randomStage(t, r, true)
		m := forecast.MomentOf(s.hall.Snapshot(), s.now, s.model)
		var simulation forecast.Simulation
		a := simulation.Run(m, s.model, forecast.Rollouts{N: 60})
		b := simulation.Run(m, s.model, forecast.Rollouts{N: 60})
		if !maps.Equal(a.Tickets, b.Tickets) {
			r.Fatal("the second forecast of a moment differs")
		}
		for _, x := range s.hall.Waiting() {
			if x.Ord != s.hall.Ticket(x.Token).Ord || x.State != kiosk.Waiting {
				r.Fatalf("ticket %s was changed", x.Token)
			}
		}
	})
}
