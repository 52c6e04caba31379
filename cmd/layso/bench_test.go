package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"layso/cmd/layso/load"
	"layso/configs"
	"layso/printer"
)

// BenchmarkTake is a ticket through the whole hall: HTTP, decision, disk, with all readers at work.
func BenchmarkTake(b *testing.B) {
	setup, err := configs.Demo()
	if err != nil {
		b.Fatal(err)
	}
	h, err := open(settings{
		data: b.TempDir(), listen: "127.0.0.1:0", seed: setup, demo: true, loopbackIs: "kiosk",
		printers: []*printing{softwarePrinter("bench", printer.Profiles()[printer.DefaultProfile])}, log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.serve(ctx) }()
	for b.Loop() {
		answer, err := http.Post(h.baseURL+"/api/tickets", "application/json", strings.NewReader(`{"service":"dat-dai","print":false}`))
		if err != nil {
			b.Fatal(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if answer.StatusCode != http.StatusCreated {
			b.Fatal(answer.Status)
		}
	}
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// TestBench runs the whole load tool for moments, so that it goes on measuring what it says.
func TestBench(t *testing.T) {
	t.Parallel()
	picture := filepath.Join(t.TempDir(), "chart.svg")
	var out, log bytes.Buffer
	args := []string{"bench", "--json", "--svg", picture, "--dir", t.TempDir(), "--time", "100ms", "--displays", "3", "--phones", "4", "--stored", "50"}
	if code := run(t.Context(), args, &out, &log); code != exitFine {
		t.Fatalf("exit %d:\n%s", code, &log)
	}
	var r load.Result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	measured, heard := map[string]bool{}, map[string]int64{}
	for _, f := range r.Figures {
		measured[f.Measure] = true
		if l := f.Latency; l != nil && (l.Count == 0 || l.P50 > l.P99 || l.P99 > l.Max) {
			t.Errorf("%s: %+v", f.Name, *l)
		}
		if f.Measure == "displays" && f.Latency != nil {
			heard[f.Name] = f.Latency.Count
		}
	}
	for _, name := range append(load.Measures(), "floor") {
		if !measured[name] {
			t.Errorf("nothing of %s was measured", name)
		}
	}
	want := map[string]int64{"click → frame at a display, of 3, p99": 15, "click → frame at the last display, of 3, p99": 5}
	if !maps.Equal(heard, want) { // five calls, for the run is a short one
		t.Errorf("of the calls the displays heard %v, want %v", heard, want)
	}
	svg, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(svg, new(struct{})); err != nil || bytes.Contains(svg, []byte("NaN")) {
		t.Errorf("the chart is no drawing: %v\n%s", err, svg)
	}
}
