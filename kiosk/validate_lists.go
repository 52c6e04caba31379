package kiosk

import (
	"fmt"
	"strings"
	"time"
)

func (c *checker) phone(p Phone) {
	switch p.Mode {
	case PhoneOff, PhonePublic:
	case PhoneWifi:
		c.label("phone.ssid", p.SSID, true)
	default:
		c.add("phone.mode", "unknown", "%q is not off, wifi or public", p.Mode)
	}
}

func (c *checker) hours(field string, h *Hours) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		c.spans(field+"."+strings.ToLower(day.String()[:3]), h.On(day))
	}
}

func (c *checker) spans(field string, spans []Span) {
	end := -1
	for i, s := range spans {
		if s.From < 0 || s.To > 24*60 || s.From >= s.To || s.From < end {
			c.add(fmt.Sprintf("%s[%d]", field, i), "range", "opening hours must be in order and must not overlap")
		}
		end = s.To
	}
}

func (c *checker) closedDays(days []ClosedDay) {
	c.within("closed_days", len(days), 0, maxClosedDays)
	seen := map[string]bool{}
	for i, x := range days {
		at := fmt.Sprintf("closed_days[%d]", i)
		if _, err := time.Parse(time.DateOnly, x.Date); err != nil {
			c.add(at+".date", "format", "%q is no date such as 2026-09-02", x.Date)
		} else if seen[x.Date] {
			c.add(at+".date", "duplicate", "%s stands twice", x.Date)
		}
		seen[x.Date] = true
		c.text(at+".name", x.Name)
	}
}

// least is how many services and counters a hall must have.
func (s *Setup) least() int {
	if s.Blank() {
		return 0
	}
	return 1
}

func (c *checker) services(s *Setup) {
	c.within("services", len(s.Services), s.least(), maxServices)
	ids, prefixes := map[string]bool{}, map[string]bool{}
	for i, x := range s.Services {
		at := fmt.Sprintf("services[%d]", i)
		c.id(at+".id", x.ID, idForm, ids)
		c.id(at+".prefix", x.Prefix, prefixForm, prefixes)
		c.text(at+".name", x.Name)
		c.within(at+".mean_s", x.MeanS, 10, 14400)
		c.within(at+".quota", x.Quota, 0, 100000)
		if x.Hours != nil {
			c.hours(at+".hours", x.Hours)
		}
		if x.Slots != nil {
			c.within(at+".slots.capacity", x.Slots.Capacity, 1, maxSlot)
			c.spans(at+".slots.spans", x.Slots.Spans)
		}
	}
}

func (c *checker) counters(s *Setup) {
	c.within("counters", len(s.Counters), s.least(), maxCounters)
	ids := map[string]bool{}
	for i, x := range s.Counters {
		at := fmt.Sprintf("counters[%d]", i)
		c.id(at+".id", x.ID, counterForm, ids)
		c.text(at+".name", x.Name)
		if len(x.Services) == 0 {
			c.add(at+".services", "required", "a counter must serve something")
		}
		seen := map[string]bool{}
		c.serves(s, at+".services", x.Services, seen)
		c.serves(s, at+".assist", x.Assist, seen)
	}
}

// serves checks the ids of services; seen are those that the counter has already.
func (c *checker) serves(s *Setup, field string, ids []string, seen map[string]bool) {
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", field, i)
		if s.Service(id) == nil {
			c.add(at, "unknown", "there is no service %q", id)
		} else if seen[id] {
			c.add(at, "duplicate", "%q stands twice", id)
		}
		seen[id] = true
	}
}

func (c *checker) priorities(s *Setup) {
	c.within("priorities", len(s.Priorities), 0, maxPriorities)
	ids := map[string]bool{}
	for i, x := range s.Priorities {
		at := fmt.Sprintf("priorities[%d]", i)
		c.id(at+".id", x.ID, idForm, ids)
		c.text(at+".name", x.Name)
		c.within(at+".credit_s", x.CreditS, 0, maxCreditS)
	}
}

func (c *checker) users(s *Setup) {
	c.within("users", len(s.Users), 0, maxUsers)
	ids := map[string]bool{}
	for i, x := range s.Users {
		at := fmt.Sprintf("users[%d]", i)
		c.id(at+".id", x.ID, idForm, ids)
		c.label(at+".name", x.Name, true)
		if !x.Role.Includes(Clerk) {
			c.add(at+".role", "unknown", "%q is not clerk, manager or admin", x.Role)
		}
	}
}
