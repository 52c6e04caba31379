package kiosk_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sort"
	"strings"
	"time"

	"layso/kiosk"
)

var quiet = slog.New(slog.DiscardHandler)

// dump writes everything that a view says.
func dump(v *kiosk.View) string {
	noon := time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)
	var tickets []kiosk.TicketStatus
	for t := range v.Tickets() {
		tickets = append(tickets, v.Status(t, nil, "http://hall"))
	}
	all := map[string]any{
		"hall": v.Hall(noon, nil), "tickets": tickets, "day": []any{v.Day(), v.DayFirst(), v.SetupSeq(), v.At(), v.Count()},
		"waiting": numbers(v.Waiting()), "held": numbers(v.Held()), "jobs": numbers(v.PrintJobs()),
		"rolls": v.Rolls(), "setup": v.Setup(), "booked": fmt.Sprint(bookings(v)), "counters": fmt.Sprintf("%+v", v.Counters()),
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func bookings(v *kiosk.View) []kiosk.Appointment {
	var out []kiosk.Appointment
	for _, a := range v.Appointments() {
		out = append(out, *a)
	}
	return out
}

func numbers(list []*kiosk.Ticket) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, t.Number)
	}
	return out
}

// compare wants the published view and the model to say the same.
func (h *history) compare() {
	v, trails := h.owner.View(), h.trails()
	h.same("business day", v.Day(), time.Unix(0, 0).UTC().AddDate(0, 0, int(h.m.day)).Format(time.DateOnly))
	h.same("day closed, clock suspect", [2]bool{v.DayClosed(), v.ClockSuspect()}, [2]bool{h.m.over, h.m.time.onRecord})
	h.same("number of tickets", v.Count(), len(h.m.tickets))
	i := 0
	for t := range v.Tickets() {
		want := h.m.tickets[i]
		want.modelHidden = modelHidden{}
		h.same("key of "+t.Number, t.Key(), h.m.tickets[i].key())
		h.same("ticket", plain(t), want)
		ahead := 0
		if t.State == kiosk.Waiting {
			ahead = h.m.ahead(&h.m.tickets[i])
		}
		h.same("ahead of "+t.Number, v.Ahead(t), ahead)
		h.same("the ticket by its token", v.Ticket(t.Token), t)
		h.same("trail of "+t.Number, fmt.Sprint(t.Trail()), fmt.Sprint(trails[t.Token]))
		i++
	}
	for k, c := range v.Counters() {
		got := modelCounter{ID: c.ID, State: string(c.State), User: c.User, Reason: c.Reason, InHand: c.InHand, Ended: c.Ended, Help: millis(c.Help), Ask: c.Ask}
		want := h.m.counters[k]
		want.modelMemory = modelMemory{}
		h.same("counter", got, want)
	}
	for _, token := range h.told {
		if v.Ticket(token) == nil {
			h.Fatalf("ticket %s is lost", token)
		}
	}
	h.compareLists(v)
	h.compareBookings(v)
	h.compareRolls(v)
	h.compareFeed(v)
}

// trails gives the seqs of the events of each ticket as the log has them.
func (h *history) trails() map[string][]uint64 {
	out := map[string][]uint64{}
	for _, e := range h.log.all() {
		out[e.Ticket] = append(out[e.Ticket], e.Seq)
	}
	return out
}

// compareFeed wants the readers' events from memory to be those of the log up to the view, or none.
func (h *history) compareFeed(v *kiosk.View) {
	since := v.Seq() - uint64(dice(h.T, "since", int(min(v.Seq(), 40))))
	events, ok := h.owner.Since(since, 100)
	for i, e := range h.log.all()[since:] {
		if ok && (i >= len(events) || events[i].Seq != e.Seq || events[i].Type != e.Type) {
			h.Fatalf("the feed since %d has %d events, not event %d (%s)", since, len(events), e.Seq, e.Type)
		}
	}
}

func (h *history) compareLists(v *kiosk.View) {
	var waiting []*modelTicket
	var jobs, order, calls, held []string
	in := map[string]int{}
	for i := range h.m.tickets {
		t := &h.m.tickets[i]
		if t.State == "waiting" {
			waiting = append(waiting, t)
			in[t.Service]++
		}
		if t.Print == "queued" || t.Print == "sending" {
			jobs = append(jobs, t.Number)
		}
	}
	sort.Slice(waiting, func(i, k int) bool { return earlier(waiting[i], waiting[k]) })
	for _, t := range waiting {
		order = append(order, t.Number)
	}
	for _, c := range v.RecentCalls() {
		calls = append(calls, c.Number)
	}
	for _, token := range h.m.held {
		held = append(held, h.m.ticket(token).Number)
	}
	for _, t := range slices.Concat(v.Waiting(), v.PrintJobs(), v.Held()) {
		h.same("the ticket on a list", t, v.Ticket(t.Token))
	}
	h.list("waiting", numbers(v.Waiting()), order)
	h.list("print jobs", numbers(v.PrintJobs()), jobs)
	h.list("held", numbers(v.Held()), held)
	h.list("recent calls", calls, h.m.recent)
	for _, s := range h.m.setup.Services {
		h.same("waiting in "+s.ID, v.WaitingIn(s.ID), in[s.ID])
	}
}

func (h *history) same(what string, got, want any) {
	if got != want {
		h.Fatalf("%s:\ngot  %+v\nwant %+v", what, got, want)
	}
}

func (h *history) list(what string, got, want []string) {
	if !slices.Equal(got, want) {
		h.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// plain is a ticket as the model keeps it.
func plain(t *kiosk.Ticket) modelTicket {
	return modelTicket{
		Number: t.Number, Token: t.Token, Service: t.Service, Priority: t.Priority, Device: t.Device, State: string(t.State),
		Counter: t.Counter, Reason: t.Reason, Print: string(t.Print), PrintFault: t.PrintFault, Route: strings.Join(t.Route, " "), Booked: t.Booked,
		Credit: t.CreditS, Calls: t.Calls, Ahead: t.Ahead, Stars: t.Stars, Dossiers: t.Dossiers, Prints: t.Prints, Order: t.Ord, Misses: t.Misses,
		Printer: t.Printer, PrintedOn: t.PrintedOn, PrintBy: t.PrintBy, PrintAsked: millis(t.PrintAsked),
		Undated: t.Undated, Written: t.Written, Confirmed: t.Confirmed, Slot: millis(t.Slot),
		Issued: millis(t.IssuedAt), CalledAt: millis(t.CalledAt), Ended: millis(t.EndedAt),
	}
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
