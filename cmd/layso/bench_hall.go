package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/printer/escpos"
	"layso/printer/paper"
)

const floorName = "write + fdatasync of 300 B"

// floor measures what the disk can do at best for one caller: one write and one fdatasync after
// another. bbolt syncs twice a commit, so half of it is the most that a durable ticket can reach.
func (b *benchmark) floor(ctx context.Context) error {
	f, err := os.Create(filepath.Join(b.dir, "floor"))
	if err != nil {
		return err
	}
	defer f.Close()
	line := make([]byte, 300)
	rate, err := b.rate(ctx, 1, func(context.Context) error {
		if _, err := f.Write(line); err != nil {
			return err
		}
		return syscall.Fdatasync(int(f.Fd()))
	})
	b.add(floorName, rate, "1/s")
	return err
}

// rate runs work from this many callers at once for the span and gives the calls a second.
func (b *benchmark) rate(ctx context.Context, callers int, work func(context.Context) error) (float64, error) {
	ctx, stop := context.WithTimeout(ctx, b.span)
	defer stop()
	var done atomic.Int64
	var once sync.Once
	var first error
	var all sync.WaitGroup
	start := time.Now()
	for range callers {
		all.Go(func() {
			for ctx.Err() == nil {
				if err := work(ctx); err != nil {
					if ctx.Err() == nil {
						once.Do(func() { first = err })
					}
					return
				}
				done.Add(1)
			}
		})
	}
	all.Wait()
	return float64(done.Load()) / time.Since(start).Seconds(), first
}

// hall measures durable tickets without HTTP.
func (b *benchmark) hall(ctx context.Context) error {
	setup, err := configs.Demo()
	if err != nil {
		return err
	}
	j, err := journal.Open(filepath.Join(b.dir, "hall.db"), journal.Options{})
	if err != nil {
		return err
	}
	owner, err := kiosk.Start(j, kiosk.Options{Seed: setup})
	if err != nil {
		return errors.Join(err, j.Close())
	}
	for _, callers := range []int{1, 8, 64} {
		rate, err := b.rate(ctx, callers, func(ctx context.Context) error {
			_, err := owner.Do(ctx, kiosk.Take{Service: setup.Services[0].ID, Token: kiosk.NewToken(), Device: "bench"})
			return err
		})
		if err != nil {
			return err
		}
		b.against(fmt.Sprintf("durable tickets, hall, %d callers", callers), rate, "1/s", floorName)
	}
	owner.Close()
	return j.Close()
}

// paper measures a ticket's way from its data to the printer's bytes.
func (b *benchmark) paper(ctx context.Context) error {
	for _, dots := range []int{576, 384} {
		r := paper.New(dots)
		slip := benchSlip()
		size := 0
		rate, err := b.rate(ctx, 1, func(context.Context) error {
			sheet, err := r.Render(slip)
			if err != nil {
				return err
			}
			size = len(escpos.AppendRaster(nil, sheet.Stride, sheet.Pix, escpos.Band))
			return nil
		})
		if err != nil {
			return err
		}
		b.add(fmt.Sprintf("ticket layout + encode, %d dots", dots), 1000/rate, "ms")
		b.add(fmt.Sprintf("bytes of a ticket, %d dots", dots), float64(size), "B")
	}
	return nil
}

func benchSlip() paper.Slip {
	return paper.Slip{
		Hall: kiosk.Text{VI: "Bộ phận Một cửa"}, Service: kiosk.Text{VI: "Đất đai", EN: "Land"}, Number: "A007",
		Ahead: 4, Wait: kiosk.Range{P50S: 600, P80S: 900}, URL: "http://192.168.1.10/t/AAAAAAAAAAAAAAAAAAAAAA",
		Issued: time.Date(2026, 11, 24, 8, 30, 0, 0, time.UTC),
	}
}
