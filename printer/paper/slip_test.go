package paper_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/printer/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// taken is a time in the zone of the hall.
var taken = time.Date(2026, 11, 24, 7, 45, 0, 0, time.FixedZone("+07", 7*3600))

func normal() paper.Slip {
	return paper.Slip{
		Hall:    kiosk.Text{VI: "Trung tâm Phục vụ hành chính công phường Tân An", EN: "Tân An Ward Public Administration Service Centre"},
		Service: kiosk.Text{VI: "Đất đai", EN: "Land"},
		Number:  "A007",
		Ahead:   7,
		Wait:    kiosk.Range{P50S: 640, P80S: 870},
		Issued:  taken,
		Lang:    kiosk.Vietnamese,
		URL:     "http://10.0.0.5:8080/t/Zk3qP0vX9sT1bW7yLr4NdA",
		Phone:   kiosk.Phone{Mode: kiosk.PhonePublic},
	}
}

// with gives the normal slip, changed.
func with(change func(*paper.Slip)) paper.Slip {
	s := normal()
	change(&s)
	return s
}

// office gives a ticket with everything on it that an ordinary ticket can have.
func office(lang kiosk.Lang) paper.Slip {
	return with(func(s *paper.Slip) {
		s.Lang, s.Crest = lang, base64.StdEncoding.EncodeToString(crest)
		s.Head = kiosk.Text{VI: "Số 12 đường Trần Phú · 0290 1022", EN: "12 Trần Phú Street · 0290 1022"}
		s.Foot = kiosk.Text{VI: "Vui lòng chuẩn bị sẵn thẻ căn cước.", EN: "Please have your identity card ready."}
		s.Priority, s.Booked, s.Slot = true, true, taken.Add(15*time.Minute)
		s.Then = []kiosk.Text{{VI: "Chứng thực", EN: "Certification"}, {VI: "Trả kết quả", EN: "Results"}}
		s.Phone = kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: "UBND-Khách"}
	})
}

// crest is a picture (240 × 240) with what a crest has: a round of colour with a star and a rim, half-tones,
// hard edges, nothing in the corners.
var crest = must(os.ReadFile("testdata/crest.png"))

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

var slips = map[string]paper.Slip{
	"vi": normal(),
	"en": with(func(s *paper.Slip) {
		s.Lang = kiosk.English
		s.Ahead, s.Wait = 1, kiosk.Range{P50S: 60, P80S: 200}
	}),
	"priority": with(func(s *paper.Slip) {
		s.Priority, s.Ahead, s.Wait = true, 0, kiosk.Range{}
		s.Phone = kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: "UBND-Khách"}
	}),
	"reprint": with(func(s *paper.Slip) {
		s.Priority, s.Reprint, s.Number, s.Issued = true, true, "B1000", time.Time{}
		s.Wait = kiosk.Range{P50S: 95 * 60, P80S: 130 * 60}
		s.Phone.Mode = kiosk.PhoneOff
	}),
	"booked": with(func(s *paper.Slip) {
		s.Priority, s.Booked, s.Slot, s.Reprint = true, true, taken.Add(15*time.Minute), true
	}),
	"route": with(func(s *paper.Slip) {
		s.Lang, s.Booked = kiosk.English, true
		s.Then = []kiosk.Text{{VI: "Chứng thực", EN: "Certification"}, {VI: "Trả kết quả", EN: "Results"}}
	}),
	"undated": with(func(s *paper.Slip) {
		s.Issued, s.Then = time.Time{}, []kiosk.Text{{VI: "Chứng thực"}}
	}),
	"office-vi": office(kiosk.Vietnamese),
	"office-en": office(kiosk.English),
	"long": with(func(s *paper.Slip) {
		s.Hall.VI = "Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính, Trung tâm Phục vụ hành chính công xã Nghĩa Hưng Nguyễn Huệ Thượng Quảng"
		s.Service.VI = "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất lần đầu"
		s.Number, s.Priority, s.Ahead = "AB1234", true, 123
		s.Phone = kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: "TrungTamHanhChinhCong_5GHz_Guest"}
		s.URL = "https://xa-nghia-hung.layso.hanhchinhcong.example.vn/t/Zk3qP0vX9sT1bW7yLr4NdA"
	}),
}

func TestGolden(t *testing.T) {
	for _, dots := range []int{576, 512, 384} {
		r := paper.New(dots)
		for name, slip := range slips {
			if dots == 512 && !strings.HasPrefix(name, "office") {
				continue // smaller, and otherwise as on 576
			}
			file := filepath.Join("testdata", name+"-"+strconv.Itoa(dots)+".png")
			t.Run(filepath.Base(file), func(t *testing.T) {
				b, err := r.Render(slip)
				if err != nil {
					t.Fatal(err)
				}
				if *update {
					write(t, file, b)
				}
				compare(t, file, b)
			})
		}
	}
}

func TestGoldenPages(t *testing.T) {
	for _, dots := range []int{576, 384} {
		r := paper.New(dots)
		for name, b := range map[string]*paper.Bitmap{
			"closing-vi": r.Closing(day(kiosk.Vietnamese)), "closing-en": r.Closing(day(kiosk.English)),
			"test-vi": r.Test(trial(kiosk.Vietnamese)), "test-en": r.Test(trial(kiosk.English)),
		} {
			file := filepath.Join("testdata", name+"-"+strconv.Itoa(dots)+".png")
			t.Run(filepath.Base(file), func(t *testing.T) {
				if *update {
					write(t, file, b)
				}
				compare(t, file, b)
			})
		}
	}
}

// day is a day's closing.
func day(lang kiosk.Lang) paper.ClosingSlip {
	service := func(name kiosk.Text, taken, served, mean int) kiosk.ServiceTotals {
		return kiosk.ServiceTotals{Name: name, Sums: kiosk.Sums{Taken: taken, Served: served, Called: served, MeanWaitS: mean}}
	}
	return paper.ClosingSlip{
		Hall: normal().Hall, Crest: office(lang).Crest, Lang: lang,
		Totals: kiosk.Totals{
			Day: "2026-11-24",
			Sums: kiosk.Sums{
				Taken: 212, Served: 198, NoShows: 9, Cancelled: 5, SentHome: 1, Reprints: 3,
				Called: 207, MeanWaitS: 560, MedianWaitS: 410, P90WaitS: 1260, LongestS: 2700, Within15: 0.83,
			},
			Services: []kiosk.ServiceTotals{
				service(normal().Service, 96, 90, 800), service(kiosk.Text{VI: "Hộ tịch", EN: "Civil status"}, 71, 66, 400),
				service(kiosk.Text{VI: "Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất"}, 45, 42, 20),
				service(kiosk.Text{VI: "Chứng thực", EN: "Certification"}, 0, 0, 0),
			},
		},
		Seq: 1204518, Hash: "4f1c09ab77e2d6309d5b1e8f6a2c4d7700c1b2a3948576ff10293847565ad3e2",
		Printed: taken.Add(10 * time.Hour),
	}
}

// trial is a test slip.
func trial(lang kiosk.Lang) paper.TestSlip {
	return paper.TestSlip{
		Hall: normal().Hall, Crest: office(lang).Crest, Lang: lang, Printer: "kiosk-1", Profile: "epson-80", Link: "/dev/usb/lp0",
		Issued: taken, Roll: 41300,
	}
}

func write(t *testing.T, file string, b *paper.Bitmap) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compare(t *testing.T, file string, b *paper.Bitmap) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != b.Bounds() {
		t.Fatalf("the slip is %v, golden %v", b.Bounds(), want.Bounds())
	}
	for y := range b.Height {
		for x := range b.Width {
			if r, _, _, _ := want.At(x, y).RGBA(); b.Black(x, y) != (r == 0) {
				t.Fatalf("dot %d, %d differs from %s; look at both, then run with -update", x, y, file)
			}
		}
	}
}

func TestNormalSlipIsAtMost90Millimetres(t *testing.T) {
	for _, name := range []string{"vi", "en", "priority", "reprint", "booked", "undated", "route", "office-vi", "office-en"} {
		for dots, most := range map[int]int{576: 720, 512: 638} {
			if b, _ := paper.New(dots).Render(slips[name]); b.Height > most {
				t.Errorf("%s: %d rows of %d dots, more than %d", name, b.Height, dots, most)
			}
		}
	}
}

// Text that comes with its marks as characters of their own gives the same dots.
func TestDecomposedTextGivesTheSameDots(t *testing.T) {
	r := paper.New(576)
	want, _ := r.Render(normal())
	got, _ := r.Render(with(func(s *paper.Slip) {
		s.Service.VI = "Đa\u0302\u0301t đai"
		s.Hall.VI = strings.ReplaceAll(s.Hall.VI, "ụ", "u\u0323")
	}))
	if !bytes.Equal(want.Pix, got.Pix) {
		t.Error("decomposed text was drawn otherwise")
	}
}

// Nothing may be cut off: whatever the names are, the outermost columns stay white, but for the QR
// code, which brings its own white.
func TestNothingTouchesTheEdge(t *testing.T) {
	texts := []string{
		strings.Repeat("Ẫ", 90), strings.Repeat("WW ", 40), "i", "", "\u202eĐất\x00 đai\n\n", "🙂🙂",
		strings.Repeat("Nghĩa Hưng ", 15),
	}
	for _, dots := range []int{384, 576, 640} {
		r := paper.New(dots)
		for _, text := range texts {
			b, err := r.Render(with(func(s *paper.Slip) {
				s.Hall.VI, s.Service.VI, s.Phone = text, text, kiosk.Phone{Mode: kiosk.PhoneWifi, SSID: text}
				s.Then, s.Priority, s.Booked, s.Reprint, s.Lang = []kiosk.Text{{VI: text}, {VI: text}}, true, true, true, kiosk.English
				s.Number = "W" + strings.Repeat("8", len(text)%20)
			}))
			if err != nil {
				t.Fatal(err)
			}
			for y := range b.Height {
				if b.Black(0, y) || b.Black(1, y) || b.Black(dots-1, y) || b.Black(dots-2, y) {
					t.Fatalf("%d dots, %.20q: black at the edge in row %d", dots, text, y)
				}
			}
		}
	}
}

func TestWithoutRoomForTheQRTheTicketStillComes(t *testing.T) {
	b, err := paper.New(384).Render(with(func(s *paper.Slip) { s.URL = "http://x/" + strings.Repeat("a", 1000) }))
	if !errors.Is(err, paper.ErrNoQR) {
		t.Errorf("error %v, want ErrNoQR", err)
	}
	if b == nil || b.Height < 200 {
		t.Error("no usable bitmap")
	}
}

func TestMinutes(t *testing.T) {
	for _, c := range []struct{ p50, p80, low, high int }{
		{0, 0, 0, 0}, {0, 20, 0, 5}, {100, 300, 0, 5}, {100, 301, 5, 10}, {640, 870, 10, 15},
		{900, 900, 15, 20}, {1199, 1801, 15, 35}, {3600, 5400, 60, 90}, {5700, 7800, 90, 135},
	} {
		if low, high := paper.Minutes(kiosk.Range{P50S: c.p50, P80S: c.p80}); low != c.low || high != c.high {
			t.Errorf("Minutes(%d s, %d s) = %d, %d, want %d, %d", c.p50, c.p80, low, high, c.low, c.high)
		}
	}
}

func BenchmarkLayout(b *testing.B) {
	for _, dots := range []int{576, 384} {
		b.Run(strconv.Itoa(dots), func(b *testing.B) {
			r := paper.New(dots)
			r.Render(normal())
			for b.Loop() {
				r.Render(normal())
			}
		})
	}
}
