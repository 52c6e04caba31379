package paper

import (
	"fmt"
	"image"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// ClosingSlip is what stands on the slip that closes a day (phiếu chốt ngày): a day's figures, and the
// head of the log's hash chain, which proves tampering once it has left the PC.
type ClosingSlip struct {
	Hall    kiosk.Text // the office's name
	Crest   string     // as on a [Slip]
	Lang    kiosk.Lang
	Totals  kiosk.Totals
	Seq     uint64    // of the day's last record in the log
	Hash    string    // and its hash, hexadecimal
	Printed time.Time // in the hall's zone; zero leaves it off the paper (the clock is not trusted)
}

// closingWords are the labels of a closing slip in one language.
type closingWords struct {
	title, day                                            string // day is a format of the date
	taken, served, noShows, cancelled, sentHome, reprints string
	waits, mean, median, p90, longest, within             string
	minutes, under                                        string // a format of a number, and what is less than one
	services, takenShort, servedShort, waitShort          string
	record, keep, printed, sign, nobody                   string
}

var closingVI = closingWords{
	title: "Phiếu chốt ngày", day: "ngày 02/01/2006",
	taken: "Số đã lấy", served: "Đã phục vụ xong", noShows: "Gọi không có mặt", cancelled: "Khách tự hủy", sentHome: "Hết ngày còn chờ", reprints: "Phiếu in lại",
	waits: "Thời gian chờ đến khi được gọi", mean: "Trung bình", median: "Một nửa chờ không quá", p90: "9 trong 10 người không quá",
	longest: "Lâu nhất", within: "Chờ không quá 15 phút", minutes: "%d phút", under: "dưới 1 phút",
	services: "Lĩnh vực", takenShort: "Lấy số", servedShort: "Xong", waitShort: "Chờ TB",
	record: "Nhật ký đến bản ghi số %s", printed: "In lúc 15:04 ngày 02/01/2006",
	keep: "Giữ phiếu này: nếu sau này ai sửa nhật ký của ngày, mã trên sẽ không còn khớp (kiểm tra: layso verify --slip).",
	sign: "Người chốt (ký, ghi rõ họ tên)", nobody: "–",
}

var closingEN = closingWords{
	title: "Closing slip", day: "02/01/2006",
	taken: "Numbers taken", served: "Served", noShows: "Called, not there", cancelled: "Cancelled", sentHome: "Still waiting at the end", reprints: "Tickets printed again",
	waits: "Wait until called", mean: "Mean", median: "Half waited at most", p90: "9 of 10 waited at most",
	longest: "Longest", within: "Waited 15 minutes at most", minutes: "%d min", under: "under 1 min",
	services: "Service", takenShort: "Taken", servedShort: "Served", waitShort: "Mean",
	record: "Log up to record %s", printed: "Printed at 15:04 on 02/01/2006",
	keep: "Keep this slip: if anybody changes the day's log later, this code no longer matches it (check: layso verify --slip).",
	sign: "Closed by (signature and name)", nobody: "–",
}

func (s *ClosingSlip) words() *closingWords {
	if s.Lang == kiosk.English {
		return &closingEN
	}
	return &closingVI
}

// Closing lays out the closing slip of a day. A crest that can't be drawn is left off.
func (r *Renderer) Closing(s ClosingSlip) *Bitmap {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := closing{r.sheet(), &s, s.words()}
	_ = c.head(s.Hall, kiosk.Text{}, s.Crest, s.Lang) // the figures matter without it, and the tickets have said so
	c.line(c.w.title, c.measures.service)
	if day, err := time.Parse(time.DateOnly, s.Totals.Day); err == nil {
		c.line(weekday(day, s.Lang)+", "+day.Format(c.w.day), c.second)
	}
	c.rule(c.gap/2, c.gap/2)
	c.day()
	c.services()
	c.seal()
	c.signature()
	return c.out
}

type closing struct {
	sheet
	slip *ClosingSlip
	w    *closingWords
}

// day sets the figures of the whole day: what happened, then the waits.
func (c *closing) day() {
	sums, w := c.slip.Totals.Sums, c.w
	strong := style{bold, c.value.most, c.value.least, 1}
	plain := style{bold, c.second.most, c.second.least, 1}
	c.row(w.taken, strconv.Itoa(sums.Taken), c.second, strong)
	c.row(w.served, strconv.Itoa(sums.Served), c.second, strong)
	c.row(w.noShows, strconv.Itoa(sums.NoShows), c.second, plain)
	c.row(w.cancelled, strconv.Itoa(sums.Cancelled-sums.SentHome), c.second, plain)
	c.row(w.sentHome, strconv.Itoa(sums.SentHome), c.second, plain)
	c.row(w.reprints, strconv.Itoa(sums.Reprints), c.second, plain)
	c.rule(c.gap/2, c.gap/2)
	c.line(w.waits, c.label)
	share := w.nobody
	if sums.Called > 0 {
		share = fmt.Sprintf("%.0f %%", 100*sums.Within15)
	}
	c.row(w.within, share, c.second, strong)
	c.row(w.mean, c.wait(sums.MeanWaitS, sums, w.minutes, w.under), c.second, plain)
	c.row(w.median, c.wait(sums.MedianWaitS, sums, w.minutes, w.under), c.second, plain)
	c.row(w.p90, c.wait(sums.P90WaitS, sums, w.minutes, w.under), c.second, plain)
	c.row(w.longest, c.wait(sums.LongestS, sums, w.minutes, w.under), c.second, plain)
	c.rule(c.gap/2, c.gap/2)
}

// wait says one of the sums' waits, given in seconds, in whole minutes, and where nobody was called that
// there is none.
func (c *closing) wait(seconds int, sums kiosk.Sums, some, under string) string {
	switch minutes := (seconds + 30) / 60; {
	case sums.Called == 0:
		return c.w.nobody
	case minutes == 0:
		return under
	default:
		return fmt.Sprintf(some, minutes)
	}
}

// services is a table of the day's services.
func (c *closing) services() {
	if len(c.slip.Totals.Services) == 0 {
		return
	}
	w := c.w
	c.tableRow(w.services, [3]string{w.takenShort, w.servedShort, w.waitShort}, c.label)
	for _, s := range c.slip.Totals.Services {
		wait := c.wait(s.MeanWaitS, s.Sums, "%d′", "<1′")
		c.tableRow(s.Name.In(c.slip.Lang), [3]string{strconv.Itoa(s.Taken), strconv.Itoa(s.Served), wait}, c.second)
	}
	c.rule(c.gap/2, c.gap/2)
}

// tableRow sets a name, which may take several lines, and three columns right of it.
func (c *closing) tableRow(name string, columns [3]string, st style) {
	cell := c.inner() / 6
	b := c.fonts.fit(clean(name), st, c.inner()-3*cell-8)
	y, px := c.y, st.most
	for _, text := range columns {
		px = min(px, c.fonts.fit(text, style{st.weight, st.most, 12, 1}, cell-8).face.px)
	}
	f := c.fonts.face(st.weight, px)
	for i, text := range columns {
		x := c.dots - c.margin - (2-i)*cell - f.width(text)
		f.draw(c.out, text, x, y+b.face.px)
	}
	c.y = b.draw(c.out, c.margin, y)
}

// seal is the head of the hash chain, in groups of four that can be compared by eye.
func (c *closing) seal() {
	c.line(fmt.Sprintf(c.w.record, thousands(c.slip.Seq)), c.label)
	f := c.fonts.face(bold, c.label.most)
	cell := c.inner() / c.groups
	for i := 0; i*4 < len(c.slip.Hash); i++ {
		group := strings.ToUpper(c.slip.Hash[i*4 : min(i*4+4, len(c.slip.Hash))])
		f.draw(c.out, group, c.margin+i%c.groups*cell, c.y+f.px)
		if i%c.groups == c.groups-1 || (i+1)*4 >= len(c.slip.Hash) {
			c.y += f.leading()
		}
	}
	c.y += c.gap / 4
	c.line(c.w.keep, style{regular, c.label.most, c.label.least, 3})
}

// signature leaves room for a pen above a line.
func (c *closing) signature() {
	c.rule(c.gap/2, c.gap/2)
	if !c.slip.Printed.IsZero() {
		c.line(c.slip.Printed.Format(c.w.printed), c.label)
	}
	c.line(c.w.sign, c.label)
	c.y += 96
	c.out.fill(image.Rect(c.margin, c.y, c.margin+c.inner()*2/3, c.y+2))
	c.y += 8
	c.out.grow(c.y)
}

// weekday names the day of the week.
func weekday(t time.Time, lang kiosk.Lang) string {
	if lang == kiosk.English {
		return t.Weekday().String()
	}
	return [...]string{"Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[t.Weekday()]
}

// thousands writes a number in groups of three, apart by a narrow gap that no language reads as a
// decimal sign.
func thousands(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteRune(' ')
		}
		out.WriteRune(d)
	}
	return out.String()
}
