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
	Head     kiosk.Text   // under it, e.g. its address; may be empty
	Foot     kiosk.Text   // near the end, e.g. what to bring; may be empty
	Crest    string       // PNG in base64, as [Crest] takes it; empty: none
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
	then                   string // above the services that come after
	ahead, wait            string
	person, people         string // formats of a number
	soon, under, about     string
	span, hour             string // formats
	taken                  string // format of the date and the time
	scan, join, here, form string
}

var vietnamese = words{
	priority: "ƯU TIÊN", reprint: "IN LẠI", booked: "LỊCH HẸN", slot: "HẸN 15:04", then: "Sau đó, vẫn số này",
	ahead: "Người chờ trước", wait: "Thời gian chờ",
	person: "%d người", people: "%d người",
	soon: "Sắp đến lượt", under: "dưới %s phút", about: "khoảng %s phút",
	span: "%s – %s", hour: "%d giờ %02d",
	taken: "Lấy số lúc 15:04 ngày 02/01/2006",
	scan:  "Quét mã để xem lượt", join: "Wi-Fi: %s", here: "Mã dùng tại các máy trong phòng chờ",
	form: "Phiếu số thứ tự, không phải giấy tiếp nhận hồ sơ",
}

var english = words{
	priority: "PRIORITY", reprint: "REPRINT", booked: "APPOINTMENT", slot: "APPOINTMENT 15:04", then: "Then, with this number",
	ahead: "People ahead", wait: "Expected wait",
	person: "%d person", people: "%d people",
	soon: "You are next", under: "under %s min", about: "about %s min",
	span: "%s – %s", hour: "%d h %02d",
	taken: "Taken at 15:04 on 02/01/2006",
	scan:  "Scan to see your turn", join: "Wi-Fi: %s", here: "For the machines in this hall",
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

// mark is what stands in a frame: the word in the ticket's language and, on a ticket that is not in
// Vietnamese, the one that the officials look for.
type mark struct{ text, own string }

func (s *Slip) marks() []mark {
	var marks []mark
	add := func(text, own string) {
		if s.words() == &vietnamese {
			own = ""
		}
		marks = append(marks, mark{text, own})
	}
	w := s.words()
	if s.Priority {
		add(w.priority, vietnamese.priority)
	}
	switch {
	case s.Booked && !s.Slot.IsZero():
		add(s.Slot.Format(w.slot), vietnamese.booked)
	case s.Booked:
		add(w.booked, vietnamese.booked)
	}
	if s.Reprint {
		add(w.reprint, vietnamese.reprint)
	}
	return marks
}

// steps are the services that come after, beside a name in another language the Vietnamese one.
func (s *Slip) steps() []string {
	var steps []string
	for _, service := range s.Then {
		name := clean(service.In(s.Lang))
		if own := clean(service.VI); own != name {
			name += " (" + own + ")"
		}
		steps = append(steps, name)
	}
	return steps
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

// code makes the QR code's modules, or nil where there is none.
func (s *Slip) code() ([][]bool, error) {
	if s.URL == "" {
		return nil, nil
	}
	return QR(s.URL)
}

// purpose says what the QR code is good for.
func (s *Slip) purpose() []string {
	w := s.words()
	switch {
	case s.URL == "":
		return nil
	case s.Phone.Mode == kiosk.PhoneOff:
		return []string{w.here}
	case s.Phone.Mode == kiosk.PhoneWifi && s.Phone.SSID != "":
		return []string{w.scan, fmt.Sprintf(w.join, s.Phone.SSID)}
	}
	return []string{w.scan}
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
