package web

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// maxAhead is how many people before a ticket are read out.
const maxAhead = 9999

var helpWord = regexp.MustCompile(`^[a-z]{1,16}$`)

// getGuide answers with what the kiosk says of the screen that it shows: sentences of the program's, with numbers
// in them and nothing else that could be put in.
func getGuide(c *call) error {
	if wait := c.played.take(c.who.station(), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	screen, isWAV := strings.CutSuffix(c.r.PathValue("file"), ".wav")
	if !isWAV || !helpWord.MatchString(screen) {
		return errNotFound
	}
	h, err := helpAsked(c.r.URL.Query())
	if err != nil {
		return err
	}
	h.Screen, h.Voice = screen, c.Hall.View().Setup().Voice
	return c.sound("", c.Speech.Help(h))
}

// helpAsked reads what is to be put into the sentences.
func helpAsked(q url.Values) (Help, error) {
	h := Help{Lang: kiosk.ParseLang(q.Get("lang")), More: q.Get("more") == "1", Number: q.Get("number"), Paper: q.Get("paper"), Counter: q.Get("counter")}
	ahead, err := strconv.Atoi("0" + q.Get("ahead"))
	at, wrong := time.Time{}, error(nil)
	if q.Get("at") != "" {
		at, wrong = time.Parse(time.RFC3339, q.Get("at"))
	}
	for field, ok := range map[string]bool{
		"lang": known(q.Get("lang")), "more": q.Get("more") == "" || h.More, "number": h.Number == "" || heardNumber.MatchString(h.Number),
		"ahead": err == nil && ahead <= maxAhead, "at": wrong == nil, "paper": h.Paper == "" || helpWord.MatchString(h.Paper), "counter": h.Counter == "" || heardCounter.MatchString(h.Counter),
	} {
		if !ok {
			return Help{}, invalid(field)
		}
	}
	h.Ahead, h.At = ahead, at
	return h, nil
}
