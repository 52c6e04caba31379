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

func (c *checker) hours(h *Hours) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		end := -1
		for i, s := range h.On(day) {
			if s.From < 0 || s.To > 24*60 || s.From >= s.To || s.From < end {
				c.add(fmt.Sprintf("hours.%s[%d]", strings.ToLower(day.String()[:3]), i), "range",
					"opening hours must be in order and must not overlap")
			}
			end = s.To
		}
	}
}

func (c *checker) services(s *Setup) {
	c.within("services", len(s.Services), 1, maxServices)
	ids, prefixes := map[string]bool{}, map[string]bool{}
	for i, x := range s.Services {
		at := fmt.Sprintf("services[%d]", i)
		c.id(at+".id", x.ID, idForm, ids)
		c.id(at+".prefix", x.Prefix, prefixForm, prefixes)
		c.text(at+".name", x.Name)
		c.within(at+".mean_s", x.MeanS, 10, 14400)
		c.within(at+".quota", x.Quota, 0, 100000)
	}
}

func (c *checker) counters(s *Setup) {
	c.within("counters", len(s.Counters), 1, maxCounters)
	ids := map[string]bool{}
	for i, x := range s.Counters {
		at := fmt.Sprintf("counters[%d]", i)
		c.id(at+".id", x.ID, counterForm, ids)
		c.text(at+".name", x.Name)
		if len(x.Services) == 0 {
			c.add(at+".services", "required", "a counter must serve something")
		}
		seen := map[string]bool{}
		for j, id := range x.Services {
			field := fmt.Sprintf("%s.services[%d]", at, j)
			if s.Service(id) == nil {
				c.add(field, "unknown", "there is no service %q", id)
			} else if seen[id] {
				c.add(field, "duplicate", "%q stands twice", id)
			}
			seen[id] = true
		}
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
