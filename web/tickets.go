package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"layso/kiosk"
)

var (
	keyForm   = regexp.MustCompile(`^[ -~]{1,64}$`)
	tokenForm = regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`)
)

// ticket answers with a ticket as the newest view has it.
func (c *call) ticket(status int, v *kiosk.View, token string) error {
	t := v.Ticket(token)
	if t == nil {
		return kiosk.ErrUnknownTicket
	}
	return c.json(status, v.Status(t, c.Hall.Forecast(), c.BaseURL))
}

// do carries a command out and answers with its ticket.
func (c *call) do(cmd kiosk.Command) error {
	res, err := c.Hall.Do(c.r.Context(), cmd)
	if err != nil {
		return c.expired(err, c.r.PathValue("token"))
	}
	return c.ticket(200, res.View, res.Token)
}

// expired makes of an unknown ticket an expired one where the token is of a past day.
func (c *call) expired(err error, token string) error {
	if err == kiosk.ErrUnknownTicket && tokenForm.MatchString(token) && c.History.Expired(token) {
		return kiosk.ErrTicketExpired
	}
	return err
}

// key gives the request's Idempotency-Key, or an empty one where it has none.
func (c *call) key() (string, error) {
	keys := c.r.Header.Values("Idempotency-Key")
	switch {
	case len(keys) == 0:
		return "", nil
	case len(keys) > 1 || !keyForm.MatchString(keys[0]):
		return "", invalid("Idempotency-Key")
	}
	return keys[0], nil
}

func takeTicket(c *call) error {
	in := struct {
		Service  string   `json:"service"`
		Then     []string `json:"then"`
		Priority *string  `json:"priority"`
		Lang     string   `json:"lang"`
		Print    *bool    `json:"print"`
	}{}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	key, err := c.key()
	switch {
	case in.Service == "":
		return invalid("service")
	case !routed(in.Service, in.Then):
		return invalid("then")
	case !known(in.Lang):
		return invalid("lang")
	case err != nil:
		return err
	}
	cmd := kiosk.Take{
		Service: in.Service, Route: in.Then, Lang: kiosk.ParseLang(in.Lang), Token: kiosk.NewToken(), Device: c.who.station(),
		By: c.who.name(), Key: key, Print: c.prints(in.Print), Printer: c.ownPrinter(), Locked: c.who.locked(),
	}
	if in.Priority != nil {
		cmd.Priority = *in.Priority
	}
	if err := c.tooFast(); err != nil {
		return err
	}
	res, err := c.Hall.Do(c.r.Context(), cmd)
	return c.taken(res, c.reopens(err, in.Service))
}

// maxThen is how many services may come after the first on one ticket.
const maxThen = 4

// routed reports whether then is a way on from the service: no service twice, and not too many.
func routed(service string, then []string) bool {
	seen := map[string]bool{service: true}
	for _, id := range then {
		if id == "" || seen[id] {
			return false
		}
		seen[id] = true
	}
	return len(then) <= maxThen
}

// prints reports whether paper is to come: it was not declined, and there is a printer.
func (c *call) prints(wanted *bool) bool { return (wanted == nil || *wanted) && len(c.Printers()) > 0 }

// tooFast refuses a paired kiosk that asks for more tickets than people can touch.
func (c *call) tooFast() error {
	if d := c.who.device; d != nil && d.PairedAt != nil {
		if wait := c.limits.take(d.ID, c.Steady()); wait > 0 {
			return tooMany{wait}
		}
	}
	return nil
}

// taken answers with a ticket that was asked for: 201 when it is new, 200 when it was there already.
func (c *call) taken(res kiosk.Result, err error) error {
	if err != nil {
		return err
	}
	if res.Repeat {
		return c.ticket(http.StatusOK, res.View, res.Token)
	}
	c.w.Header().Set("Location", "/api/tickets/"+res.Token)
	return c.ticket(http.StatusCreated, res.View, res.Token)
}

// returnTicket brings a citizen who missed his call, or was on hold, back into the queue.
func returnTicket(c *call) error {
	if err := decode(c.r, &struct{}{}, maxBody); err != nil {
		return err
	}
	if c.who.locked() {
		return kiosk.ErrKioskLocked
	}
	return c.do(kiosk.Return{Token: c.r.PathValue("token"), By: c.who.name()})
}

func getTicket(c *call) error {
	token := c.r.PathValue("token")
	return c.expired(c.ticket(200, c.Hall.View(), token), token)
}

func cancelTicket(c *call) error {
	if err := decode(c.r, &struct{}{}, maxBody); err != nil {
		return err
	}
	return c.do(kiosk.Cancel{Token: c.r.PathValue("token"), By: c.who.name()})
}

// optional tells a field that is null from one that is missing.
type optional struct {
	given bool
	value string // empty where it is null
}

func (o *optional) UnmarshalJSON(b []byte) error {
	o.given = true
	return json.Unmarshal(b, &o.value)
}

func setPriority(c *call) error {
	var in struct {
		Priority optional `json:"priority"`
		Reason   string   `json:"reason"`
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	switch {
	case !in.Priority.given:
		return invalid("priority") // null revokes; what is left out by mistake must not
	case in.Reason == "":
		return invalid("reason")
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	return c.do(kiosk.SetPriority{
		Token: c.r.PathValue("token"), Priority: in.Priority.value, Reason: in.Reason, By: c.who.name(),
	})
}

func reprintTicket(c *call) error {
	var in struct{ Printer string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if in.Printer != "" {
		if _, err := c.printer(in.Printer); err != nil {
			return err
		}
	}
	return c.do(kiosk.Reprint{Token: c.r.PathValue("token"), By: c.who.name(), Printer: in.Printer})
}

// ticketQR draws the QR code of a ticket's status page for the kiosk's screen.
func ticketQR(c *call) error {
	v, token := c.Hall.View(), c.r.PathValue("token")
	t := v.Ticket(token)
	if t == nil {
		return c.expired(kiosk.ErrUnknownTicket, token)
	}
	return c.qr(v.Status(t, nil, c.BaseURL).StatusURL)
}

// qr answers with a QR code as an image.
func (c *call) qr(text string) error {
	modules, err := c.QR(text)
	if err != nil {
		return fmt.Errorf("drawing the QR code: %w", err)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><rect width="100%%" height="100%%" fill="#fff"/><path d="`, len(modules), len(modules))
	for y, row := range modules {
		for x, black := range row {
			if black {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	c.w.Header().Set("Content-Type", "image/svg+xml")
	c.w.Header().Set("Cache-Control", "private, max-age=3600")
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(b.Bytes()))
	return nil
}
