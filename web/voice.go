package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"layso/kiosk"
)

// Utterance is a call to be heard.
type Utterance struct {
	Number  string
	Counter string
	Lang    kiosk.Lang // in which the ticket was taken
	Voice   kiosk.Voice
	Part    string // whole, first or again
	With    string // used, program or offered: whose voice
}

// Help is what the kiosk says of one of its screens.
type Help struct {
	Screen  string // see GET /voice/help/{file}
	Lang    kiosk.Lang
	Voice   kiosk.Voice
	More    bool      // there is more than can be seen
	Number  string    // a ticket's, or the code of an appointment
	Ahead   int       // people waiting before it
	Paper   string    // what becomes of its paper
	Counter string    // where it is called to
	At      time.Time // when an appointment would be; zero: not told
}

// Recordings are a voice that a hall has recorded itself.
type Recordings struct {
	Name    string    `json:"name"`
	English bool      `json:"english"`
	Clips   int       `json:"clips"`
	At      time.Time `json:"at"`
}

// Speaker is a loudspeaker at the PC's own sound card.
type Speaker struct {
	Name     string   `json:"name"`
	Counters []string `json:"counters,omitempty"`
	Spoken   int      `json:"spoken"`
	Fault    string   `json:"fault,omitempty"`
}

// VoiceState is whose voice speaks, and out of what.
type VoiceState struct {
	ID       string      `json:"-"` // changes with the voice
	Own      *Recordings `json:"own"`
	Offered  *Recordings `json:"offered"`
	Fault    string      `json:"fault,omitempty"`
	Speakers []Speaker   `json:"speakers"`
}

// Speech makes the sound of calls and keeps the hall's own recordings.
type Speech interface {
	// WAV composes a call, or, of a number that is empty, the chime alone; without a voice that was asked for it
	// gives nil.
	WAV(u Utterance) []byte
	// Help composes what the kiosk says; nil where it has nothing to say.
	Help(h Help) []byte
	State() VoiceState
	Template() []byte
	// Offer checks an archive; the error is a [kiosk.Faults]. No archive forgets what was offered.
	Offer(archive []byte) error
	// Use makes the offered recordings the hall's own, or the program's voice speak again. It fails with
	// [kiosk.ErrInvalidField] where nothing was offered.
	Use(offered bool) error
}

// Limits of what is heard before it is used, by user.
const (
	hearBurst  = 20
	hearEvery  = 2 * time.Second
	offerBurst = 5
	offerEvery = 20 * time.Second
	maxOffer   = 32 << 20 // bytes
	// Of what screens play, by address: 300 TVs behind one address all ask at the same moment.
	playBurst = 1000
	playEvery = 20 * time.Millisecond
)

// voiceRoutes let calls be heard; where nobody makes the sound they do not exist.
func (s *Server) voiceRoutes() []route {
	if s.Speech == nil {
		return nil
	}
	return []route{
		{"GET", "/voice/{file}", anyone, getSound},
		{"GET", "/voice/help/{file}", kioskOrClerk, getGuide},
		{"GET", "/api/voice", admins, getVoice},
		{"POST", "/api/voice/preview", admins, previewVoice},
		{"GET", "/api/voice/manifest.json", admins, getVoiceManifest},
		{"PUT", "/api/voice/offered", admins, offerRecordings},
		{"DELETE", "/api/voice/offered", admins, func(c *call) error { return c.voiceAfter(c.Speech.Offer(nil)) }},
		{"PUT", "/api/voice/own", admins, func(c *call) error { return c.voiceAfter(c.Speech.Use(true)) }},
		{"DELETE", "/api/voice/own", admins, func(c *call) error { return c.voiceAfter(c.Speech.Use(false)) }},
	}
}

// getSound answers with the sound of a call of today. Nobody can have it speak what was not called.
func getSound(c *call) error {
	if wait := c.played.take(clientAddress(c.r), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	u := Utterance{Part: c.r.URL.Query().Get("part"), With: "used"}
	if u.Part == "" {
		u.Part = "whole"
	}
	name, isWAV := strings.CutSuffix(c.r.PathValue("file"), ".wav")
	switch {
	case !isWAV:
		return errNotFound
	case u.Part != "whole" && u.Part != "first" && u.Part != "again":
		return invalid("part")
	case name == "silence":
		u.Part = name
	case name != "chime":
		e, err := c.called(name)
		if err != nil {
			return err
		}
		u.Number, u.Counter, u.Lang, u.Voice = e.Number, e.Counter, e.Lang, c.Hall.View().Setup().Voice
	}
	made := c.sounds.get(c.Speech, u)
	return c.sound(made.tag, made.wav)
}

// called gives the event of the open business day that has this seq and is a call.
func (c *call) called(seq string) (kiosk.Event, error) {
	v := c.Hall.View()
	n, err := strconv.ParseUint(seq, 10, 63)
	if err != nil || n < v.DayFirst() || n > v.Seq() || n == 0 {
		return kiosk.Event{}, errNotFound
	}
	events, err := c.History.Since(n-1, 1)
	if err != nil {
		return kiosk.Event{}, unavailable(err)
	}
	if len(events) == 0 || events[0].Type != kiosk.TicketCalled && events[0].Type != kiosk.TicketRecalled {
		return kiosk.Event{}, errNotFound
	}
	return events[0], nil
}

func (c *call) sound(tag string, wav []byte) error {
	if wav == nil {
		return errNotFound
	}
	c.w.Header().Set("Content-Type", "audio/wav")
	c.w.Header().Set("Cache-Control", "no-cache")
	if tag != "" {
		c.w.Header().Set("ETag", `"`+tag+`"`)
	}
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(wav))
	return nil
}

// soundsKept is how many calls are kept for the other screens, which ask at the same moment.
const soundsKept = 16

// sounds keeps the newest sounds. Who asks for one that is being made waits for it.
type sounds struct {
	mu    sync.Mutex
	made  map[string]sound
	order []string
}

// sound is a WAV file and what names it: equal names mean equal sounds, also to a browser that has kept one
// since an older program, which spoke otherwise.
type sound struct {
	tag string
	wav []byte
}

// get gives the utterance in the voice that speaks now.
func (s *sounds) get(speech Speech, u Utterance) sound {
	words, _ := json.Marshal(u) // of strings and flags: can't fail
	key := string(words) + speech.State().ID
	s.mu.Lock()
	defer s.mu.Unlock()
	if x, ok := s.made[key]; ok {
		return x
	}
	wav := speech.WAV(u)
	if wav == nil {
		return sound{}
	}
	sum := sha256.Sum256(wav)
	x := sound{hex.EncodeToString(sum[:12]), wav}
	if s.made == nil {
		s.made = map[string]sound{}
	}
	if s.order = append(s.order, key); len(s.order) > soundsKept {
		delete(s.made, s.order[0])
		s.order = s.order[1:]
	}
	s.made[key] = x
	return x
}

func getVoice(c *call) error { return c.json(200, c.Speech.State()) }

// voiceAfter answers with how things stand after a change that went well.
func (c *call) voiceAfter(err error) error {
	if err != nil {
		return err
	}
	c.Log.Info("the voice was changed", "by", c.who.name())
	return getVoice(c)
}

var (
	heardNumber  = regexp.MustCompile(`^[A-Z]{0,2}[0-9]{1,6}$`)
	heardCounter = regexp.MustCompile(`^[A-Za-z0-9]{1,4}$`)
)

func previewVoice(c *call) error {
	if wait := c.heard.take(c.who.name(), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	var in struct {
		Number, Counter, Lang, With string
		Voice                       kiosk.Voice
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if in.With == "" {
		in.With = "used"
	}
	for field, ok := range map[string]bool{
		"number": heardNumber.MatchString(in.Number), "counter": heardCounter.MatchString(in.Counter), "voice.chime": in.Voice.Chime.Valid(),
		"lang": in.Lang == "" || in.Lang == "vi" || in.Lang == "en", "with": in.With == "used" || in.With == "program" || in.With == "offered",
	} {
		if !ok {
			return invalid(field)
		}
	}
	wav := c.Speech.WAV(Utterance{in.Number, in.Counter, kiosk.ParseLang(in.Lang), in.Voice, "whole", in.With})
	if wav == nil {
		return invalid("with")
	}
	return c.sound("", wav)
}

func getVoiceManifest(c *call) error {
	c.w.Header().Set("Content-Type", "application/json")
	c.w.Header().Set("Content-Disposition", `attachment; filename="manifest.json"`)
	c.w.Write(c.Speech.Template())
	return nil
}

func offerRecordings(c *call) error {
	if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); kind != "application/zip" {
		return errContentType
	}
	if wait := c.offers.take(c.who.name(), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	archive, err := io.ReadAll(http.MaxBytesReader(nil, c.r.Body, maxOffer))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return errTooLarge
	case err != nil:
		return fmt.Errorf("%w: %w", errBadRequest, err)
	case len(archive) == 0:
		return errBadRequest
	}
	return c.voiceAfter(c.Speech.Offer(archive))
}
