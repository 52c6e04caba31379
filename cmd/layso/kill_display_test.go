package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// survivor is a display that comes back after each kill with the offset that it has.
type survivor struct {
	epoch      string
	first, seq uint64
	calls      []string
	faults     []string
}

// watch follows the server until it is gone, or until the display has come to an event.
func (v *survivor) watch(base string, until uint64) {
	query := "view=public"
	if v.epoch != "" {
		query += fmt.Sprintf("&epoch=%s&since=%d", v.epoch, v.seq)
	}
	ws, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(base, "http")+"/ws?"+query, nil)
	if err != nil {
		return // killed already
	}
	defer ws.Close()
	for until == 0 || v.seq < until {
		var f struct {
			Type, Epoch, Number, Counter string
			Seq                          uint64
			Prev                         *uint64
		}
		ws.SetReadDeadline(time.Now().Add(time.Minute))
		_, text, err := ws.ReadMessage()
		if err != nil || json.Unmarshal(text, &f) != nil {
			return
		}
		switch {
		case f.Type == "hello":
			if v.epoch != "" && v.epoch != f.Epoch {
				v.faults = append(v.faults, "the log has another epoch after a kill")
			}
			v.epoch = f.Epoch
		case f.Type == "snapshot":
			if v.first == 0 {
				v.first = f.Seq
			}
			v.seq = f.Seq
		case f.Prev == nil:
		case *f.Prev != v.seq:
			v.faults = append(v.faults, fmt.Sprintf("%s follows %d", text, v.seq))
			return
		default:
			v.seq = f.Seq
			if f.Type == "ticket.called" {
				v.calls = append(v.calls, fmt.Sprintf("%d %s@%s", f.Seq, f.Number, f.Counter))
			}
		}
	}
}

// callsIn gives the calls in the log after an event, and the last one's seq.
func callsIn(t *testing.T, data string, after uint64) (calls []string, last uint64) {
	t.Helper()
	j, err := journal.Open(filepath.Join(data, dataFile), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for since := after; ; {
		events, err := j.Since(since, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			return calls, last
		}
		for _, e := range events {
			if e.Type == kiosk.TicketCalled {
				calls, last = append(calls, fmt.Sprintf("%d %s@%s", e.Seq, e.Number, e.Counter)), e.Seq
			}
		}
		since = events[len(events)-1].Seq
	}
}

// judge wants the display to have been told exactly the calls of the log.
func (v *survivor) judge(t *testing.T, want []string) {
	t.Helper()
	for _, f := range v.faults {
		t.Error(f)
	}
	if len(want) == 0 {
		t.Error("nobody was called: the test means nothing")
	}
	if !slices.Equal(v.calls, want) {
		t.Errorf("the display was told %d calls of %d:\n%q\n%q", len(v.calls), len(want), v.calls, want)
	}
}
