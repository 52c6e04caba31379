package kiosk_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"layso/kiosk"
)

// photo is a JPEG of that size in base64.
func photo(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// published is the test's hall with a notice and a procedure that have everything.
func published(t testing.TB) *kiosk.Setup {
	s := testSetup()
	s.Notices = []kiosk.Notice{{
		Title: kiosk.Text{VI: "Tiêm chủng mở rộng", EN: "Vaccination"}, Lines: kiosk.Lines{VI: []string{"Thứ Tư, 7:30", strings.Repeat("đ", 200)}, EN: []string{"Wednesday"}},
		Picture: photo(t, 1920, 40), From: "2026-11-24", Until: "2026-11-24",
	}}
	s.Services[0].Procedure = &kiosk.Procedure{
		Papers: kiosk.Lines{VI: slices.Repeat([]string{"Tờ khai"}, 12)}, Time: kiosk.Text{VI: "10 ngày làm việc"}, Fee: kiosk.Text{VI: "Không thu", EN: "Free"},
	}
	return s
}

func TestPublishedTextsAreChecked(t *testing.T) {
	if err := published(t).Validate(); err != nil {
		t.Fatal(err)
	}
	big := base64.StdEncoding.EncodeToString(make([]byte, 96<<10+1))
	for _, x := range []struct {
		field, problem string
		spoil          func(*kiosk.Setup, *kiosk.Notice, *kiosk.Procedure)
	}{
		{"notices[0].title.vi", "required", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Title.VI = "" }},
		{"notices[0].title.en", "too_long", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Title.EN = strings.Repeat("x", 121) }},
		{"notices[0].lines.vi", "too_long", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Lines.VI[1] += "đ" }},
		{"notices[0].lines.en", "characters", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Lines.EN[0] = "a\nb" }},
		{"notices[0].lines.vi", "range", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) {
			n.Lines.VI = slices.Repeat([]string{"x"}, 13)
		}},
		{"notices[0].lines.vi", "required", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Lines.VI = nil }},
		{"notices[0].from", "format", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.From = "24/11/2026" }},
		{"notices[0].until", "format", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Until = "2026-11-31" }},
		{"notices[0].until", "range", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Until = "2026-11-23" }},
		{"notices[0].picture", "format", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Picture = "<svg>" }},
		{"notices[0].picture", "format", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) {
			n.Picture = base64.StdEncoding.EncodeToString([]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
		}},
		{"notices[0].picture", "format", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Picture = n.Picture[:400] }},
		{"notices[0].picture", "range", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Picture = photo(t, 1921, 8) }},
		{"notices[0].picture", "range", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Picture = photo(t, 8, 1921) }},
		{"notices[0].picture", "too_long", func(_ *kiosk.Setup, n *kiosk.Notice, _ *kiosk.Procedure) { n.Picture = big }},
		{"notices", "range", func(s *kiosk.Setup, _ *kiosk.Notice, _ *kiosk.Procedure) {
			s.Notices = slices.Repeat([]kiosk.Notice{{Title: kiosk.Text{VI: "x"}}}, 31)
		}},
		{"notices", "too_long", func(s *kiosk.Setup, _ *kiosk.Notice, _ *kiosk.Procedure) {
			heavy := picture(t, 280, 280, true) // about 77 KiB
			s.Notices = slices.Repeat([]kiosk.Notice{{Title: kiosk.Text{VI: "x"}, Picture: heavy}}, 3)
		}},
		{"services[0].procedure.papers.vi", "range", func(_ *kiosk.Setup, _ *kiosk.Notice, p *kiosk.Procedure) { p.Papers.VI = append(p.Papers.VI, "x") }},
		{"services[0].procedure.time.vi", "required", func(_ *kiosk.Setup, _ *kiosk.Notice, p *kiosk.Procedure) { p.Time = kiosk.Text{EN: "10 days"} }},
		{"services[0].procedure.fee.en", "too_long", func(_ *kiosk.Setup, _ *kiosk.Notice, p *kiosk.Procedure) { p.Fee.EN = strings.Repeat("x", 121) }},
	} {
		s := published(t)
		x.spoil(s, &s.Notices[0], s.Services[0].Procedure)
		var faults kiosk.Faults
		if err := s.Validate(); !errors.As(err, &faults) || len(faults) != 1 || faults[0].Field != x.field || faults[0].Problem != x.problem {
			t.Errorf("%s should be %s: got %v", x.field, x.problem, err)
		}
	}
}

func TestProceduresTogetherAreBounded(t *testing.T) {
	s := testSetup()
	lines := slices.Repeat([]string{strings.Repeat("x", 200)}, 12)
	full := &kiosk.Procedure{Papers: kiosk.Lines{VI: lines, EN: lines}} // 4,800 bytes
	for i := range 27 {
		s.Services = append(s.Services, kiosk.Service{ID: fmt.Sprint("s", i), Name: kiosk.Text{VI: "x"}, Prefix: "Z" + string(rune('A'+i%26)), MeanS: 60, Procedure: full})
	}
	s.Services[len(s.Services)-1].Prefix = "YY"
	if err := s.Validate(); err != nil {
		t.Errorf("27 procedures are refused: %v", err)
	}
	s.Services[0].Procedure = full
	var faults kiosk.Faults
	if err := s.Validate(); !errors.As(err, &faults) || len(faults) != 1 || faults[0].Field != "services" || faults[0].Problem != "too_long" {
		t.Errorf("28 procedures: %v", err)
	}
}

func TestNoticeHasItsDays(t *testing.T) {
	for _, x := range []struct {
		from, until, day string
		on               bool
	}{
		{"", "", "2026-11-24", true},
		{"2026-11-24", "", "2026-11-23", false},
		{"2026-11-24", "", "2026-11-24", true},
		{"", "2026-11-24", "2026-11-24", true},
		{"", "2026-11-24", "2026-11-25", false},
		{"2026-11-24", "2026-12-01", "2026-11-30", true},
	} {
		if n := (&kiosk.Notice{From: x.from, Until: x.until}); n.On(x.day) != x.on {
			t.Errorf("from %q until %q on %s: %v", x.from, x.until, x.day, n.On(x.day))
		}
	}
}
