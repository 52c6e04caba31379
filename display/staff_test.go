package display_test

import (
	"strings"
	"testing"
	"time"

	"layso/kiosk"
)

// newBookingHall gives a hall with two services, one of which offers appointments, for a ticket that goes from
// one to the other.
func newBookingHall(t *testing.T) *hall {
	t.Helper()
	h := newHall(t, nil)
	setup := testSetup()
	setup.Services[0].Slots = &kiosk.Slots{Capacity: 5}
	setup.Services = append(setup.Services, kiosk.Service{ID: "proof", Name: kiosk.Text{VI: "Chứng thực"}, Prefix: "C", MeanS: 240})
	setup.Counters[0].Services = []string{"land", "proof"}
	h.do(kiosk.ChangeSetup{Setup: setup, Seq: h.owner.View().SetupSeq(), By: "user:an"})
	h.do(kiosk.OpenCounter{Operator: at("1")})
	return h
}

// collect reads up to the first frame of a type and gives what was said of tickets, appointments and the
// clock.
func (s *screen) collect(last string) (text string, kinds []string) {
	s.t.Helper()
	for {
		f, err := s.read()
		if err != nil {
			s.t.Fatalf("waiting for %s: %v", last, err)
		}
		if kind, _, _ := strings.Cut(f.Type, "."); kind == "ticket" || kind == "appointment" || kind == "clock" {
			text, kinds = text+f.raw, append(kinds, f.Type)
		}
		if f.Type == last {
			return text, kinds
		}
	}
}

// TestAppointmentsAndTheClockAreTheStaffs: nobody else hears of an appointment, its code, its token or
// of what the clock does; the rest of a ticket's way is everybody's, without its token.
func TestAppointmentsAndTheClockAreTheStaffs(t *testing.T) {
	h := newBookingHall(t)
	views := map[string]*screen{"public": h.dial(""), "kiosk": h.dial("view=kiosk&device=k1"), "clerk": h.dial("view=clerk")}
	for _, s := range views {
		s.until("snapshot")
	}
	v := h.owner.View()
	tomorrow := time.Now().In(v.Location()).AddDate(0, 0, 1)
	slot := time.Date(tomorrow.Year(), tomorrow.Month(), tomorrow.Day(), 9, 0, 0, 0, v.Location())
	booking, cancelled := kiosk.NewToken(), kiosk.NewToken()
	h.do(kiosk.Book{Service: "land", Slot: slot, Token: booking, Codes: []string{"402771"}, By: "citizen"})
	h.do(kiosk.Book{Service: "land", Slot: slot, Token: cancelled, Codes: []string{"402772"}, By: "citizen"})
	h.do(kiosk.CancelBooking{Token: cancelled, By: "citizen"})
	h.do(kiosk.SetClock{Now: slot.Add(-10 * time.Minute), By: "user:an"})
	h.do(kiosk.OpenCounter{Operator: at("1")}) // of the new day
	ticket := h.do(kiosk.Take{Service: "land", Route: []string{"proof"}, Token: kiosk.NewToken(), Device: "k2", By: "device:k2"}).Ticket().Token
	h.do(kiosk.Next{Operator: at("1")})
	h.do(kiosk.Finish{Operator: at("1")})
	h.do(kiosk.Next{Operator: at("1")})
	h.do(kiosk.MarkNoShow{Operator: at("1")})
	h.do(kiosk.CheckIn{Code: "402771", Token: kiosk.NewToken(), Device: "k1", By: "device:k1"})
	h.do(kiosk.Return{Token: ticket, By: "device:k1"})

	said, kinds := map[string]string{}, map[string]string{}
	for name, s := range views {
		text, list := s.collect("ticket.returned")
		said[name], kinds[name] = text, strings.Join(list, " ")
	}
	way := "ticket.taken ticket.called ticket.continued ticket.called ticket.no_show ticket.taken ticket.returned"
	for _, name := range []string{"public", "kiosk"} {
		if kinds[name] != way {
			t.Errorf("%s heard of %s, want %s", name, kinds[name], way)
		}
		for _, secret := range []string{booking, cancelled, "402771", "402772", ticket, "slot", "step_s"} {
			if strings.Contains(said[name], secret) {
				t.Errorf("%s saw %q in %s", name, secret, said[name])
			}
		}
		if !strings.Contains(said[name], `"service":"proof","counter":"1","from_service":"land"`) {
			t.Errorf("%s did not hear where the ticket went: %s", name, said[name])
		}
	}
	if want := "appointment.booked appointment.booked appointment.cancelled clock.set " + way; kinds["clerk"] != want {
		t.Errorf("the clerk heard of %s, want %s", kinds["clerk"], want)
	}
	for _, want := range []string{booking, "402771", ticket, slot.Format(time.RFC3339)} {
		if !strings.Contains(said["clerk"], want) {
			t.Errorf("the clerk did not get %q: %s", want, said["clerk"])
		}
	}
}

// TestCountsSayHowTheHallStands: what the kiosk and the TV say while closed comes without a snapshot.
func TestCountsSayHowTheHallStands(t *testing.T) {
	h := newHall(t, nil)
	s := h.dial("")
	s.until("snapshot")
	h.do(kiosk.CloseDay{By: "user:an"})
	for {
		f := s.until("hall.counts")
		if strings.Contains(f.raw, `"open":false`) {
			for _, want := range []string{`"clock":"trusted"`, `"reason":"hall_closed","opens_at":"`} {
				if !strings.Contains(f.raw, want) {
					t.Errorf("the counts lack %s: %s", want, f.raw)
				}
			}
			return
		}
	}
}
