package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	_ "embed" // the OpenAPI document

	"layso/kiosk"
)

//go:embed openapi.yaml
var openAPI []byte

func getOpenAPI(c *call) error {
	c.w.Header().Set("Content-Type", "application/yaml")
	c.w.Write(openAPI)
	return nil
}

func getHall(c *call) error { return c.hall(c.Hall.View()) }

// hall answers with the hall as everybody may see it.
func (c *call) hall(v *kiosk.View) error {
	st := v.Hall(c.Now(), c.Hall.Forecast())
	st.Demo = c.Demo
	return c.json(200, st)
}

func getPrinters(c *call) error { return c.json(200, c.Printers()) }

func healthz(c *call) error {
	return c.json(200, map[string]string{"status": "ok", "version": c.Version, "build": c.build, "epoch": c.Epoch})
}

// readyz asks the queue's owner: it answers only while commands go through.
func readyz(c *call) error {
	if _, err := c.Hall.Do(c.r.Context(), kiosk.Probe{}); err != nil {
		return err
	}
	return healthz(c)
}

func getMetrics(c *call) error {
	c.Metrics.ServeHTTP(c.w, c.r)
	return nil
}

// follow hands a WebSocket over with the widest view that the caller has a right to, or a narrower
// one that he asks for.
func follow(c *call) error {
	if c.r.Method != http.MethodGet || !strings.EqualFold(c.r.Header.Get("Upgrade"), "websocket") {
		return errNoWebSocket
	}
	q := c.r.URL.Query()
	if token := q.Get("ticket"); q.Has("ticket") {
		if c.Hall.View().Ticket(token) == nil {
			return c.expired(kiosk.ErrUnknownTicket, token)
		}
		c.Live.ServeTicket(c.w, c.r, token)
		return nil
	}
	v, err := c.viewer(c.who, q.Get("view"))
	if err != nil {
		return err
	}
	if v.View != "public" || v.Device != "" {
		v.Still = c.rightTo(credentialsOf(c.r), v)
	}
	if v.View == "public" && c.who.display() != "" {
		if err := c.devices.saw(v.Device, c.Hall.View().Day()); err != nil {
			c.Log.Warn("noting that a display is there", "id", v.Device, "err", err) // it shows calls all the same
		}
	}
	c.Live.Serve(c.w, c.r, v)
	return nil
}

// rightTo gives what tells whether these credentials are still good for the view.
func (s *Server) rightTo(k credentials, v Viewer) func() bool {
	return func() bool {
		now, err := s.viewer(s.identify(k, s.sessions.peek), v.View)
		return err == nil && now.Device == v.Device && now.Locked == v.Locked && slices.Equal(now.Zone, v.Zone)
	}
}

// viewer gives the view that the principal asks for, and a paired display its zone. Counters that the hall
// has no more are in no zone; a zone of such counters only is the whole hall, for a dark display helps nobody.
func (s *Server) viewer(p principal, want string) (Viewer, error) {
	v, err := p.viewer(want)
	v.Locked = p.locked()
	if err != nil || v.View != "public" || p.display() == "" {
		return v, err
	}
	setup := s.Hall.View().Setup()
	for _, id := range p.device.Counters {
		if setup.Counter(id) != nil {
			v.Zone = append(v.Zone, id)
		}
	}
	return v, nil
}

// viewer gives the view that the principal asks for, or the widest one where he asks for none. A
// loopback that is not paired has to ask for the kiosk's, for it may as well be a display.
func (p principal) viewer(want string) (Viewer, error) {
	if want == "" {
		want = "public"
		switch {
		case p.user != nil:
			want = "clerk"
		case p.device != nil && p.device.Kind == deviceKiosk && p.device.PairedAt != nil:
			want = "kiosk"
		}
	}
	switch want {
	case "public":
		return Viewer{View: want, Device: p.screen()}, nil
	case "kiosk":
		return Viewer{View: want, Device: p.station()}, p.may(kioskOrClerk)
	case "clerk":
		return Viewer{View: want}, p.may(signedIn)
	}
	return Viewer{}, invalid("view")
}

// Limits of one answer of the log.
const (
	defaultEvents = 1000
	maxEvents     = 100000
	eventPage     = 1000
)

// getEvents streams the log as NDJSON.
func getEvents(c *call) error {
	since, err := number(c.r, "since", 0)
	if err != nil {
		return err
	}
	limit, err := number(c.r, "limit", defaultEvents)
	if err != nil {
		return err
	}
	limit = min(limit, maxEvents)
	c.w.Header().Set("Content-Type", "application/x-ndjson")
	c.w.Header().Set("Cache-Control", "no-store")
	out := json.NewEncoder(c.w)
	for begun := false; limit > 0; begun = true {
		events, err := c.History.Since(since, int(min(limit, eventPage)))
		if err != nil && begun {
			c.Log.Error("reading the log", "since", since, "err", err)
			panic(http.ErrAbortHandler) // cut the answer off: it must not look like a whole one
		}
		if err != nil || len(events) == 0 {
			return unavailable(err)
		}
		for _, e := range events {
			e.At = e.At.In(c.Hall.View().Location())
			if out.Encode(e) != nil {
				return nil // the client left
			}
		}
		since = events[len(events)-1].Seq
		limit -= uint64(len(events))
	}
	return nil
}

func number(r *http.Request, field string, missing uint64) (uint64, error) {
	s := r.URL.Query().Get(field)
	if s == "" {
		return missing, nil
	}
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return 0, invalid(field)
	}
	return n, nil
}

type setupDocument struct {
	Seq    uint64       `json:"seq"`
	Setup  *kiosk.Setup `json:"setup"`
	Reason string       `json:"reason,omitempty"` // why it is changed; may be empty
}

func getSetup(c *call) error {
	v := c.Hall.View()
	return c.json(200, setupDocument{Seq: v.SetupSeq(), Setup: v.Setup()})
}

// putSetup replaces the hall's description.
func putSetup(c *call) error {
	var in setupDocument
	if err := decode(c.r, &in, maxSetupBody); err != nil {
		return setupFault(err)
	}
	if in.Setup == nil {
		return invalid("setup")
	}
	if err := checkText("reason", in.Reason); err != nil {
		return err
	}
	return c.replace(kiosk.ChangeSetup{Setup: in.Setup, Seq: in.Seq, Reason: in.Reason})
}

// setupFault tells what is wrong with a setup's JSON as the faults of a setup are told.
func setupFault(err error) error {
	var field fieldError
	name := func() string { return strings.TrimPrefix(field.field, "setup.") }
	switch {
	case errors.As(err, &field) && field.err == errCharacters:
		return kiosk.Faults{{Field: name(), Problem: "characters", Detail: "contains control or text direction characters"}}
	case errors.As(err, &field):
		return kiosk.Faults{{Field: name(), Problem: "format", Detail: "is unknown, given twice or not of the right type"}}
	case errors.Is(err, kiosk.ErrInvalidField): // opening hours, the only values that read themselves
		detail := strings.TrimPrefix(err.Error(), string(kiosk.ErrInvalidField)+": ")
		return kiosk.Faults{{Field: "hours", Problem: "format", Detail: detail}}
	}
	return err
}

// farewell takes the PIN and the sessions of somebody who left, so that a later user of the same
// name does not inherit them.
func (c *call) farewell(user string) error {
	gone, err := c.sessions.endAll(user, "", endedRemoved)
	c.noteEnds(c.who.name(), gone)
	if err != nil {
		return err
	}
	if has, err := c.pins.has(user); !has || err != nil {
		return err
	}
	return c.Secrets.Delete("pin", user)
}
