package paper

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"layso/kiosk"
)

// Slip is what stands on one ticket. It says nothing of the citizen but that there is a priority:
// which one may be a matter of health and is nobody's business in the hall.
type Slip struct {
	Hall     kiosk.Text   // the office's name
	Service  kiosk.Text   // what the citizen waits for
	Then     []kiosk.Text // what comes after it on the same ticket, in order
	Number   string       // e.g. A001, never wrapped
	Ahead    int          // people ahead when the ticket was taken
	Wait     kiosk.Range  // expected when the ticket was taken
	Issued   time.Time    // in the hall's zone; zero leaves it off the paper (the clock is not trusted)
	Lang     kiosk.Lang   // of the labels
	Priority bool         // marks the ticket ƯU TIÊN
	Booked   bool         // marks the ticket LỊCH HẸN
	Slot     time.Time    // the appointment's time beside that mark, in the hall's zone; zero leaves it off
	Reprint  bool         // marks the ticket IN LẠI
	URL      string       // in the QR code; empty prints none
	Phone    kiosk.Phone  // what the QR code is good for
}

// words are the labels of a ticket in one language.
type words struct {
	priority, reprint      string
	booked, slot           string // slot is a format of the time
	then                   string // format of the services that come after
	ahead, wait            string
	person, people         string // formats of a number
	soon, under, about     string
	span, hour             string // formats
	taken                  string // format of the date and the time
	scan, join, here, form string
}

var vietnamese = words{
	priority: "ƯU TIÊN", reprint: "IN LẠI", booked: "LỊCH HẸN", slot: "HẸN 15:04", then: "Tiếp theo: %s",
	ahead: "Người chờ trước", wait: "Thời gian chờ",
	person: "%d người", people: "%d người",
	soon: "Sắp đến lượt", under: "dưới %s phút", about: "khoảng %s phút",
	span: "%s – %s", hour: "%d giờ %02d",
	taken: "Lấy số lúc 15:04 ngày 02/01/2006",
	scan:  "Quét mã để theo dõi lượt", join: "Wi-Fi: %s", here: "Mã dùng tại các máy trong phòng chờ",
	form: "Phiếu số thứ tự, không phải giấy tiếp nhận hồ sơ",
}

var english = words{
	priority: "PRIORITY", reprint: "REPRINT", booked: "APPOINTMENT", slot: "APPOINTMENT 15:04", then: "Then: %s",
	ahead: "People ahead", wait: "Expected wait",
	person: "%d person", people: "%d people",
	soon: "You are next", under: "under %s min", about: "about %s min",
	span: "%s – %s", hour: "%d h %02d",
	taken: "Taken at 15:04 on 02/01/2006",
	scan:  "Scan to follow your turn", join: "Wi-Fi: %s", here: "For the machines in this hall",
	form: "Queue ticket, not a receipt for documents",
}

func (s *Slip) words() *words {
	if s.Lang == kiosk.English {
		return &english
	}
	return &vietnamese
}

func (s *Slip) people() string {
	if s.Ahead == 1 {
		return fmt.Sprintf(s.words().person, s.Ahead)
	}
	return fmt.Sprintf(s.words().people, s.Ahead)
}

// marks are the words that stand in frames.
func (s *Slip) marks() []string {
	var marks []string
	w := s.words()
	if s.Priority {
		marks = append(marks, w.priority)
	}
	switch {
	case s.Booked && !s.Slot.IsZero():
		marks = append(marks, s.Slot.Format(w.slot))
	case s.Booked:
		marks = append(marks, w.booked)
	}
	if s.Reprint {
		marks = append(marks, w.reprint)
	}
	return marks
}

// route is the line that says what comes after, or nothing.
func (s *Slip) route() string {
	if len(s.Then) == 0 {
		return ""
	}
	var names []string
	for _, name := range s.Then {
		names = append(names, name.In(s.Lang))
	}
	return fmt.Sprintf(s.words().then, strings.Join(names, ", "))
}

// expected gives the wait in words, or nothing where none was foreseen. Nobody ahead and no wait
// is "soon" and not "now": the clerk may still be putting papers together.
func (s *Slip) expected() string {
	w := s.words()
	switch low, high := Minutes(s.Wait); {
	case high == 0 && s.Ahead > 0:
		return ""
	case high == 0:
		return w.soon
	case low == 0:
		return fmt.Sprintf(w.under, fmt.Sprint(high))
	case high <= 90:
		return fmt.Sprintf(w.about, fmt.Sprintf("%d–%d", low, high))
	default:
		return fmt.Sprintf(w.span, fmt.Sprintf(w.hour, low/60, low%60), fmt.Sprintf(w.hour, high/60, high%60))
	}
}

// hints are the small lines beside the QR code.
func (s *Slip) hints() []string {
	var lines []string
	w := s.words()
	if !s.Issued.IsZero() {
		lines = append(lines, s.Issued.Format(w.taken))
	}
	switch {
	case s.URL == "":
	case s.Phone.Mode == kiosk.PhoneOff:
		lines = append(lines, w.here)
	default:
		lines = append(lines, w.scan)
	}
	if s.Phone.Mode == kiosk.PhoneWifi && s.Phone.SSID != "" && s.URL != "" {
		lines = append(lines, fmt.Sprintf(w.join, clean(s.Phone.SSID)))
	}
	return lines
}

// clean makes text fit for drawing. The fonts' drawing does no shaping, so marks that come as
// characters of their own must be composed first; control characters would show as boxes.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFC.String(text))
}
