package web

import (
	"strings"
	"time"

	"layso/kiosk"
)

// later is a refusal that says from when it will be otherwise; both times are in the hall's zone.
type later struct {
	code    kiosk.Error
	at, now time.Time
}

func (e later) Error() string { return string(e.code) + " until " + e.at.Format(time.RFC3339) }
func (e later) Unwrap() error { return e.code }

// laterSentences are the sentences of refusals that know from when it will be otherwise.
var laterSentences = map[kiosk.Error]kiosk.Text{
	kiosk.ErrTooEarly:      {VI: "Chưa đến giờ hẹn. Xin quay lại từ {when} để lấy số.", EN: "You are early. Please come back from {when} to get your number."},
	kiosk.ErrHallClosed:    {VI: "Ngoài giờ làm việc. Mở cửa lại lúc {when}.", EN: "We are closed now. We open again at {when}."},
	kiosk.ErrServiceClosed: {VI: "Lĩnh vực này hiện không nhận thêm. Nhận lại lúc {when}.", EN: "This service takes nobody now. It opens again at {when}."},
	kiosk.ErrQuotaReached:  {VI: "Lĩnh vực này đã hết số hôm nay. Nhận lại lúc {when}.", EN: "This service has no numbers left today. It opens again at {when}."},
	kiosk.ErrNoTimeLeft:    {VI: "Hôm nay không còn kịp phục vụ lĩnh vực này. Nhận lại lúc {when}.", EN: "There is no time left for this service today. It opens again at {when}."},
}

// sentence gives what to say to the person.
func (e later) sentence(lang kiosk.Lang) string {
	return strings.ReplaceAll(laterSentences[e.code].In(lang), "{when}", e.when(lang))
}

// when gives the time in words, with its date where that is not today.
func (e later) when(lang kiosk.Lang) string {
	clock := e.at.Format("15:04")
	if e.at.Format(time.DateOnly) == e.now.Format(time.DateOnly) {
		return clock
	}
	if lang == kiosk.English {
		return clock + " on " + e.at.Format("Monday 2 January")
	}
	days := [...]string{"chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}
	return clock + " " + days[e.at.Weekday()] + " ngày " + e.at.Format("2/1")
}

// reopens adds to the refusal of a ticket from when the service takes tickets again, or the hall for "",
// where that is known.
func (c *call) reopens(err error, service string) error {
	code, ok := err.(kiosk.Error)
	if _, known := laterSentences[code]; !ok || !known {
		return err
	}
	v := c.Hall.View()
	now := c.Now().In(v.Location())
	_, at := v.Door(now)
	for _, s := range v.ServiceStatuses(now, c.Hall.Forecast()) {
		if s.ID == service {
			at = s.OpensAt
		}
	}
	if at == nil {
		return err
	}
	return later{code, *at, now}
}
