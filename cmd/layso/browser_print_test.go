package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// media makes the page look as on this medium.
func (d *screen) media(name string) {
	d.t.Helper()
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
		return err
	}))
}

// print gives the PDF that the browser would print.
func (d *screen) print(state string) (pdf []byte) {
	d.t.Helper()
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		css := true
		out, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &css})
		pdf = out.Data
		return err
	}))
	if folder := os.Getenv("LAYSO_SHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, state+".pdf"), pdf, 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	return pdf
}
