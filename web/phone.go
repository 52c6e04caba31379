package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// firstLook is what the phone's page brings along in data-first: with it a slow network is asked once
// before everything is there, and not three times.
type firstLook struct {
	Now    time.Time          `json:"now"`
	Ticket kiosk.TicketStatus `json:"ticket"`
	Hall   firstHall          `json:"hall"`
}

// firstHall is what the page needs of the hall: a small part of GET /api/hall, by the same names.
type firstHall struct {
	Name     string      `json:"name"`
	NameEN   string      `json:"name_en"`
	TimeZone string      `json:"time_zone"`
	Phone    kiosk.Phone `json:"phone"`
	Services []named     `json:"services"`
	Counters []named     `json:"counters"`
}

type named struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// phoneWords is what stands on the page before its script runs.
type phoneWords struct {
	Lang                                           kiosk.Lang
	First, Title, Hall, Label, Number, State, Name string
	Place                                          string
}

// phoneLayout is the page without a ticket. Its style sheets stand in it, so that a slow network is
// asked once before something is seen; style is their source for the content security policy.
type phoneLayout struct {
	page  *template.Template
	style string
}

func newPhoneLayout(build string) (phoneLayout, error) {
	page, err := files.ReadFile("pages/phone.html")
	if err != nil {
		return phoneLayout{}, err
	}
	l := phoneLayout{page: template.New("phone").Funcs(template.FuncMap{
		"build": func() string { return build },
		"style": func(name string) (template.CSS, error) {
			sheet, err := files.ReadFile("static/" + name)
			return template.CSS(sheet), err
		},
	})}
	if l.page, err = l.page.Parse(string(page)); err != nil {
		return l, err
	}
	var empty strings.Builder
	if err := l.page.Execute(&empty, phoneWords{}); err != nil {
		return l, err
	}
	_, style, _ := strings.Cut(empty.String(), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	sum := sha256.Sum256([]byte(style))
	l.style = "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	return l, nil
}

// phonePage answers with the page of a ticket. Number and place in line stand in it as text, so that
// they are there before the script has come, and even where none runs.
func phonePage(c *call) error {
	v := c.Hall.View()
	words := phoneWords{Lang: kiosk.Vietnamese}
	if t := v.Ticket(c.r.PathValue("token")); t != nil {
		var err error
		if words, err = phoneWordsOf(v, v.Status(t, c.Hall.Forecast(), c.BaseURL), c.Now()); err != nil {
			return err
		}
	}
	var page bytes.Buffer
	if err := c.phone.page.Execute(&page, words); err != nil {
		return fmt.Errorf("the phone's page: %w", err)
	}
	policy := c.w.Header().Get("Content-Security-Policy")
	c.w.Header().Set("Content-Security-Policy", strings.Replace(policy, "style-src 'self'", "style-src 'self' "+c.phone.style, 1))
	return c.sendPage(page.Bytes())
}

func phoneWordsOf(v *kiosk.View, st kiosk.TicketStatus, now time.Time) (phoneWords, error) {
	setup := v.Setup()
	first, err := json.Marshal(firstLook{now.In(v.Location()), st, firstHallOf(setup)})
	if err != nil {
		return phoneWords{}, fmt.Errorf("what the phone's page begins with: %w", err)
	}
	lang := kiosk.ParseLang(string(st.Lang))
	say := func(code string) string { return phoneTexts[code].In(lang) }
	place := phonePlace(setup, st, lang)
	return phoneWords{
		Lang: lang, First: string(first), Title: strings.TrimPrefix(place+" – "+st.Number, " – "), Hall: setup.Name.In(lang),
		Label: say("number"), Number: st.Number, State: string(st.State), Name: kiosk.Text{VI: st.Name, EN: st.NameEN}.In(lang), Place: place,
	}, nil
}

func firstHallOf(s *kiosk.Setup) firstHall {
	h := firstHall{Name: s.Name.VI, NameEN: s.Name.In(kiosk.English), TimeZone: s.TimeZone, Phone: s.Phone}
	for _, x := range s.Services {
		h.Services = append(h.Services, named{x.ID, x.Name.VI, x.Name.In(kiosk.English)})
	}
	for _, x := range s.Counters {
		h.Counters = append(h.Counters, named{x.ID, x.Name.VI, x.Name.In(kiosk.English)})
	}
	return h
}

// phoneTexts are the few sentences that the page says before its script has come; they are the
// script's own.
var phoneTexts = map[string]kiosk.Text{
	"number": {VI: "Số thứ tự", EN: "Your number"},
	"ahead":  {VI: "Còn {n} người", EN: "{n} before you"},
	"next":   {VI: "Sắp đến lượt", EN: "You are next"},
	"called": {VI: "Mời đến {counter}", EN: "Please go to {counter}"},
}

// phonePlace says where a ticket stands; nothing where only the script has the words.
func phonePlace(s *kiosk.Setup, st kiosk.TicketStatus, lang kiosk.Lang) string {
	switch {
	case st.State == kiosk.Called && st.Counter != nil:
		name := *st.Counter
		if c := s.Counter(name); c != nil {
			name = c.Name.In(lang)
		}
		return strings.ReplaceAll(phoneTexts["called"].In(lang), "{counter}", name)
	case st.State == kiosk.Waiting && st.Ahead == 0:
		return phoneTexts["next"].In(lang)
	case st.State == kiosk.Waiting:
		return strings.ReplaceAll(phoneTexts["ahead"].In(lang), "{n}", strconv.Itoa(st.Ahead))
	}
	return ""
}
