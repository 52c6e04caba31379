package button_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"layso/kiosk"
	"layso/kiosk/button"
)

// TestChime: a call and a recall sound once each, calls at one moment once together, nothing else at all.
func TestChime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := open(t, &memory{}, button.Button{Service: "land"})
		bell := newOutput("GPIO22")
		ctx, cancel := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { button.Chime{Hall: r, Pin: bell}.Run(ctx) })
		synctest.Wait()
		sounds := func(n int, cmds ...kiosk.Command) {
			t.Helper()
			before := len(bell.times())
			for _, cmd := range cmds {
				if _, err := r.Do(t.Context(), cmd); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
			}
			time.Sleep(5 * time.Second) // of the bubble's time
			if got := len(bell.times()) - before; got != 2*n {
				t.Errorf("the pin changed %d times, want %d sounds", got, n)
			}
		}
		at := kiosk.Operator{Counter: "1", User: "lan"}
		take := func() kiosk.Command { return kiosk.Take{Service: "land", Token: kiosk.NewToken()} }
		sounds(0, take(), take(), kiosk.OpenCounter{Operator: at})
		sounds(1, kiosk.Next{Operator: at})
		sounds(1, kiosk.Recall{Operator: at})
		sounds(0, kiosk.Finish{Operator: at})
		sounds(2, kiosk.Next{Operator: at}, kiosk.Recall{Operator: at}, kiosk.Recall{Operator: at}) // the first at once, the rest after it
		cancel()
		running.Wait()
		if bell.lit() {
			t.Error("the chime's pin stays high")
		}
		for i, at := range bell.times()[1:] {
			switch since := at.Sub(bell.times()[i]); {
			case i%2 == 0 && since != 200*time.Millisecond:
				t.Errorf("a pulse of %v", since)
			case i%2 == 1 && since < 800*time.Millisecond:
				t.Errorf("a sound %v after another", since)
			}
		}
	})
}
