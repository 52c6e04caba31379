package kiosk

import (
	"bytes"
	"encoding/base64"
	"image/png"
	"strings"
	"unicode/utf8"
)

// PaperTexts are what the office adds to the papers that come out of the printers.
type PaperTexts struct {
	Head  Text   `json:"head,omitzero" yaml:"head,omitempty"`    // under the office's name, e.g. its address; may be empty
	Foot  Text   `json:"foot,omitzero" yaml:"foot,omitempty"`    // above a ticket's last line; may be empty
	Crest string `json:"crest,omitempty" yaml:"crest,omitempty"` // a PNG in base64, at most 32 KiB and 1024 × 1024; may be empty
	// Closing makes the closing slip of the day (phiếu chốt ngày) come out by itself.
	Closing bool `json:"closing,omitempty" yaml:"closing,omitempty"`
}

const (
	maxPaperText  = 160 // characters
	maxCrestBytes = 32 << 10
	maxCrestSide  = 1024
)

// paper checks what the office adds to its papers.
func (c *checker) paper(p PaperTexts) {
	for _, x := range []struct{ field, text string }{
		{"paper.head.vi", p.Head.VI}, {"paper.head.en", p.Head.EN}, {"paper.foot.vi", p.Foot.VI}, {"paper.foot.en", p.Foot.EN},
	} {
		if !CleanText(x.text) {
			c.add(x.field, "characters", "contains control or text direction characters")
		} else if utf8.RuneCountInString(x.text) > maxPaperText {
			c.add(x.field, "too_long", "is longer than %d characters", maxPaperText)
		}
	}
	for _, x := range []struct {
		field string
		text  Text
	}{{"paper.head.vi", p.Head}, {"paper.foot.vi", p.Foot}} {
		if strings.TrimSpace(x.text.VI) == "" && x.text.EN != "" {
			c.add(x.field, "required", "must not be empty where there is an English text")
		}
	}
	if p.Crest != "" {
		c.crest(p.Crest)
	}
}

func (c *checker) crest(text string) {
	const field = "paper.crest"
	if len(text) > base64.StdEncoding.EncodedLen(maxCrestBytes) {
		c.add(field, "too_long", "is larger than %d bytes", maxCrestBytes)
		return
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		c.add(field, "format", "is not in base64")
		return
	}
	if len(data) > maxCrestBytes {
		c.add(field, "too_long", "is larger than %d bytes", maxCrestBytes)
		return
	}
	config, err := png.DecodeConfig(bytes.NewReader(data))
	if err == nil && (config.Width > maxCrestSide || config.Height > maxCrestSide) {
		c.add(field, "range", "is %d × %d dots, more than %d × %d", config.Width, config.Height, maxCrestSide, maxCrestSide)
		return
	}
	if err == nil {
		_, err = png.Decode(bytes.NewReader(data))
	}
	if err != nil {
		c.add(field, "format", "is no PNG that can be read")
	}
}
