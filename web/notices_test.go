package web_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// dot is a PNG of one dot.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=="

type page struct {
	Kind, Service, Lang, Title, Picture, Time, Fee string
	Lines                                          []string
}

func (h *hall) pages() (out []page) {
	h.t.Helper()
	a := h.do("", "GET", "/api/notices", "")
	var in struct{ Pages []page }
	if a.status != 200 || json.Unmarshal(a.body, &in) != nil || in.Pages == nil {
		h.t.Fatalf("answered %d %s", a.status, a.body)
	}
	return in.Pages
}

func TestNoticesOfTheDay(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) { // 24 November in the hall
		s.Notices = []kiosk.Notice{
			{Title: kiosk.Text{VI: "Hai thứ tiếng", EN: "Two languages"}, Lines: kiosk.Lines{VI: []string{"một", "hai"}}, Picture: dot},
			{Title: kiosk.Text{VI: "Hôm qua"}, Until: "2026-11-23"},
			{Title: kiosk.Text{VI: "Ngày mai"}, From: "2026-11-25"},
			{Title: kiosk.Text{VI: "Chỉ hôm nay"}, From: "2026-11-24", Until: "2026-11-24"},
		}
		s.Services[1].Procedure = &kiosk.Procedure{Papers: kiosk.Lines{VI: []string{"Tờ khai"}, EN: []string{"Form"}}, Fee: kiosk.Text{VI: "8.000 đồng"}}
		s.Services[2].Procedure = &kiosk.Procedure{Time: kiosk.Text{VI: "Trong ngày"}}
		s.Services[3].Procedure = &kiosk.Procedure{}
	})
	var got []string
	pages := h.pages()
	for _, p := range pages {
		got = append(got, p.Lang+" "+p.Kind+" "+p.Title)
	}
	want := []string{"vi notice Hai thứ tiếng", "en notice Two languages", "vi notice Chỉ hôm nay", "vi procedure Hộ tịch", "en procedure Civil status", "vi procedure Chứng thực"}
	if !slices.Equal(got, want) {
		t.Fatalf("the pages are %q", got)
	}
	if p := pages[4]; p.Service != "ho-tich" || p.Lines[0] != "Form" || p.Fee != "8.000 đồng" || p.Time != "" {
		t.Errorf("the English procedure is %+v", p)
	}
	if p := pages[1]; !slices.Equal(p.Lines, []string{"một", "hai"}) || p.Picture != pages[0].Picture {
		t.Errorf("the English notice is %+v", p)
	}
	if pages[2].Lines == nil || len(pages[2].Lines) != 0 {
		t.Errorf("no lines are %v", pages[2].Lines)
	}
	h.clock.move(24 * time.Hour)
	if p := h.pages(); p[2].Title != "Ngày mai" {
		t.Errorf("tomorrow the third page is %q", p[2].Title)
	}
}

func TestNoticePictures(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) {
		s.Notices = []kiosk.Notice{{Title: kiosk.Text{VI: "x"}, Picture: dot}}
	})
	path := h.pages()[0].Picture
	a := h.do("", "GET", path, "")
	want, _ := base64.StdEncoding.DecodeString(dot)
	if a.status != 200 || string(a.body) != string(want) || a.header.Get("Content-Type") != "image/png" || a.header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
		t.Errorf("%s: %d %v %d bytes", path, a.status, a.header, len(a.body))
	}
	h.refused("another picture", h.do("", "GET", "/api/notices/pictures/0123", ""), 404, "not_found")
	h.refused("none", h.do("", "GET", "/api/notices/pictures/", ""), 404, "not_found")
}
