package printer_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldenToken is in the QR code of every golden ticket.
const goldenToken = "Zk3qP0vX9sT1bW7yLr4NdA"

// golden are tickets as citizens take them, behind seven others.
var golden = map[string]struct {
	take    kiosk.Take
	reprint bool
	slot    string // the citizen has an appointment then
	doubt   bool   // the PC comes up a hundred days after its last day
	office  bool   // with a crest and texts of its own
}{
	"vi":       {take: kiosk.Take{Service: "dat-dai", Lang: kiosk.Vietnamese}},
	"en":       {take: kiosk.Take{Service: "dat-dai", Lang: kiosk.English}},
	"priority": {take: kiosk.Take{Service: "dat-dai", Priority: "elderly"}},
	"reprint":  {take: kiosk.Take{Service: "dat-dai"}, reprint: true},
	"route":    {take: kiosk.Take{Service: "dat-dai", Route: []string{"ho-tich"}}},
	"booked":   {take: kiosk.Take{Service: "dat-dai", Priority: "elderly"}, slot: "07:30"},
	"undated":  {take: kiosk.Take{Service: "dat-dai"}, doubt: true},
	"long":     {take: kiosk.Take{Service: "dai", Priority: "elderly"}},

	"office-vi": {take: kiosk.Take{Service: "dat-dai", Priority: "elderly", Route: []string{"ho-tich"}}, office: true},
	"office-en": {take: kiosk.Take{Service: "dat-dai", Lang: kiosk.English, Priority: "elderly", Route: []string{"ho-tich", "dai"}}, office: true},
}

// office gives the hall a crest and texts of its own.
func office(s *kiosk.Setup) {
	crest, err := os.ReadFile("paper/testdata/crest.png")
	if err != nil {
		panic(err)
	}
	s.Paper = kiosk.PaperTexts{
		Head:  kiosk.Text{VI: "Số 12 đường Trần Phú · Đường dây nóng 0290 1022", EN: "12 Trần Phú Street · Hotline 0290 1022"},
		Foot:  kiosk.Text{VI: "Vui lòng chuẩn bị sẵn thẻ căn cước.", EN: "Please have your identity card ready."},
		Crest: base64.StdEncoding.EncodeToString(crest),
	}
}

// printed takes a golden ticket and gives what the printer put out for it.
func printed(t *testing.T, profile printer.Profile, name string) (out *emulator.Paper) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		g, log := golden[name], &memory{}
		take := g.take
		var change []func(*kiosk.Setup)
		if g.office {
			change = append(change, office)
		}
		hall := openHall(t, log, change...)
		if g.doubt {
			hall.Close()
			time.Sleep(100 * 24 * time.Hour) // of the bubble's time
			hall = openHall(t, log)
		}
		p := emulator.New(emulator.Options{Dots: profile.Dots})
		t.Cleanup(p.Close)
		hall.SetForecast(&kiosk.Forecast{Table: map[string]map[int]kiosk.Range{
			"dat-dai": {0: {P50S: 640, P80S: 870}, 1800: {P50S: 40, P80S: 170}},
			"dai":     {1800: {P50S: 5800, P80S: 8000}},
		}})
		for range 7 {
			hall.do(kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken()})
		}
		take.Token, take.Print = goldenToken, true
		if g.slot == "" {
			hall.do(take)
		} else {
			hall.keep(g.slot, take)
		}
		spool(t, hall, profile, to(p))
		hall.wants(goldenToken, kiosk.Processed, "")
		if g.reprint {
			hall.do(kiosk.Reprint{Token: goldenToken, By: "user:lan"})
			hall.wants(goldenToken, kiosk.Processed, "")
		}
		if errs := p.Errors(); len(errs) > 0 {
			t.Errorf("the printer did not understand: %q", errs)
		}
		out = p.Papers()[0]
	})
	return out
}

// keep books an appointment at this time of the day, 07:00, and checks in for it ten minutes before.
func (d *desk) keep(slot string, take kiosk.Take) {
	d.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", d.View().Day()+" "+slot, d.View().Location())
	if err != nil {
		d.t.Fatal(err)
	}
	booking := kiosk.NewToken()
	d.do(kiosk.Book{Service: take.Service, Slot: at, Token: booking, Codes: []string{"402771"}, By: "citizen"})
	time.Sleep(time.Until(at.Add(-10 * time.Minute))) // of the bubble's time
	d.do(kiosk.CheckIn{Appointment: booking, Token: take.Token, Priority: take.Priority, By: "device:kiosk", Print: true, Wait: take.Wait})
}

// TestGoldenTickets takes tickets at a hall and compares what a printer gets and what it puts out.
// The QR code is read back from that paper by another library than the one that made it.
func TestGoldenTickets(t *testing.T) {
	profiles := map[string]printer.Profile{
		"80mm": {Dots: 576, Status: true, Cut: printer.CutFeed, Not48: true}, "58mm-cut": {Dots: 384, Status: true, Cut: printer.CutFeed, Not48: true},
	}
	for kind, profile := range profiles {
		for name := range golden {
			base := filepath.Join("testdata", name+"-"+kind)
			t.Run(filepath.Base(base), func(t *testing.T) {
				out := printed(t, profile, name)
				compareFile(t, base+".bin.gz", out.Raw, unzip, zip)
				compareFile(t, base+".png", pixels(out.Image), decode, func([]byte) []byte { return encode(out.Image) })
				if len(out.Raw) > 60_000 {
					t.Errorf("%d bytes, want at most 60 kB", len(out.Raw))
				}
				if want := "http://10.0.0.5:8080/t/" + goldenToken; readQR(t, out.Image) != want {
					t.Errorf("the QR code says %q, want %q", readQR(t, out.Image), want)
				}
			})
		}
	}
}

// compareFile compares content with a golden file, and with -update writes it there.
func compareFile(t *testing.T, file string, got []byte, open func(*testing.T, []byte) []byte, pack func([]byte) []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, pack(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := open(t, stored); !bytes.Equal(got, want) {
		t.Errorf("%d bytes differ from the %d of %s; look at the picture, then run with -update", len(got), len(want), file)
	}
}

func zip(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func unzip(t *testing.T, b []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func encode(img image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func decode(t *testing.T, b []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return pixels(img)
}

// pixels gives an image's size and its dots, whatever file format it went through.
func pixels(img image.Image) []byte {
	b := img.Bounds()
	out := fmt.Append(nil, b.Max)
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, _, _, _ := img.At(x, y).RGBA()
			out = append(out, byte(r>>8))
		}
	}
	return out
}

func readQR(t *testing.T, img image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("the QR code can't be read: %v", err)
	}
	return result.GetText()
}
