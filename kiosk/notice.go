package kiosk

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/jpeg" // a notice's picture may be a photo
	_ "image/png"
	"strings"
	"time"
	"unicode/utf8"
)

// Notice is something that the office tells its citizens (thông báo): the TVs show it while nobody is called.
type Notice struct {
	Title   Text   `json:"title" yaml:"title"`
	Lines   Lines  `json:"lines,omitzero" yaml:"lines,omitempty"`
	Picture string `json:"picture,omitempty" yaml:"picture,omitempty"` // a JPEG or PNG in base64, at most 96 KiB and 1920 × 1920; may be empty
	From    string `json:"from,omitempty" yaml:"from,omitempty"`       // first day, YYYY-MM-DD; empty: from now on
	Until   string `json:"until,omitempty" yaml:"until,omitempty"`     // last day; empty: for ever
}

// Lines are paragraphs in the hall's two languages. A line holds no line break.
type Lines struct {
	VI []string `json:"vi,omitempty" yaml:"vi,omitempty"`
	EN []string `json:"en,omitempty" yaml:"en,omitempty"`
}

// In gives the lines in lang, and the Vietnamese ones where there are no English ones.
func (l Lines) In(lang Lang) []string {
	if lang == English && len(l.EN) > 0 {
		return l.EN
	}
	return l.VI
}

// Procedure is what the office publishes about a service (công khai thủ tục hành chính).
type Procedure struct {
	Papers Lines `json:"papers,omitzero" yaml:"papers,omitempty"` // to be brought along, one a line
	Time   Text  `json:"time,omitzero" yaml:"time,omitempty"`     // limit, e.g. 10 ngày làm việc
	Fee    Text  `json:"fee,omitzero" yaml:"fee,omitempty"`       // e.g. 15.000 đồng/bản
}

// On reports whether the notice is shown on a day, YYYY-MM-DD.
func (n *Notice) On(day string) bool {
	return n.From <= day && (n.Until == "" || day <= n.Until)
}

// Limits of what is published. All of it stands in the setup, which each day's log carries.
const (
	maxNotices     = 30
	maxLines       = 12
	maxLine        = 200       // characters
	maxPicture     = 96 << 10  // bytes
	maxPictureSide = 1920      // dots
	maxNoticeBytes = 256 << 10 // of all notices, pictures in base64
	maxProcedures  = 128 << 10 // bytes of the procedures of all services
)

func (c *checker) notices(list []Notice) {
	c.within("notices", len(list), 0, maxNotices)
	size := 0
	for i, n := range list {
		at := fmt.Sprintf("notices[%d]", i)
		c.text(at+".title", n.Title)
		c.lines(at+".lines", n.Lines)
		c.days(at, n)
		if n.Picture != "" {
			c.picture(at+".picture", n.Picture)
		}
		size += len(n.Title.VI) + len(n.Title.EN) + n.Lines.size() + len(n.Picture)
	}
	if size > maxNoticeBytes {
		c.add("notices", "too_long", "take %d bytes, more than %d", size, maxNoticeBytes)
	}
}

func (c *checker) days(at string, n Notice) {
	for _, x := range []struct{ field, day string }{{at + ".from", n.From}, {at + ".until", n.Until}} {
		if _, err := time.Parse(time.DateOnly, x.day); err != nil && x.day != "" {
			c.add(x.field, "format", "%q is no date such as 2026-09-02", x.day)
			return
		}
	}
	if n.Until != "" && n.Until < n.From {
		c.add(at+".until", "range", "is before the first day")
	}
}

func (c *checker) lines(at string, l Lines) {
	for _, x := range []struct {
		field string
		lines []string
	}{{at + ".vi", l.VI}, {at + ".en", l.EN}} {
		if len(x.lines) > maxLines {
			c.add(x.field, "range", "has more than %d lines", maxLines)
		}
		for _, line := range x.lines {
			if !CleanText(line) {
				c.add(x.field, "characters", "contains control or text direction characters")
				break
			} else if utf8.RuneCountInString(line) > maxLine {
				c.add(x.field, "too_long", "has a line longer than %d characters", maxLine)
				break
			}
		}
	}
	if len(l.VI) == 0 && len(l.EN) > 0 {
		c.add(at+".vi", "required", "must not be empty where there is an English text")
	}
}

func (l Lines) size() int { return len(strings.Join(l.VI, "")) + len(strings.Join(l.EN, "")) }

func (c *checker) picture(field, text string) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		c.add(field, "format", "is not in base64")
		return
	}
	if len(data) > maxPicture {
		c.add(field, "too_long", "is larger than %d bytes", maxPicture)
		return
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && (config.Width > maxPictureSide || config.Height > maxPictureSide) {
		c.add(field, "range", "is %d × %d dots, more than %d × %d", config.Width, config.Height, maxPictureSide, maxPictureSide)
		return
	}
	if err == nil {
		_, _, err = image.Decode(bytes.NewReader(data))
	}
	if err != nil {
		c.add(field, "format", "is no JPEG or PNG that can be read")
	}
}

func (c *checker) procedures(list []Service) {
	size := 0
	for i, s := range list {
		p, at := s.Procedure, fmt.Sprintf("services[%d].procedure", i)
		if p == nil {
			continue
		}
		c.lines(at+".papers", p.Papers)
		c.line(at+".time", p.Time)
		c.line(at+".fee", p.Fee)
		size += p.Papers.size() + len(p.Time.VI+p.Time.EN+p.Fee.VI+p.Fee.EN)
	}
	if size > maxProcedures {
		c.add("services", "too_long", "their procedures take %d bytes, more than %d", size, maxProcedures)
	}
}

// line checks a text that may be left out.
func (c *checker) line(field string, t Text) {
	if t.VI == "" && t.EN == "" {
		return
	}
	c.text(field, t)
}
