package web

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"layso/kiosk"
)

// access is who may use a route.
type access int

const (
	anyone access = iota
	kioskOrClerk
	counterDevice // a paired device of a counter; which counter, the handler asks
	signedIn      // clerk or more
	managers
	admins
)

// call is one request on its way through a handler.
type call struct {
	*Server
	w   http.ResponseWriter
	r   *http.Request
	who principal
}

func (c *call) json(status int, v any) error { return writeJSON(c.w, status, v) }

type route struct {
	method, pattern string
	who             access
	handle          func(*call) error
}

// routes is the table of everything that layso answers to but the pages. The OpenAPI document
// describes the same, which a test checks.
func (s *Server) routes() []route {
	return slices.Concat(s.publicRoutes(), sessionRoutes(), contactRoutes(), counterRoutes(), adminRoutes(), s.pressRoutes(), s.previewRoutes(), s.voiceRoutes(), s.paperRoutes(), reportRoutes(), managerRoutes(), ratingRoutes(), firstRoutes(),
		s.changeRoutes(), s.fileRoutes(), s.backupRoutes(), deskRoutes())
}

func (s *Server) publicRoutes() []route {
	metrics := admins
	if s.MetricsOpen {
		metrics = anyone
	}
	return []route{
		{"POST", "/api/tickets", kioskOrClerk, takeTicket},
		{"GET", "/api/tickets/{token}", anyone, getTicket},
		{"POST", "/api/tickets/{token}/cancel", anyone, cancelTicket},
		{"POST", "/api/tickets/{token}/rate", anyone, rateTicket},
		{"POST", "/api/tickets/{token}/return", kioskOrClerk, returnTicket},
		{"GET", "/t/{token}/qr.svg", anyone, ticketQR},
		{"GET", "/api/appointments/slots", anyone, getSlots},
		{"POST", "/api/appointments", anyone, bookAppointment},
		{"GET", "/api/appointments/{token}", anyone, getAppointment},
		{"POST", "/api/appointments/{token}/cancel", anyone, cancelBooking},
		{"GET", "/a/{token}/qr.svg", anyone, appointmentQR},
		{"POST", "/api/checkin", kioskOrClerk, checkIn},
		{"GET", "/api/hall", anyone, getHall},
		{"GET", "/api/notices", anyone, getNotices},
		{"GET", "/api/notices/pictures/{id}", anyone, getNoticePicture},
		{"GET", "/api/session", anyone, getSession},
		{"POST", "/api/session", anyone, signIn},
		{"DELETE", "/api/session", anyone, signOut},
		{"POST", "/api/devices/pair", anyone, pairDevice},
		{"GET", "/api/printers", kioskOrClerk, getPrinters},
		{"GET", "/api/openapi.yaml", anyone, getOpenAPI},
		{"GET", "/ca.crt", anyone, getCA},
		{"GET", "/ws", anyone, follow},
		{"GET", "/healthz", anyone, healthz},
		{"GET", "/readyz", anyone, readyz},
		{"GET", "/metrics", metrics, getMetrics},
	}
}

func counterRoutes() []route {
	return []route{
		{"GET", "/api/waiting", signedIn, getWaiting},
		{"GET", "/api/counters/{id}", signedIn, getCounter},
		{"POST", "/api/counters/{id}/open", signedIn, openCounter},
		{"POST", "/api/counters/{id}/close", signedIn, closeCounter},
		{"POST", "/api/counters/{id}/pause", signedIn, pauseCounter},
		{"POST", "/api/counters/{id}/resume", signedIn, resumeCounter},
		{"POST", "/api/counters/{id}/next", signedIn, callNext},
		{"POST", "/api/counters/{id}/recall", signedIn, recallTicket},
		{"POST", "/api/counters/{id}/finish", signedIn, finishTicket},
		{"POST", "/api/counters/{id}/no-show", signedIn, markNoShow},
		{"POST", "/api/counters/{id}/undo", signedIn, undoLast},
		{"POST", "/api/counters/{id}/hold", signedIn, holdTicket},
		{"POST", "/api/counters/{id}/transfer", signedIn, transferTicket},
		{"POST", "/api/counters/{id}/call", signedIn, callTicket},
		{"POST", "/api/tickets/{token}/priority", signedIn, setPriority},
		{"POST", "/api/tickets/{token}/reprint", signedIn, reprintTicket},
		{"POST", "/api/clock", signedIn, setClock},
		{"GET", "/api/appointments", signedIn, getAppointments},
		{"POST", "/api/printers/{name}/paper", signedIn, paperChanged},
		{"GET", "/api/check", signedIn, getCheck},
		{"GET", "/api/displays", signedIn, getDisplays},
	}
}

func adminRoutes() []route {
	return []route{
		{"GET", "/api/events", managers, getEvents},
		{"POST", "/api/day/close", managers, closeDay},
		{"GET", "/api/forecast/scores", managers, getScores},
		{"GET", "/api/setup", admins, getSetup},
		{"PUT", "/api/setup", admins, putSetup},
		{"GET", "/api/users", admins, getUsers},
		{"PUT", "/api/users/{id}/pin", signedIn, putPIN},
		{"GET", "/api/devices", admins, getDevices},
		{"POST", "/api/devices/codes", admins, newPairingCode},
		{"PUT", "/api/devices/{id}", admins, putDevice},
		{"DELETE", "/api/devices/{id}", admins, revokeDevice},
	}
}

// mux builds the handlers: one for each path, which picks by method, so that another method gets a
// problem document like every other refusal.
func (s *Server) mux() http.Handler {
	mux := http.NewServeMux()
	paths := map[string]map[string]route{}
	for _, rt := range slices.Concat(s.routes(), s.pageRoutes()) {
		if paths[rt.pattern] == nil {
			paths[rt.pattern] = map[string]route{}
		}
		paths[rt.pattern][rt.method] = rt
	}
	for pattern, methods := range paths {
		mux.HandleFunc(pattern, s.byMethod(methods))
	}
	mux.HandleFunc("/", s.nothing)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := r.URL.Path
		if strings.TrimSuffix(path.Clean(p), "/") != strings.TrimSuffix(p, "/") {
			s.nothing(w, r) // the mux would redirect to the path without its dots and doubled slashes
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (s *Server) byMethod(methods map[string]route) http.HandlerFunc {
	allowed := make([]string, 0, len(methods)+1)
	for m := range methods {
		allowed = append(allowed, m)
	}
	if _, ok := methods["GET"]; ok {
		allowed = append(allowed, "HEAD")
	}
	slices.Sort(allowed)
	allow := strings.Join(allowed, ", ")
	return func(w http.ResponseWriter, r *http.Request) {
		method := r.Method
		if method == "HEAD" {
			method = "GET"
		}
		rt, ok := methods[method]
		if !ok {
			w.Header().Set("Allow", allow)
			s.fail(w, r, errMethod)
			return
		}
		c := &call{Server: s, w: w, r: r, who: s.principal(r)}
		err := c.who.may(rt.who)
		if err == nil {
			err = rt.handle(c)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	}
}

// may says whether the principal passes: unauthenticated for a stranger, forbidden for somebody
// who is known but has not the right.
func (p principal) may(need access) error {
	role := map[access]kiosk.Role{signedIn: kiosk.Clerk, managers: kiosk.Manager, admins: kiosk.Admin, kioskOrClerk: kiosk.Clerk}[need]
	switch {
	case need == anyone, role != "" && p.user != nil && p.user.Role.Includes(role):
		return nil
	case need == kioskOrClerk && p.device != nil && p.device.Kind == deviceKiosk:
		return nil
	case need == counterDevice && p.device != nil && p.device.Kind == deviceCounter:
		return nil
	case p.user == nil:
		return errUnauthenticated
	}
	return errForbidden
}
