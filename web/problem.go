package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"layso/kiosk"
)

// The refusals that only the HTTP side knows; the others are the kiosk's.
const (
	errBadRequest      kiosk.Error = "bad_request"
	errTooLarge        kiosk.Error = "too_large"    // answered as bad_request with 413
	errContentType     kiosk.Error = "content_type" // answered as bad_request with 415
	errUnauthenticated kiosk.Error = "unauthenticated"
	errForbidden       kiosk.Error = "forbidden"
	errWrongPIN        kiosk.Error = "wrong_pin"
	errWrongCode       kiosk.Error = "wrong_code"
	errWeakPIN         kiosk.Error = "weak_pin"       // answered as invalid_field
	errCharacters      kiosk.Error = "characters"     // answered as invalid_field
	errDate            kiosk.Error = "date"           // answered as invalid_field
	errSpanOrder       kiosk.Error = "span_order"     // answered as invalid_field
	errSpanLong        kiosk.Error = "span_long"      // answered as invalid_field
	errWrittenNumber   kiosk.Error = "written_number" // answered as invalid_field
	errWrittenAt       kiosk.Error = "written_at"     // answered as invalid_field
	errNoWebSocket     kiosk.Error = "no_websocket"   // answered as bad_request
	errNotFound        kiosk.Error = "not_found"
	errMethod          kiosk.Error = "method_not_allowed"
	errUnknownDevice   kiosk.Error = "unknown_device"
	errUnknownSession  kiosk.Error = "unknown_session"
	errNoContact       kiosk.Error = "no_contact"
	errConsent         kiosk.Error = "consent"      // answered as invalid_field
	errPhone           kiosk.Error = "phone"        // answered as invalid_field
	errCrossOrigin     kiosk.Error = "cross_origin" // answered as forbidden
	errRatingOver      kiosk.Error = "rating_over"
	errOpenLine        kiosk.Error = "tls_required"
	errHost            kiosk.Error = "wrong_host" // answered as forbidden
)

// statuses is the HTTP status of each code (API.md).
var statuses = map[kiosk.Error]int{
	errBadRequest: 400, errTooLarge: 413, errContentType: 415, errUnauthenticated: 401, errForbidden: 403,
	errWrongPIN: 401, errWrongCode: 403, errWeakPIN: 422, errCharacters: 422, errDate: 422, errSpanOrder: 422, errSpanLong: 422, errWrittenNumber: 422, errWrittenAt: 422, errNoWebSocket: 400, errNotFound: 404, errMethod: 405,
	kiosk.ErrUnknownUser: 404, errUnknownDevice: 404, errUnknownSession: 404, errNoContact: 404, errConsent: 422, errPhone: 422, errCrossOrigin: 403, errHost: 403, errOpenLine: 403, errRatingOver: 409,
	kiosk.ErrUnknownService: 404, kiosk.ErrUnknownTicket: 404, kiosk.ErrUnknownCounter: 404,
	kiosk.ErrUnknownPriority: 404, kiosk.ErrTicketExpired: 410,
	kiosk.ErrHallClosed: 409, kiosk.ErrServiceClosed: 409, kiosk.ErrQuotaReached: 409,
	kiosk.ErrTicketInService: 409, kiosk.ErrNoTicketInHand: 409, kiosk.ErrTicketNotWaiting: 409,
	kiosk.ErrCounterClosed: 409, kiosk.ErrCounterTaken: 409, kiosk.ErrNothingToUndo: 409,
	kiosk.ErrNotFinished: 409, kiosk.ErrServiceInUse: 409, kiosk.ErrCounterInUse: 409,
	kiosk.ErrSetupChanged: 409, kiosk.ErrChangeOverwritten: 409, kiosk.ErrKeyReused: 422, kiosk.ErrInvalidField: 422,
	kiosk.ErrUnknownAppointment: 404, kiosk.ErrSlotFull: 409, kiosk.ErrSlotUnknown: 404, kiosk.ErrTooEarly: 409,
	kiosk.ErrNoTimeLeft: 409, kiosk.ErrClockSuspect: 409, kiosk.ErrTimeFarAhead: 409,
	kiosk.ErrNumberTaken: 409, ErrUnknownPrinter: 404, ErrNoClosedDay: 409, ErrPrinterBusy: 409,
	ErrUnknownBackup: 404, ErrBackupDamaged: 422, ErrBackupNewer: 409, ErrBackupBusy: 409, ErrBackupKept: 409, ErrBackupFailed: 500,
	kiosk.ErrKioskLocked: 403, kiosk.ErrStorage: 503,
}

// aliases are the codes that the contract knows under a wider name.
var aliases = map[kiosk.Error]kiosk.Error{
	errTooLarge: errBadRequest, errContentType: errBadRequest, errNoWebSocket: errBadRequest,
	errWeakPIN: kiosk.ErrInvalidField, errConsent: kiosk.ErrInvalidField, errPhone: kiosk.ErrInvalidField, errCharacters: kiosk.ErrInvalidField,
	errDate: kiosk.ErrInvalidField, errSpanOrder: kiosk.ErrInvalidField, errSpanLong: kiosk.ErrInvalidField, errWrittenNumber: kiosk.ErrInvalidField, errWrittenAt: kiosk.ErrInvalidField,
	errCrossOrigin: errForbidden, errHost: errForbidden,
}

// tooMany is a refusal that says when to try again.
type tooMany struct{ after time.Duration }

func (tooMany) Error() string { return "too_many_requests" }

// problem is an RFC 9457 problem document.
type problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail"`
	Code   string       `json:"code"`
	Field  string       `json:"field,omitempty"`
	At     *time.Time   `json:"at,omitempty"` // from when it will be otherwise
	Faults kiosk.Faults `json:"faults,omitempty"`
	// Overwritten is what stands in the way of taking a change back.
	Overwritten kiosk.Overwritten `json:"overwritten,omitempty"`
}

// fieldError is an invalid_field that knows which field it is about.
type fieldError struct {
	field string
	err   kiosk.Error
}

func (e fieldError) Error() string { return string(e.err) + ": " + e.field }
func (e fieldError) Unwrap() error { return e.err }

func invalid(field string) error { return fieldError{field, kiosk.ErrInvalidField} }

// fail answers with the problem document of err; the log gets the cause where it is our fault.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problem{Type: "about:blank", Status: 500, Code: "internal"}
	var code kiosk.Error
	var busy tooMany
	var field fieldError
	var until later
	switch {
	case errors.As(err, &p.Faults):
		code, p.Status = kiosk.ErrInvalidField, 422
	case errors.As(err, &p.Overwritten):
		code, p.Status = kiosk.ErrChangeOverwritten, 409
	case errors.As(err, &busy):
		code, p.Status = "too_many_requests", 429
		w.Header().Set("Retry-After", strconv.Itoa(int(busy.after.Round(time.Second).Seconds())+1))
	case errors.As(err, &code) && statuses[code] != 0:
		p.Status = statuses[code]
	case r.Context().Err() != nil: // the client left; what is written reaches nobody
		code = kiosk.ErrStorage
		p.Status = statuses[code]
	default:
		code = "internal"
	}
	if p.Status >= 500 && r.Context().Err() == nil {
		s.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "err", err)
	}
	if errors.As(err, &field) {
		p.Field = field.field
	}
	if code == kiosk.ErrStorage {
		w.Header().Set("Retry-After", "1")
	}
	p.Detail = sentence(code, langOf(r))
	if errors.As(err, &until) {
		p.Detail, p.At = until.sentence(langOf(r)), &until.at
	}
	p.Title = http.StatusText(p.Status)
	p.Code = string(code)
	if wide, ok := aliases[code]; ok {
		p.Code = string(wide)
	}
	writeProblem(w, p)
}

func writeProblem(w http.ResponseWriter, p problem) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(append(b, '\n')) // a client that left needs no answer
	return nil
}
