package printer_test

import (
	"flag"
	"io"
	"log/slog"
	"runtime"
	"testing"
	"testing/synctest"

	"layso/kiosk"
	"layso/printer"
	"layso/printer/emulator"
)

// tickets is how many papers TestNoHeapGrowth prints. The full number:
//
//	go test ./printer -run TestNoHeapGrowth -tickets 100000 -timeout 30m
var tickets = flag.Int("tickets", 4000, "papers that TestNoHeapGrowth prints")

// forgetfulLog is a log that keeps nothing: the hall's own memory is not what is measured.
type forgetfulLog struct{ *memory }

func (forgetfulLog) Append([]kiosk.Event) error { return nil }

// TestNoHeapGrowth prints the same few tickets over and over, so that the hall does not grow, and looks
// at what the spooler, the wire and the emulator hold on to.
func TestNoHeapGrowth(t *testing.T) {
	if underRace {
		t.Skip("the race detector keeps memory of its own")
	}
	synctest.Test(t, func(t *testing.T) {
		owner, err := kiosk.Start(forgetfulLog{&memory{}}, kiosk.Options{Seed: setup(), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(owner.Close)
		hall := &desk{owner, t, &memory{}}
		profile := printer.Profiles()["epson-58"]
		p := emulator.New(emulator.Options{Dots: profile.Dots, Keep: 1})
		t.Cleanup(p.Close)
		spool(t, hall, profile, to(p))
		tokens := make([]string, 100)
		for i := range tokens {
			tokens[i] = hall.take()
		}
		hall.idle(t)
		trails := func() (bytes int64) { // the hall keeps the number of each of a ticket's events until the day ends
			for t := range owner.View().Tickets() {
				bytes += int64(8 * cap(t.Trail()))
			}
			return bytes
		}
		var early, late runtime.MemStats
		var kept int64
		for n := 100; n < *tickets; n += len(tokens) {
			for _, token := range tokens {
				hall.do(kiosk.Reprint{Token: token, By: "user:lan"})
			}
			hall.idle(t)
			if early.HeapAlloc == 0 && n >= max(*tickets/10, 2000) { // by then the hall's memory of its last events is full
				measure(&early)
				kept = trails()
			}
		}
		measure(&late)
		kept = trails() - kept
		grown := int64(late.HeapAlloc) - int64(early.HeapAlloc) - kept
		t.Logf("%d papers: heap %d kB early on, %d kB at the end, %d kB of that the hall's own", p.Total(), early.HeapAlloc/1024, late.HeapAlloc/1024, kept/1024)
		if grown > 2<<20 || p.Total() < *tickets {
			t.Errorf("the heap grew by %d kB over %d papers", grown/1024, p.Total())
		}
	})
}

func measure(m *runtime.MemStats) {
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(m)
}
