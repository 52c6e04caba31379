package kiosk

// Lang is a language of the interface: [Vietnamese] or [English].
type Lang string

// The languages that layso speaks. Vietnamese is the default everywhere.
const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// ParseLang gives the language that s names, and Vietnamese for anything else.
func ParseLang(s string) Lang {
	if s == string(English) {
		return English
	}
	return Vietnamese
}

// Text is a label in the hall's two languages. VI is required wherever a Text is; EN may be empty.
type Text struct {
	VI string `json:"vi" yaml:"vi"`
	EN string `json:"en,omitempty" yaml:"en,omitempty"`
}

// In gives the text in lang, and the Vietnamese one where there is no English.
func (t Text) In(lang Lang) string {
	if lang == English && t.EN != "" {
		return t.EN
	}
	return t.VI
}
