package configs_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"layso/configs"
	"layso/kiosk"
)

// picture is a PNG in base64; one of noise is large.
func picture(side int) string {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i * 7919 >> 3)
	}
	var b bytes.Buffer
	png.Encode(&b, img)
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

var crest, photo = picture(16), picture(120)

// awkward are texts that a careless writer or reader of YAML takes for something else.
var awkward = []string{
	"Đất đai", "true", "No", "off", "null", "~", "1", "007", "1e3", "0x10", "1_000", "12:30:45", "2026-11-26", ".5", "-", "- a", "a: b", "a:b", "#x", "x #y", "x",
	"'", `"`, `\`, `\n`, "{a}", "[a]", "a, b", "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", "? a", "=", "<<", "…", "---", "...", "Nguyễn Văn Ã",
	" a", "a ", "a  b", "é", "e\u0301", "한국", "🙂", "\u00a0x", "Infinity", ".inf", "NaN", "y", "{{part}}", "$x", "a'b", `say "hi"`, "tên: “A” – B", "0", "+1", "\ufffe", "x\u200dy",
}

func text(r *rapid.T, what string) string {
	if rapid.Bool().Draw(r, what+" is awkward") {
		return rapid.SampledFrom(awkward).Draw(r, what)
	}
	s := rapid.StringN(1, 40, 100).Draw(r, what)
	if !kiosk.CleanText(s) {
		return "x"
	}
	return s
}

func label(r *rapid.T, what string) kiosk.Text {
	x := kiosk.Text{VI: "a" + text(r, what)}
	if s := text(r, what); rapid.Bool().Draw(r, "awkward all of it") && len(bytes.TrimSpace([]byte(s))) > 0 {
		x.VI = s
	}
	if rapid.Bool().Draw(r, "english") {
		x.EN = text(r, what+" en")
	}
	return x
}

func lines(r *rapid.T) (l kiosk.Lines) {
	for range rapid.IntRange(0, 3).Draw(r, "lines") {
		l.VI = append(l.VI, text(r, "line"))
	}
	if len(l.VI) > 0 && rapid.Bool().Draw(r, "english") {
		l.EN = append(l.EN, text(r, "line en"), "")
	}
	return l
}

func hours(r *rapid.T) kiosk.Hours {
	h := kiosk.Hours{Always: rapid.Bool().Draw(r, "always"), Mon: spans(r), Sat: spans(r)}
	if rapid.Bool().Draw(r, "never") {
		return kiosk.Hours{}
	}
	return h
}

func spans(r *rapid.T) []kiosk.Span {
	return rapid.SampledFrom([][]kiosk.Span{nil, {{From: 0, To: 1440}}, {{From: 450, To: 690}, {From: 780, To: 1020}}}).Draw(r, "spans")
}

// drawHall makes a valid hall with something in every field.
func drawHall(r *rapid.T) *kiosk.Setup {
	yes := func(what string) bool { return rapid.Bool().Draw(r, what) }
	s := &kiosk.Setup{Name: label(r, "name"), TimeZone: "Asia/Ho_Chi_Minh", Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: hours(r)}
	if yes("wifi") {
		s.Phone = kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: "a" + text(r, "ssid")}
	}
	if yes("paper") {
		s.Paper = kiosk.PaperTexts{Head: label(r, "head"), Closing: yes("closing")}
	}
	if yes("crest") {
		s.Paper.Crest = crest
	}
	s.Voice = kiosk.Voice{Linh: yes("linh"), Once: yes("once")}
	s.OvertimeS = rapid.IntRange(0, 14400).Draw(r, "overtime")
	for i := range rapid.IntRange(0, 2).Draw(r, "closed days") {
		s.ClosedDays = append(s.ClosedDays, kiosk.ClosedDay{Date: fmt.Sprintf("2027-01-%02d", i+1), Name: label(r, "holiday")})
	}
	ids := []string{"1", "007", "true", "null"}[:rapid.IntRange(1, 4).Draw(r, "services")]
	for i, id := range ids {
		x := kiosk.Service{ID: id, Name: label(r, "service"), Prefix: []string{"A", "N", "Y", "NO"}[i], MeanS: 60, Quota: i, Closed: yes("closed")}
		if yes("own hours") {
			h := hours(r)
			x.Hours = &h
		}
		if yes("slots") {
			x.Slots = &kiosk.Slots{Capacity: 3, Spans: spans(r)}
		}
		if yes("procedure") {
			x.Procedure = &kiosk.Procedure{Papers: lines(r)}
			if yes("fee") {
				x.Procedure.Fee = label(r, "fee")
			}
		}
		s.Services = append(s.Services, x)
	}
	s.Counters = []kiosk.Counter{{ID: "1", Name: label(r, "counter"), Services: ids[:1], Assist: ids[1:]}, {ID: "on", Name: label(r, "counter"), Services: ids}}
	if yes("priorities") {
		s.Priorities = []kiosk.Priority{{ID: "0", Name: label(r, "priority"), CreditS: 7200}}
	}
	if yes("users") {
		s.Users = []kiosk.User{{ID: "off", Name: "a" + text(r, "user"), Role: kiosk.Admin}}
	}
	for range rapid.IntRange(0, 2).Draw(r, "notices") {
		n := kiosk.Notice{Title: label(r, "title"), Lines: lines(r), From: "2026-11-01"}
		if yes("picture") {
			n.Picture = photo
		}
		s.Notices = append(s.Notices, n)
	}
	return s
}

// TestExportIsReadBack: what is exported is the same hall when it is imported, and is exported alike.
func TestExportIsReadBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawHall(r)
		if err := s.Validate(); err != nil {
			r.Skip(err) // a text that is only of spaces
		}
		out := configs.ExportHall(s)
		back, err := configs.ParseHall("hall.yaml", out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if diff := cmp.Diff(s, back, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%s\n%s", diff, out)
		}
		if len(kiosk.Diff(s, back)) > 0 {
			t.Fatal("the domain sees a difference")
		}
		if again := configs.ExportHall(back); !bytes.Equal(out, again) {
			t.Fatalf("exported again it is another file\n%s", cmp.Diff(string(out), string(again)))
		}
	})
}

// TestExportGolden shows how the example's hall is exported.
func TestExportGolden(t *testing.T) {
	s, err := configs.LoadHall("hall.example.yaml")
	must(t, err)
	got := configs.ExportHall(s)
	if *update {
		must(t, os.WriteFile("testdata/export.golden", got, 0o644))
	}
	want, err := os.ReadFile("testdata/export.golden")
	must(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

// TestWildFilesAreRefused: what the parser would take minutes for is refused at once.
func TestWildFilesAreRefused(t *testing.T) {
	much := func(x string) string { return strings.Repeat(x, 1_000_000/2/len(x)) }
	for _, x := range []string{
		much("k: v\n"), much("k: v\r"), much("  k: v\r\n"), much("? k\n: v\n"), much("a:\n- b\n"), much("--- a\n"), "{" + much("k: v, ") + "}", "a: [" + much("{b: c}, ") + "]",
		much("[["), much("[a,["), much("- - "), much("a: \n"), much("- a\n"), much("{a: "),
		"# " + much("]") + "\n" + much("["), "# " + much("}") + "\n" + much("{a: "), `"` + much("]") + `": ` + much("["), // brackets that closed nothing
	} {
		begun := time.Now()
		_, err := configs.ParseHall("hall.yaml", []byte(x))
		var faults configs.Faults
		if !errors.As(err, &faults) || time.Since(begun) > 5*time.Second || len(faults) > 200 {
			t.Errorf("%.20q: %v after %v", x, err, time.Since(begun))
		}
	}
	for name, x := range map[string]string{
		"many keys":        "name: {vi: a}\n" + strings.Repeat("k: v\n", 500),
		"many keys inside": "a:\n  - b:\n" + strings.Repeat("      k: v\n", 501),
	} {
		_, err := configs.ParseHall("hall.yaml", []byte(x))
		var faults configs.Faults
		if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Problem != "too_many" || faults[0].Line < 500 {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := configs.ParseHall("hall.yaml", []byte("services:\n"+strings.Repeat("- id: x\n  name: {vi: y}\n  prefix: A\n", 600)+strings.Repeat("# k: v\n", 600)+"counters:\n"+strings.Repeat("-\n  id: x\n", 600)))
	var faults configs.Faults
	if !errors.As(err, &faults) || slices.ContainsFunc(faults, func(f configs.Fault) bool { return f.Problem == "too_many" }) {
		t.Errorf("items and comments are no keys of one mapping: %.300v", err)
	}
}

// FuzzParseHall: whatever somebody uploads, there are faults or a hall that is exported and read back to the same.
func FuzzParseHall(f *testing.F) {
	for _, file := range []string{"testdata/types.hall.yaml", "testdata/values.hall.yaml", "blank.yaml"} {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := configs.ParseHall("hall.yaml", raw)
		if err != nil {
			return
		}
		back, err := configs.ParseHall("hall.yaml", configs.ExportHall(s))
		if err != nil || len(kiosk.Diff(s, back)) > 0 {
			t.Fatalf("%v\n%s", err, configs.ExportHall(s))
		}
	})
}
