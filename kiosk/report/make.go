package report

import (
	"slices"

	"layso/kiosk"
)

// report makes the report of the table's days.
func (t *table) report(from, to string) kiosk.Report {
	r := kiosk.NewReport(from, to)
	g, waits, lengths := t.columns(), t.waits(), t.lengths()
	count := func(g grouping) []kiosk.Figures { return t.count(g, waits, lengths) }
	r.Total = count(t.byTicket(g, 1, func(*ticket) uint16 { return 0 }))[0]
	for i, f := range count(t.byService(g)) {
		if n := t.services.names[i]; i < t.servicesNow || f != (kiosk.Figures{}) {
			r.Services = append(r.Services, kiosk.ServiceFigures{ID: n.id, Name: n.text.VI, NameEN: n.text.EN, Figures: f})
		}
	}
	for i, f := range count(t.byDesk(g, len(t.counters.names), func(d desk) uint16 { return d.counter })) {
		if n := t.counters.names[i]; i < t.countersNow || f != (kiosk.Figures{}) {
			r.Counters = append(r.Counters, kiosk.CounterFigures{ID: n.id, Name: n.text.VI, NameEN: n.text.EN, Figures: f})
		}
	}
	for i, f := range count(t.byDesk(g, len(t.clerks.names), func(d desk) uint16 { return d.clerk })) {
		if n := t.clerks.names[i]; f != (kiosk.Figures{}) {
			r.Clerks = append(r.Clerks, kiosk.ClerkFigures{ID: n.id, Name: n.text.VI, Figures: f})
		}
	}
	for hour, f := range count(t.byTicket(g, unknownHour, func(x *ticket) uint16 { return known(x.hour) })) {
		if f.Taken > 0 {
			r.Hours = append(r.Hours, kiosk.HourFigures{Hour: hour, Figures: f})
		}
	}
	t.calendar(&r, g, count)
	t.heat(&r)
	t.rate(&r)
	return r
}

// total makes the figures of all of the table's tickets.
func (t *table) total() kiosk.Figures {
	return t.count(t.byTicket(t.columns(), 1, func(*ticket) uint16 { return 0 }), t.waits(), t.lengths())[0]
}

func known(hour uint8) uint16 {
	if hour == unknownHour {
		return nobody
	}
	return uint16(hour)
}

// calendar fills in the days, weeks and months.
func (t *table) calendar(r *kiosk.Report, g grouping, count func(grouping) []kiosk.Figures) {
	var days, weeks, months periods
	for _, d := range slices.Backward(t.days) {
		days.add(d.date)
		weeks.add(weekOf(d.date))
		months.add(monthOf(d.date))
		if d.taken > 0 {
			r.BusinessDays++
		}
	}
	each := func(p *periods, row func(name string, f kiosk.Figures)) {
		for i, f := range count(t.byTicket(g, len(p.names), func(x *ticket) uint16 { return p.of[len(t.days)-1-int(x.day)] })) {
			if f.Taken > 0 {
				row(p.names[i], f)
			}
		}
	}
	each(&days, func(day string, f kiosk.Figures) { r.Days = append(r.Days, kiosk.DayFigures{Day: day, Figures: f}) })
	each(&weeks, func(week string, f kiosk.Figures) {
		from, to := boundsOf(week)
		r.Weeks = append(r.Weeks, kiosk.WeekFigures{Week: week, From: max(from, r.From), To: min(to, r.To), Figures: f})
	})
	each(&months, func(month string, f kiosk.Figures) {
		r.Months = append(r.Months, kiosk.MonthFigures{Month: month, Figures: f})
	})
}

// periods numbers what the days belong to, in order.
type periods struct {
	names []string
	of    []uint16 // of each day
}

func (p *periods) add(name string) {
	if n := len(p.names); n == 0 || p.names[n-1] != name {
		p.names = append(p.names, name)
	}
	p.of = append(p.of, uint16(len(p.names)-1))
}

// heat fills in the hours of the weekdays.
func (t *table) heat(r *kiosk.Report) {
	type cell struct {
		taken, called int
		waited        int64
	}
	var cells [7][unknownHour]cell
	var days [7]int
	weekdays := make([]int, len(t.days)) // 0 Monday
	for i, d := range t.days {
		weekdays[i] = weekdayOf(d.date)
		if d.taken > 0 {
			days[weekdays[i]]++
		}
	}
	for i := range t.tickets {
		x := &t.tickets[i]
		if x.hour == unknownHour {
			continue
		}
		c := &cells[weekdays[x.day]][x.hour]
		c.taken++
		if x.wait >= 0 {
			c.called++
			c.waited += int64(x.wait)
		}
	}
	for weekday := range cells {
		for hour, c := range cells[weekday] {
			if c.taken > 0 {
				r.Heat = append(r.Heat, kiosk.HeatCell{Weekday: weekday + 1, Hour: hour, Taken: c.taken, Days: days[weekday], MeanWaitS: mean(c.waited, c.called)})
			}
		}
	}
}
