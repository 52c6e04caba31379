package web

import (
	"crypto/rand"
	"math/big"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// A client address may book bookBurst appointments at once and then one each bookEvery: a family at
// one telephone, but no script that takes all places.
const (
	bookBurst = 6
	bookEvery = time.Minute
)

// appointmentStatus is an appointment as who has its token may see it.
type appointmentStatus struct {
	Token       string    `json:"token"`
	Code        string    `json:"code"`
	Service     string    `json:"service"`
	Name        string    `json:"name"` // of the service
	NameEN      string    `json:"name_en"`
	Start       time.Time `json:"start"`
	CheckInFrom time.Time `json:"check_in_from"`
	State       string    `json:"state"`
	StatusURL   string    `json:"status_url"`
	Ticket      string    `json:"ticket,omitempty"` // token of what it became at check-in
}

// The states of an appointment.
const (
	stateBooked    = "booked"
	stateArrived   = "arrived"
	stateExpired   = "expired" // its business day is over
	stateCancelled = "cancelled"
)

func (c *call) appointmentStatus(v *kiosk.View, a *kiosk.Appointment) appointmentStatus {
	st := appointmentStatus{
		Token: a.Token, Code: a.Code, Service: a.Service, Start: a.Slot.In(v.Location()), State: stateBooked,
		CheckInFrom: a.Slot.Add(-kiosk.SlotEarly).In(v.Location()), StatusURL: c.BaseURL + "/a/" + a.Token, Ticket: a.Ticket,
	}
	if s := v.Setup().Service(a.Service); s != nil {
		st.Name, st.NameEN = s.Name.VI, s.Name.In(kiosk.English)
	}
	day := st.Start.Format(time.DateOnly)
	switch {
	case a.Cancelled:
		st.State = stateCancelled
	case a.Ticket != "":
		st.State = stateArrived
	case day < v.Day() || day == v.Day() && v.DayClosed():
		st.State = stateExpired
	}
	return st
}

// appointment answers with an appointment as the view has it.
func (c *call) appointment(status int, v *kiosk.View, token string) error {
	a := v.Appointment(token)
	if a == nil {
		return kiosk.ErrUnknownAppointment
	}
	return c.json(status, c.appointmentStatus(v, a))
}

type slotDay struct {
	Day   string             `json:"day"`
	Slots []kiosk.SlotStatus `json:"slots"`
}

// farthestDay is how many days ahead a hall may let people book at most.
const farthestDay = 60

// getSlots gives the half-hours of the days on which the service offers any.
func getSlots(c *call) error {
	v, service, now := c.Hall.View(), c.r.URL.Query().Get("service"), c.Now()
	if v.Setup().Service(service) == nil {
		return kiosk.ErrUnknownService
	}
	days := []slotDay{}
	for ahead := range farthestDay + 1 {
		day := now.In(v.Location()).AddDate(0, 0, ahead).Format(time.DateOnly)
		if slots := v.Slots(service, day, now); len(slots) > 0 {
			days = append(days, slotDay{day, slots})
		}
	}
	return c.json(200, map[string]any{"days": days})
}

func bookAppointment(c *call) error {
	in := struct {
		Service string `json:"service"`
		Start   string `json:"start"`
		Lang    string `json:"lang"`
	}{}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	key, err := c.key()
	start, bad := time.Parse(time.RFC3339, in.Start)
	switch {
	case in.Service == "":
		return invalid("service")
	case bad != nil:
		return invalid("start")
	case !known(in.Lang):
		return invalid("lang")
	case err != nil:
		return err
	}
	if c.who.may(kioskOrClerk) != nil {
		if wait := c.bookings.take(clientAddress(c.r), c.Steady()); wait > 0 {
			return tooMany{wait}
		}
	}
	res, err := c.Hall.Do(c.r.Context(), kiosk.Book{
		Service: in.Service, Slot: start, Token: kiosk.NewToken(), Codes: newCodes(), Lang: kiosk.ParseLang(in.Lang),
		Device: c.who.station(), By: c.who.name(), Key: key, Locked: c.who.locked(),
	})
	if err != nil {
		return err
	}
	if res.Repeat {
		return c.appointment(http.StatusOK, res.View, res.Token)
	}
	c.w.Header().Set("Location", "/api/appointments/"+res.Token)
	return c.appointment(http.StatusCreated, res.View, res.Token)
}

func getAppointment(c *call) error {
	return c.appointment(200, c.Hall.View(), c.r.PathValue("token"))
}

func cancelBooking(c *call) error {
	if err := decode(c.r, &struct{}{}, maxBody); err != nil {
		return err
	}
	res, err := c.Hall.Do(c.r.Context(), kiosk.CancelBooking{Token: c.r.PathValue("token"), By: c.who.name()})
	if err != nil {
		return err
	}
	return c.appointment(200, res.View, res.Token)
}

// appointmentQR draws the QR code that the kiosk's scanner checks the citizen in with.
func appointmentQR(c *call) error {
	token := c.r.PathValue("token")
	if c.Hall.View().Appointment(token) == nil {
		return kiosk.ErrUnknownAppointment
	}
	return c.qr(c.BaseURL + "/a/" + token)
}

// checkIn makes a ticket of an appointment.
func checkIn(c *call) error {
	in := struct {
		Code        string  `json:"code"`
		Appointment string  `json:"appointment"`
		Priority    *string `json:"priority"`
		Lang        string  `json:"lang"`
		Print       *bool   `json:"print"`
	}{}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	key, err := c.key()
	switch {
	case (in.Code == "") == (in.Appointment == ""):
		return invalid("code")
	case !known(in.Lang):
		return invalid("lang")
	case err != nil:
		return err
	}
	if err := c.tooFast(); err != nil {
		return err
	}
	cmd := kiosk.CheckIn{
		Code: in.Code, Appointment: in.Appointment, Lang: kiosk.ParseLang(in.Lang), Token: kiosk.NewToken(), Device: c.who.station(),
		By: c.who.name(), Key: key, Print: c.prints(in.Print), Printer: c.ownPrinter(), Locked: c.who.locked(),
	}
	if in.Priority != nil {
		cmd.Priority = *in.Priority
	}
	res, err := c.Hall.Do(c.r.Context(), cmd)
	if err == kiosk.ErrTooEarly {
		return c.tooEarly(in.Code, in.Appointment)
	}
	return c.taken(res, c.reopens(err, ""))
}

// tooEarly says from when the citizen can check in.
func (c *call) tooEarly(code, token string) error {
	v := c.Hall.View()
	a := v.Appointment(token)
	if a == nil {
		a = v.AppointmentByCode(code)
	}
	if a == nil {
		return kiosk.ErrTooEarly
	}
	return later{kiosk.ErrTooEarly, a.Slot.Add(-kiosk.SlotEarly).In(v.Location()), c.Now().In(v.Location())}
}

// clientAddress is whose bookings are counted together: the other end of the connection, and behind a
// proxy on this computer whom that names last. A household's IPv6 network counts as one.
func clientAddress(r *http.Request) string {
	host := remoteHost(r)
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	ip = ip.Unmap()
	if named := r.Header.Values("X-Forwarded-For"); ip.IsLoopback() && len(named) > 0 {
		list := strings.Split(named[len(named)-1], ",")
		if last, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			ip = last.Unmap()
		}
	}
	if ip.Is6() {
		net, _ := ip.Prefix(64) // of an IPv6 address: can't fail
		return net.String()
	}
	return ip.String()
}

// known reports whether a request's language is one of ours, or left out.
func known(lang string) bool { return slices.Contains([]string{"", "vi", "en"}, lang) }

// newCodes gives codes to choose from, six digits each: more than enough for one to be free.
func newCodes() []string {
	codes := make([]string, 16)
	for i := range codes {
		n, _ := rand.Int(rand.Reader, big.NewInt(900_000)) // never fails: crypto/rand ends the program instead
		codes[i] = strconv.FormatInt(100_000+n.Int64(), 10)
	}
	return codes
}
