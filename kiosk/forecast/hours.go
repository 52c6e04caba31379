package forecast

import (
	"cmp"
	"slices"
	"time"

	"layso/kiosk"
)

// hall gives today's opening hours of the hall, in order; none on a closed day or when it never closes.
func (f *floor) hall() []Break { return f.spans(&f.view.Setup().Hours) }

// spans gives today's part of the hours, in order; none while nobody knows what time it is.
func (f *floor) spans(h *kiosk.Hours) []Break {
	if h.Always || f.view.ClockSuspect() || f.view.Setup().ClosedOn(f.local.Format(time.DateOnly)) != nil {
		return nil
	}
	var out []Break
	for _, s := range h.On(f.local.Weekday()) {
		out = append(out, Break{f.minute(s.From), f.minute(s.To)})
	}
	return joined(out)
}

// minute gives the time of a minute of the local day.
func (f *floor) minute(n int) int64 {
	return time.Date(f.local.Year(), f.local.Month(), f.local.Day(), 0, n, 0, 0, f.local.Location()).UnixMilli()
}

// joined sorts spans and makes one of those that meet.
func joined(spans []Break) []Break {
	slices.SortFunc(spans, func(a, b Break) int { return cmp.Compare(a.From, b.From) })
	var out []Break
	for _, s := range spans {
		if n := len(out); n > 0 && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// gaps gives the breaks between spans that are not over yet.
func (f *floor) gaps(spans []Break) []Break {
	var out []Break
	for i := 1; i < len(spans); i++ {
		if spans[i].From > f.now {
			out = append(out, Break{spans[i-1].To, spans[i].From})
		}
	}
	return out
}

// breaks gives when the counter has lunch: between the opening hours of what it serves. One that has
// called somebody since such a break began, or was opened in it, works through it.
func (f *floor) breaks(c kiosk.CounterState) []Break {
	gaps := f.gaps(f.hoursOf(f.view.Reach(c.ID)))
	if len(gaps) == 0 || gaps[0].From > f.now || c.State != kiosk.CounterIsOpen {
		return gaps
	}
	began := gaps[0].From
	if c.Since.UnixMilli() >= began {
		return gaps[1:]
	}
	for _, token := range []string{c.InHand, c.Ended} {
		if t := f.view.Ticket(token); t != nil && t.CalledAt.UnixMilli() >= began {
			return gaps[1:]
		}
	}
	return gaps
}

// hoursOf gives the opening hours of everything that a counter has for its own, as one; none when some
// of it is always open.
func (f *floor) hoursOf(r kiosk.Reach) []Break {
	var out []Break
	for _, s := range r.Own() {
		hours := &f.view.Setup().Hours
		if own := f.view.Setup().Services[s].Hours; own != nil {
			hours = own
		}
		if hours.Always {
			return nil
		}
		out = append(out, f.spans(hours)...)
	}
	return joined(out)
}

// expected reports whether a closed counter comes for the opening that is next or has just been, and
// when: in the morning one that is open on most days and was not open yet, later one that closed for lunch.
func (f *floor) expected(c kiosk.CounterState) (from int64, ok bool) {
	spans := f.hoursOf(f.view.Reach(c.ID))
	k := slices.IndexFunc(spans, func(s Break) bool { return f.now < s.To })
	if k < 0 || f.now > spans[k].From+lateness.Milliseconds() {
		return 0, false
	}
	if from = spans[k].From; f.now >= from {
		from = f.now + soon.Milliseconds()
	}
	if k == 0 {
		return from, c.Since.IsZero() && f.model != nil && f.model.usual(c.ID)
	}
	return from, c.Since.UnixMilli() >= spans[k-1].To-lunchClose.Milliseconds()
}

// opening gives when planned counters begin: now while the hall is open or when it does not open
// again today.
func (f *floor) opening(spans []Break) int64 {
	for _, s := range spans {
		if f.now < s.To {
			return max(f.now, s.From)
		}
	}
	return f.now
}
