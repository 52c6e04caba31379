package paper

import (
	"fmt"
	"image"
	"time"

	"layso/kiosk"
)

// TestSlip is what stands on a test slip: what printer it is, and patterns that show what is wrong
// with it.
type TestSlip struct {
	Hall    kiosk.Text // the office's name
	Crest   string     // as on a [Slip]
	Lang    kiosk.Lang
	Printer string    // its name in the configuration
	Profile string    // the name of its profile
	Link    string    // where its wire leads, e.g. /dev/usb/lp0; may be empty
	Issued  time.Time // in the hall's zone; zero leaves it off the paper (the clock is not trusted)
	Roll    int       // millimetres of paper that should be left on the roll, 0: unknown
}

// testWords are the labels of a test slip in one language.
type testWords struct {
	title, printer, profile, link, width, roll string
	dots, left, printed                        string // formats
	edges, black, grey, letters, code          string
}

var testVI = testWords{
	title: "Phiếu in thử", printer: "Máy in", profile: "Loại máy", link: "Cổng", width: "Khổ in", roll: "Giấy còn khoảng",
	dots: "%d chấm", left: "%d m", printed: "In lúc 15:04:05 ngày 02/01/2006",
	edges:   "Hai vạch đứng sát hai mép phải thấy đủ. Thiếu một vạch: chọn sai loại máy hoặc lệch giấy.",
	black:   "Vạch trắng dọc trong dải đen: đầu in bẩn hoặc mòn, cần lau.",
	grey:    "Các ô phải đậm dần đều. Loang lổ: giấy kém hoặc sai mặt.",
	letters: "Dấu tiếng Việt phải rõ từng chữ.",
	code:    "Quét mã này bằng điện thoại: phải đọc được.",
}

var testEN = testWords{
	title: "Test slip", printer: "Printer", profile: "Kind", link: "Wire", width: "Print width", roll: "Paper left, about",
	dots: "%d dots", left: "%d m", printed: "Printed at 15:04:05 on 02/01/2006",
	edges:   "Both upright lines at the edges must be there. One is missing: wrong kind of printer, or the paper is askew.",
	black:   "White lines down the black bar: the print head is dirty or worn, clean it.",
	grey:    "The fields must darken evenly. Blotches: poor paper, or its wrong side.",
	letters: "Each Vietnamese mark must be clear.",
	code:    "Scan this code with a phone: it must be readable.",
}

// marksLine has every mark of Vietnamese, alone and stacked, in capitals and small letters.
const marksLine = "Ă Â Đ Ê Ô Ơ Ư Ằ Ẳ Ẵ Ắ Ặ Ầ Ẩ Ẫ Ấ Ậ Ề Ể Ễ Ế Ệ Ồ Ổ Ỗ Ố Ộ Ờ Ở Ỡ Ớ Ợ Ừ Ử Ữ Ứ Ự à ả ã á ạ ì ỉ ĩ í ị ỳ ỷ ỹ ý ỵ ằ ẵ ậ ễ ệ ổ ộ ỡ ợ ử ự đ"

// Test lays out a test slip. A crest that can't be drawn is left off.
func (r *Renderer) Test(s TestSlip) *Bitmap {
	r.mu.Lock()
	defer r.mu.Unlock()
	t := test{r.sheet(), &s, &testVI}
	if s.Lang == kiosk.English {
		t.w = &testEN
	}
	_ = t.head(s.Hall, kiosk.Text{}, s.Crest, s.Lang) // the patterns matter without it, and the tickets have said so
	t.line(t.w.title, t.measures.service)
	t.facts()
	t.patterns()
	t.code()
	return t.out
}

type test struct {
	sheet
	slip *TestSlip
	w    *testWords
}

func (t *test) facts() {
	value := style{bold, t.second.most, t.label.least, 2}
	rows := [][2]string{{t.w.printer, t.slip.Printer}, {t.w.profile, t.slip.Profile}, {t.w.link, t.slip.Link}, {t.w.width, fmt.Sprintf(t.w.dots, t.dots)}}
	if t.slip.Roll > 0 {
		rows = append(rows, [2]string{t.w.roll, fmt.Sprintf(t.w.left, t.slip.Roll/1000)})
	}
	for _, row := range rows {
		if row[1] != "" {
			t.row(row[0], row[1], t.second, value)
		}
	}
	t.y += t.gap / 2
}

// patterns go to the paper's edges, unlike all else: a width that is set wrong shows there.
func (t *test) patterns() {
	t.y += t.gap / 4
	t.edges(44)
	t.line(t.w.edges, t.label)
	t.bar(24)
	t.line(t.w.black, t.label)
	t.greys(40)
	t.line(t.w.grey, t.label)
	t.y += t.gap / 4
	t.line(marksLine, style{regular, t.label.most, t.label.least, 4})
	t.line(t.w.letters, t.label)
}

// edges is a ruler between two upright lines in the first and the last column: a tick each 8 dots, a
// long one each 80.
func (t *test) edges(tall int) {
	t.out.fill(image.Rect(0, t.y, 2, t.y+tall))
	t.out.fill(image.Rect(t.dots-2, t.y, t.dots, t.y+tall))
	for x := 8; x < t.dots; x += 8 {
		tick := 10
		if x%80 == 0 {
			tick = 26
		} else if x%40 == 0 {
			tick = 18
		}
		t.out.fill(image.Rect(x, t.y, x+1, t.y+tick))
	}
	t.y += tall + t.gap/4
}

// bar heats every dot of the head, for no longer than a slow power supply bears.
func (t *test) bar(tall int) {
	t.y += t.gap / 2
	t.out.fill(image.Rect(0, t.y, t.dots, t.y+tall))
	t.y += tall + t.gap/4
}

// thresholds is the order in which the dots of a square of 4 × 4 turn black (Bayer's), from 0 to 15.
var thresholds = [16]int{0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5}

// greys are five fields of 2, 5, 8, 11 and 14 black dots in 16.
func (t *test) greys(tall int) {
	t.y += t.gap / 2
	t.out.grow(t.y + tall)
	for y := range tall {
		for x := range t.dots {
			if field := x * 5 / t.dots; thresholds[y%4*4+x%4] < 2+3*field {
				t.out.fill(image.Rect(x, t.y+y, x+1, t.y+y+1))
			}
		}
	}
	t.y += tall + t.gap/4
}

// code is a QR code of the usual module with the slip's own facts, and the time beside it.
func (t *test) code() {
	t.y += t.gap / 2
	text := "layso " + t.slip.Printer + " " + t.slip.Profile
	if !t.slip.Issued.IsZero() {
		text += " " + t.slip.Issued.Format("2006-01-02T15:04")
	}
	top, x := t.y, t.dots-t.margin
	if rows, err := QR(text); err == nil {
		dots := max(leastModule, moduleSize(len(rows), t.module, t.dots/2))
		x = t.dots - len(rows)*dots
		drawQR(t.out, rows, dots, x, top)
	}
	t.y += t.gap
	t.set(t.w.code, t.label, t.margin, x-t.margin)
	if !t.slip.Issued.IsZero() {
		t.set(t.slip.Issued.Format(t.w.printed), t.label, t.margin, x-t.margin)
	}
	t.y = max(t.y, t.out.Height)
}
