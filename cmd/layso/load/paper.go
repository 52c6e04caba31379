package load

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"time"

	"layso/kiosk"
	"layso/printer/escpos"
	"layso/printer/paper"
)

// paper measures a ticket's way from its data to the printer's bytes.
func (b *bench) paper(ctx context.Context) error {
	slip := paper.Slip{
		Hall: kiosk.Text{VI: "Bộ phận Một cửa"}, Service: kiosk.Text{VI: "Đất đai", EN: "Land"}, Number: "A007",
		Ahead: 4, Wait: kiosk.Range{P50S: 600, P80S: 900}, URL: "http://192.168.1.10/t/AAAAAAAAAAAAAAAAAAAAAA",
		Issued: time.Date(2026, 11, 24, 8, 30, 0, 0, time.UTC),
	}
	for _, dots := range []int{576, 384} {
		r, size := paper.New(dots), 0
		o, err := closed(ctx, 1, b.Span, 0, func(context.Context, int) error {
			sheet, err := r.Render(slip)
			if err == nil {
				size = len(escpos.AppendRaster(nil, sheet.Stride, sheet.Pix, escpos.Band))
			}
			return err
		})
		if err != nil {
			return err
		}
		b.add(Figure{Name: fmt.Sprintf("a ticket's layout and encoding, %d dots", dots), Value: ms(o.At(0.5)), Unit: "ms", Latency: o.latency()}, "")
		b.plain(fmt.Sprintf("bytes of a ticket, %d dots", dots), float64(size), "B")
	}
	return nil
}

// size measures the program, and what a TV has to read of JavaScript.
func (b *bench) size(ctx context.Context) error {
	info, err := os.Stat(b.Program)
	if err != nil {
		return err
	}
	b.plain("size of the program", float64(info.Size())/1e6, "MB")
	s, err := b.demo(ctx)
	if err != nil {
		return err
	}
	defer s.stop()
	page, err := s.get(ctx, "/display")
	if err != nil {
		return err
	}
	total := 0
	for _, m := range regexp.MustCompile(`src="(/static/[^"]+\.js)"`).FindAllSubmatch(page, -1) {
		script, err := s.get(ctx, string(m[1]))
		if err != nil {
			return err
		}
		total += len(script)
	}
	b.plain("script of the display page", float64(total), "B")
	return s.stop()
}
