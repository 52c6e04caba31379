package paper_test

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/printer/paper"
)

// renderers are the widths that there are: 58 mm, 80 mm at 180 dpi, 80 mm, and the widest.
var renderers = map[int]*paper.Renderer{384: paper.New(384), 512: paper.New(512), 576: paper.New(576), 640: paper.New(640)}

// margins are the columns left and right that stay white, less two dots by which a letter may lean out.
func margin(dots int) int {
	switch {
	case dots < 512:
		return 6
	case dots < 576:
		return 12
	}
	return 14
}

// anyName draws what an office may call a thing, and what nobody would.
func anyName(t *rapid.T, label string) kiosk.Text {
	words := []string{
		"Đăng ký", "quyền sử dụng đất", "Nguyễn Huệ", "ƯỜNG", "W", "·", "TrungTamHanhChinhCong_5GHz_Guest", strings.Repeat("Ẫ", 40),
		"\u202eĐất\x00 đai\n", "🙂", "Land", "Civil status", "a\u0302\u0301", "",
	}
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 8).Draw(t, label), " ")
	return kiosk.Text{VI: text, EN: rapid.SampledFrom([]string{"", text, "Land registration"}).Draw(t, label+" EN")}
}

func anySlip(t *rapid.T) paper.Slip {
	flag := func(label string) bool { return rapid.Bool().Draw(t, label) }
	s := paper.Slip{
		Hall: anyName(t, "hall"), Head: anyName(t, "head"), Foot: anyName(t, "foot"), Service: anyName(t, "service"),
		Number: rapid.StringMatching(`[A-Z]{1,2}[0-9]{3,4}`).Draw(t, "number"), Ahead: rapid.IntRange(0, 9999).Draw(t, "ahead"),
		Wait: kiosk.Range{P50S: rapid.IntRange(0, 20000).Draw(t, "median"), P80S: rapid.IntRange(0, 30000).Draw(t, "most")},
		Lang: rapid.SampledFrom([]kiosk.Lang{kiosk.Vietnamese, kiosk.English}).Draw(t, "lang"), Reprint: flag("reprint"),
		Priority: flag("priority"), Booked: flag("booked"), URL: "http://10.0.0.5:8080/t/Zk3qP0vX9sT1bW7yLr4NdA",
		Phone: kiosk.Phone{Mode: rapid.SampledFrom([]kiosk.PhoneMode{kiosk.PhoneOff, kiosk.PhoneWifi, kiosk.PhonePublic}).Draw(t, "phone"), SSID: anyName(t, "ssid").VI},
	}
	if flag("dated") {
		s.Issued, s.Slot = taken, taken.Add(time.Hour)
	}
	if flag("crest") {
		s.Crest = office(s.Lang).Crest
	}
	if flag("long address") {
		s.URL = "https://xa-nghia-hung.layso.hanhchinhcong.example.vn/t/Zk3qP0vX9sT1bW7yLr4NdA?" + strings.Repeat("x", rapid.IntRange(0, 80).Draw(t, "more"))
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "route") {
		s.Then = append(s.Then, anyName(t, fmt.Sprint("step ", i)))
	}
	return s
}

// On paper of every width, whatever is to be said: nothing leaves the margins, so nothing is cut off, and
// the QR code can be read.
func TestNothingIsEverCutOff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dots := rapid.SampledFrom([]int{384, 512, 576, 640}).Draw(t, "dots")
		s := anySlip(t)
		b, err := renderers[dots].Render(s)
		if err != nil {
			t.Fatal(err)
		}
		inMargins(t, b, margin(dots))
		if got := readQR(t, b); got != s.URL {
			t.Fatalf("the QR code says %q, want %q", got, s.URL)
		}
	})
}

func inMargins(t *rapid.T, b *paper.Bitmap, margin int) {
	for y := range b.Height {
		for x := range margin {
			if b.Black(x, y) || b.Black(b.Width-1-x, y) {
				t.Fatalf("row %d is black %d dots from the edge", y, x)
			}
		}
	}
}

func readQR(t rapid.TB, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		t.Fatalf("the QR code can't be read: %v", err)
	}
	return result.GetText()
}

// A closing slip keeps its margins with any names and figures.
func TestClosingSlipKeepsItsMargins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dots := rapid.SampledFrom([]int{384, 512, 576, 640}).Draw(t, "dots")
		n := func(label string) int { return rapid.IntRange(0, 99_999).Draw(t, label) }
		s := day(rapid.SampledFrom([]kiosk.Lang{kiosk.Vietnamese, kiosk.English}).Draw(t, "lang"))
		s.Hall, s.Totals.Taken, s.Totals.Served, s.Seq = anyName(t, "hall"), n("taken"), n("served"), rapid.Uint64().Draw(t, "seq")
		for i := range s.Totals.Services {
			x := &s.Totals.Services[i]
			x.Name, x.Taken, x.MeanWaitS = anyName(t, "service"), n("of it"), n("wait")
		}
		inMargins(t, renderers[dots].Closing(s), margin(dots))
	})
}
