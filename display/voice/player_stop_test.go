package voice_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"layso/display/voice"
	"layso/kiosk"
)

// TestPlayerStops with calls waiting: none of them counts as spoken, so that all of them are after a restart.
func TestPlayerStops(t *testing.T) {
	o := newOffice(t, kiosk.Voice{Once: true})
	for n := range 5 {
		o.call(fmt.Sprint(n + 1))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := voice.NewPlayer(voice.PlayerOptions{
		Name: "hall", Command: []string{"false"}, Hall: o.owner, Journal: o.log, Now: o.now, Clips: voice.Builtin, Log: slog.New(slog.DiscardHandler),
	})
	p.Run(ctx)
	if seq, _, err := o.log.State("voice hall"); err != nil || seq != 0 {
		t.Errorf("the call %d counts as spoken: %v", seq, err)
	}
}
