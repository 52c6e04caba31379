package web

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"time"

	"layso/kiosk"
)

// contactRoutes keep a phone number for a ticket, so that its holder can be called back.
func contactRoutes() []route {
	return []route{
		{"GET", "/api/tickets/{token}/contact", signedIn, getContact},
		{"PUT", "/api/tickets/{token}/contact", signedIn, putContact},
		{"DELETE", "/api/tickets/{token}/contact", signedIn, deleteContact},
	}
}

// Why a contact was erased that nobody erased by hand.
const (
	contactEnded  = "ended"
	contactClosed = "day_closed"
)

type contactStatus struct {
	Phone string    `json:"phone"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

var phoneForm = regexp.MustCompile(`^0[0-9]{8,10}$`)

// phoneOf gives the digits of a Vietnamese phone number however it was written; false where it is none.
func phoneOf(s string) (string, bool) {
	s = strings.NewReplacer(" ", "", ".", "", "-", "", "(", "", ")", "").Replace(s)
	if rest, ok := strings.CutPrefix(s, "+84"); ok {
		s = "0" + strings.TrimPrefix(rest, "0")
	}
	return s, phoneForm.MatchString(s)
}

// contactOf gives the ticket of the path, which may be over already.
func (c *call) contactOf() (*kiosk.Ticket, error) {
	token := c.r.PathValue("token")
	t := c.Hall.View().Ticket(token)
	switch {
	case c.Contacts == nil:
		return nil, errNotFound
	case t == nil:
		return nil, c.expired(kiosk.ErrUnknownTicket, token)
	}
	return t, nil
}

func getContact(c *call) error {
	t, err := c.contactOf()
	if err != nil {
		return err
	}
	x, ok := c.Contacts.Get(t.Token)
	if !ok {
		return errNoContact
	}
	c.note(kiosk.Event{Type: kiosk.ContactRead, What: t.Number})
	return c.json(200, contactStatus{x.Phone, x.By, x.At.In(c.Hall.View().Location())})
}

// putContact keeps a number. Without a plain yes to consent it does not.
func putContact(c *call) error {
	var in struct {
		Phone   string
		Consent bool
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	t, err := c.contactOf()
	phone, good := phoneOf(in.Phone)
	switch {
	case err != nil:
		return err
	case !good:
		return fieldError{"phone", errPhone}
	case !in.Consent:
		return fieldError{"consent", errConsent}
	case isOver(t):
		return kiosk.ErrTicketNotWaiting
	}
	x := Contact{Token: t.Token, Phone: phone, By: c.who.name(), At: c.Now().UTC().Truncate(time.Second)}
	if err := c.Contacts.Put(x); err != nil {
		return unavailable(err)
	}
	c.note(kiosk.Event{Type: kiosk.ContactKept, What: t.Number}) // the log goes on, so who sweeps looks again
	return c.json(200, contactStatus{x.Phone, x.By, x.At.In(c.Hall.View().Location())})
}

func deleteContact(c *call) error {
	t, err := c.contactOf()
	if err != nil {
		return err
	}
	had, err := c.Contacts.Delete(t.Token)
	if err != nil {
		return unavailable(err)
	}
	if had {
		c.note(kiosk.Event{Type: kiosk.ContactErased, What: t.Number})
	}
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}

// isOver reports whether nobody has to be called back any more. Who missed his call may still be.
func isOver(t *kiosk.Ticket) bool { return t.State == kiosk.Finished || t.State == kiosk.Cancelled }

// SweepContacts erases the phone numbers whose tickets are finished, cancelled or of a day that is over, and notes it. It is to be
// called at the start and whenever the log has gone on.
func (s *Server) SweepContacts(ctx context.Context) error {
	if s.Contacts == nil {
		return nil
	}
	var failed error
	for _, token := range s.Contacts.Tokens() {
		v := s.Hall.View()
		t, why, number := v.Ticket(token), "", ""
		switch {
		case t == nil || v.DayClosed():
			why = contactClosed
		case isOver(t):
			why = contactEnded
		default:
			continue
		}
		if t != nil {
			number = t.Number
		}
		if _, err := s.Contacts.Delete(token); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		_, err := s.Hall.Do(ctx, kiosk.Note{Event: kiosk.Event{Type: kiosk.ContactErased, By: "system", What: number, Reason: why}})
		failed = errors.Join(failed, err)
	}
	return failed
}
