package voice_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"layso/display/voice"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// office is a queue on a real journal, with a clock that the test moves and a program in the place of aplay
// that keeps what it is given.
type office struct {
	t      *testing.T
	folder string
	log    *journal.Journal
	owner  *kiosk.Owner
	mu     sync.Mutex
	time   time.Time
}

func newOffice(t *testing.T, set kiosk.Voice) *office {
	t.Helper()
	o := &office{t: t, folder: t.TempDir(), time: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	setup := &kiosk.Setup{
		Name: kiosk.Text{VI: "Một cửa"}, TimeZone: "Asia/Ho_Chi_Minh", Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: kiosk.Hours{Always: true}, Voice: set,
		Services: []kiosk.Service{{ID: "dat-dai", Name: kiosk.Text{VI: "Đất đai"}, Prefix: "A", MeanS: 300}},
		Users:    []kiosk.User{{ID: "clerk", Name: "Lan", Role: kiosk.Clerk}},
	}
	for n := range 9 {
		setup.Counters = append(setup.Counters, kiosk.Counter{ID: fmt.Sprint(n + 1), Name: kiosk.Text{VI: "Quầy"}, Services: []string{"dat-dai"}})
	}
	var err error
	if o.log, err = journal.Open(filepath.Join(t.TempDir(), "hall.db"), journal.Options{}); err != nil {
		t.Fatal(err)
	}
	if o.owner, err = kiosk.Start(o.log, kiosk.Options{Seed: setup, Now: o.now, Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.owner.Close()
		o.log.Close()
	})
	return o
}

func (o *office) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.time
}

func (o *office) later(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.time = o.time.Add(d)
}

func (o *office) do(c kiosk.Command) {
	o.t.Helper()
	if _, err := o.owner.Do(context.Background(), c); err != nil {
		o.t.Fatalf("%T: %v", c, err)
	}
}

// call has the counter call a ticket that is taken for it.
func (o *office) call(counter string) {
	o.t.Helper()
	by := kiosk.Operator{Counter: counter, User: "clerk" + counter}
	o.do(kiosk.Take{Service: "dat-dai", Lang: kiosk.Vietnamese, Device: "kiosk", By: "device:kiosk", Key: fmt.Sprint(o.owner.View().Seq()), Token: kiosk.NewToken()})
	o.do(kiosk.OpenCounter{Operator: by})
	o.do(kiosk.Next{Operator: by})
}

func (o *office) recall(counter string) {
	o.t.Helper()
	o.do(kiosk.Recall{Operator: kiosk.Operator{Counter: counter, User: "clerk" + counter}})
}

// voice changes the hall's settings.
func (o *office) voice(set kiosk.Voice) {
	o.t.Helper()
	setup := *o.owner.View().Setup()
	setup.Voice = set
	o.do(kiosk.ChangeSetup{Setup: &setup, Seq: o.owner.View().SetupSeq(), By: "user:admin"})
}

// keeper is the program: it keeps its input under a number and complains when another one is running.
const keeper = `mkdir "$0/busy" 2>/dev/null || echo overlap > "$0/overlap"
cat > "$0/new" && mv "$0/new" "$0/$(ls "$0" | grep -c wav).wav"
rmdir "$0/busy"`

// play runs a player until stop is called.
func (o *office) play(options voice.PlayerOptions, change ...func(*voice.Player)) (p *voice.Player, stop func()) {
	o.t.Helper()
	options.Name, options.Hall, options.Journal, options.Now, options.Clips = "hall", o.owner, o.log, o.now, voice.Builtin
	options.Log = slog.New(slog.DiscardHandler)
	if options.Command == nil {
		options.Command = []string{"sh", "-c", keeper, o.folder}
	}
	p = voice.NewPlayer(options)
	for _, f := range change {
		f(p)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { p.Run(ctx) })
	stop = sync.OnceFunc(func() {
		cancel()
		wg.Wait()
	})
	o.t.Cleanup(stop)
	return p, stop
}

// heard waits until so many readings were heard, and gives each as number, counter and part.
func (o *office) heard(n int, set kiosk.Voice, calls ...voice.Call) (out []string) {
	o.t.Helper()
	wait(o.t, func() bool { _, err := os.Stat(filepath.Join(o.folder, fmt.Sprint(n-1, ".wav"))); return err == nil })
	if _, err := os.Stat(filepath.Join(o.folder, "overlap")); err == nil {
		o.t.Error("two readings at once")
	}
	for i := range n {
		wav, err := os.ReadFile(filepath.Join(o.folder, fmt.Sprint(i, ".wav")))
		if err != nil {
			o.t.Fatal(err)
		}
		out = append(out, recognise(wav, set, calls))
	}
	return out
}

func recognise(wav []byte, set kiosk.Voice, calls []voice.Call) string {
	for _, c := range calls {
		for _, part := range []voice.Part{voice.First, voice.Again} {
			if string(voice.Builtin().WAV(c, set, part)) == string(wav) {
				return fmt.Sprint(c.Number, "@", c.Counter, " ", part)
			}
		}
	}
	return fmt.Sprintf("%d bytes of something", len(wav))
}

// wait polls, for the program is another process.
func wait(t *testing.T, until func() bool) {
	t.Helper()
	for limit := time.Now().Add(30 * time.Second); !until(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatal("waited in vain")
		}
	}
}

var (
	a1 = voice.Call{Number: "A001", Counter: "1", Lang: "vi"}
	a2 = voice.Call{Number: "A002", Counter: "2", Lang: "vi"}
	a3 = voice.Call{Number: "A003", Counter: "3", Lang: "vi"}
)

// TestPlayerSpeaks: two calls, each twice, one after the other. The test's own wait polls another process.
func TestPlayerSpeaks(t *testing.T) {
	o := newOffice(t, kiosk.Voice{Linh: true})
	p, stop := o.play(voice.PlayerOptions{})
	o.call("1")
	o.call("2")
	got := o.heard(4, kiosk.Voice{Linh: true}, a1, a2)
	slices.Sort(got) // the first may be over before the second is called
	if want := []string{"A001@1 again", "A001@1 first", "A002@2 again", "A002@2 first"}; !slices.Equal(got, want) {
		t.Errorf("%q was heard, not %q", got, want)
	}
	wait(t, func() bool { return p.Status().Spoken == 4 })
	stop()
}

// TestPlayerAfterARestart: what was begun is not begun again, what was missed a moment ago is spoken, and what
// was missed long ago is not.
func TestPlayerAfterARestart(t *testing.T) {
	once := kiosk.Voice{Once: true}
	o := newOffice(t, once)
	o.call("1") // as if the power had gone before anything was spoken
	o.later(voice.Stale - time.Second)
	p, stop := o.play(voice.PlayerOptions{})
	wait(t, func() bool { return p.Status().Spoken == 1 })
	stop()
	o.call("2")
	o.later(voice.Stale + time.Second)
	o.call("3")
	o.later(voice.Stale - time.Second)
	p, stop = o.play(voice.PlayerOptions{})
	wait(t, func() bool { return p.Status().Spoken == 1 })
	stop()
	if got := o.heard(2, once, a1, a2, a3); !slices.Equal(got, []string{"A001@1 first", "A003@3 first"}) {
		t.Errorf("%q was heard", got)
	}
	p, stop = o.play(voice.PlayerOptions{})
	o.recall("2")
	wait(t, func() bool { return p.Status().Spoken == 1 })
	stop()
	if got := o.heard(3, once, a1, a2, a3); got[2] != "A002@2 first" {
		t.Errorf("%q was heard", got)
	}
}

// TestPlayerOfAZone speaks the calls of its counters alone, and none where the hall does not want any.
func TestPlayerOfAZone(t *testing.T) {
	once := kiosk.Voice{Once: true}
	o := newOffice(t, once)
	p, stop := o.play(voice.PlayerOptions{Counters: []string{"2", "9"}})
	for _, counter := range []string{"1", "2", "3"} {
		o.call(counter)
	}
	wait(t, func() bool { return p.Status().Spoken == 1 })
	o.voice(kiosk.Voice{Off: true})
	o.recall("2")
	wait(t, func() bool { return p.Status().Seq == o.owner.View().Seq() })
	o.voice(once)
	o.recall("2")
	wait(t, func() bool { return p.Status().Spoken == 2 })
	stop()
	if n := p.Status().Spoken; n != 2 {
		t.Errorf("%d readings", n)
	}
	if got := o.heard(2, once, a1, a2, a3); !slices.Equal(got, []string{"A002@2 first", "A002@2 first"}) {
		t.Errorf("%q was heard", got)
	}
}

// TestPlayerThatFails: it is told what went wrong, nothing waits, and it comes back by itself.
func TestPlayerThatFails(t *testing.T) {
	for name, x := range map[string]struct {
		command []string
		want    string
	}{
		"no program": {[]string{"/nowhere/aplay"}, "no such file"},
		"refuses":    {[]string{"sh", "-c", "echo no sound card >&2; exit 1"}, "no sound card"},
		"reads none": {[]string{"false"}, "exit status 1"},
		"hangs":      {[]string{"sh", "-c", "cat > /dev/null; exec sleep 60"}, "has not ended"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, kiosk.Voice{Once: true, Chime: kiosk.ChimeOff})
			p, stop := o.play(voice.PlayerOptions{Command: x.command}, func(p *voice.Player) {
				if name == "hangs" {
					p.Hurry(8500 * time.Millisecond)
				}
			})
			o.call("1")
			wait(t, func() bool { return strings.Contains(p.Status().Fault, x.want) })
			stop()
			if n := p.Status().Spoken; n != 0 {
				t.Errorf("%d were heard", n)
			}
		})
	}
	o := newOffice(t, kiosk.Voice{Once: true})
	p, stop := o.play(voice.PlayerOptions{Command: []string{"sh", "-c", `test -e "$0/card" || exit 1; cat > /dev/null`, o.folder}})
	o.call("1")
	wait(t, func() bool { return p.Status().Fault != "" })
	if err := os.WriteFile(filepath.Join(o.folder, "card"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.call("2")
	wait(t, func() bool { return p.Status().Spoken == 1 && p.Status().Fault == "" })
	stop()
}
