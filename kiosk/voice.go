package kiosk

// Voice is how a hall's calls are spoken. The zero value is the usual way: on, twice, digit by digit,
// "lẻ" and "nghìn", and English after the Vietnamese for a ticket that was taken in English.
type Voice struct {
	Off            bool  `json:"off,omitempty" yaml:"off,omitempty"`                         // calls are shown only
	Once           bool  `json:"once,omitempty" yaml:"once,omitempty"`                       // each call is read once
	Whole          bool  `json:"whole,omitempty" yaml:"whole,omitempty"`                     // A107 is "một trăm lẻ bảy" instead of "một không bảy"
	Linh           bool  `json:"linh,omitempty" yaml:"linh,omitempty"`                       // 105 is "một trăm linh năm", as in the north
	Ngan           bool  `json:"ngan,omitempty" yaml:"ngan,omitempty"`                       // 1000 is "một ngàn", as in the south
	VietnameseOnly bool  `json:"vietnamese_only,omitempty" yaml:"vietnamese_only,omitempty"` // English tickets too
	Chime          Chime `json:"chime,omitempty" yaml:"chime,omitempty"`                     // before each call
}

// Spoken says whether calls are spoken: SpokenTwice, SpokenOnce or SpokenNever.
func (v Voice) Spoken() Spoken {
	switch {
	case v.Off:
		return SpokenNever
	case v.Once:
		return SpokenOnce
	}
	return SpokenTwice
}

// Spoken is how often each call is read.
type Spoken string

// Twice is the usual way; where many wait, once all the same.
const (
	SpokenTwice Spoken = "twice"
	SpokenOnce  Spoken = "once"
	SpokenNever Spoken = "off"
)

// Chime is how loud the sound before a call is.
type Chime string

// The chimes. Normal is as loud as the voice, soft is 10 dB below it.
const (
	ChimeNormal Chime = ""
	ChimeSoft   Chime = "soft"
	ChimeOff    Chime = "off"
)

// Valid reports whether there is such a chime.
func (c Chime) Valid() bool { return c == ChimeNormal || c == ChimeSoft || c == ChimeOff }
