package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"layso/configs"
	"layso/display/voice"
	"layso/kiosk"
	"layso/web"
)

var quiet = slog.New(slog.DiscardHandler)

func a007(with string) web.Utterance {
	return web.Utterance{Number: "A007", Counter: "3", Lang: "vi", Part: "whole", With: with}
}

// TestRecordingsStay: what a hall has recorded is there after a restart; what it took away, or what a disk has
// broken, is not, and the voice in the program speaks.
func TestRecordingsStay(t *testing.T) {
	folder := t.TempDir()
	s := newSpeech(folder, time.Now, quiet)
	program := string(s.WAV(a007("program")))
	archive, err := os.ReadFile("../../display/voice/espeak.zip")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Offer(archive[:len(archive)/2]); err == nil || s.State().Offered != nil {
		t.Fatalf("half an archive: %v", err)
	}
	if err := s.Use(true); err != kiosk.ErrInvalidField || s.WAV(a007("offered")) != nil {
		t.Errorf("used nothing: %v", err)
	}
	if err := s.Offer(archive); err != nil {
		t.Fatal(err)
	}
	calls := slices.DeleteFunc(append(voice.Names("vi"), voice.Names("en")...), func(name string) bool { return strings.Contains(name, ".help-") })
	if st := s.State(); st.Own != nil || st.Offered.Clips != len(calls) || !st.Offered.English {
		t.Errorf("offered: %+v, the archive has the %d clips of the calls", st.Offered, len(calls))
	}
	if err := s.Use(true); err != nil {
		t.Fatal(err)
	}
	again := newSpeech(folder, time.Now, quiet)
	if st := again.State(); st.Own == nil || st.Own.Name != "espeak-ng" || st.ID == "" || st.Offered != nil || st.Fault != "" {
		t.Errorf("after a restart: %+v", st)
	}
	if n := len(again.WAV(a007("used"))); n < len(program)*9/10 || n > len(program)*11/10 {
		t.Errorf("%d bytes, the same voice in the program has %d", n, len(program))
	}
	if err := os.WriteFile(filepath.Join(folder, voiceFile), archive[:1000], 0o600); err != nil {
		t.Fatal(err)
	}
	broken := newSpeech(folder, time.Now, quiet)
	if st := broken.State(); st.Own != nil || st.Fault == "" || string(broken.WAV(a007("used"))) != program {
		t.Errorf("with a broken file: %+v", st)
	}
	if err := broken.Use(false); err != nil || broken.State().Fault != "" {
		t.Error(err, broken.State().Fault)
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// TestSoundCard: a call comes out of the program that the installation names, as the sound that TVs get.
func TestSoundCard(t *testing.T) {
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	seed.Voice.Once = true
	folder := t.TempDir()
	h, err := open(settings{
		data: t.TempDir(), listen: "127.0.0.1:0", seed: seed, log: quiet,
		sound: []configs.Sound{{Name: "sanh", Command: []string{"sh", "-c", `cat > "$0/new" && mv "$0/new" "$0/heard.wav"`, folder}}, {Name: "tang-2", Command: []string{"false"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.serve(ctx) }()
	by := kiosk.Operator{Counter: "2", User: "clerk1"}
	for _, c := range []kiosk.Command{
		kiosk.Take{Service: "dat-dai", Lang: kiosk.Vietnamese, Device: "kiosk", By: "device:kiosk", Token: kiosk.NewToken()}, kiosk.OpenCounter{Operator: by}, kiosk.Next{Operator: by},
	} {
		if _, err := h.owner.Do(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	var heard []byte
	for limit := time.Now().Add(patience); len(heard) == 0 || h.web.Parts()[1].OK; time.Sleep(10 * time.Millisecond) {
		if heard, _ = os.ReadFile(filepath.Join(folder, "heard.wav")); time.Now().After(limit) {
			t.Fatal("nothing was heard")
		}
	}
	answer, err := http.Get(h.baseURL + "/voice/" + fmt.Sprint(h.owner.View().RecentCalls()[0].Seq) + ".wav?part=first")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if wav, _ := io.ReadAll(answer.Body); string(wav) != string(heard) {
		t.Errorf("%d bytes were heard, a TV gets %d", len(heard), len(wav))
	}
	if parts := h.web.Parts(); len(parts) != 2 || !parts[0].OK || parts[1].Name != "tang-2" {
		t.Errorf("the morning check hears of %+v", parts)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}

// A loudspeaker whose program is missing is known to be mute before anybody is called.
func TestSpeakerWithoutProgram(t *testing.T) {
	for program, mute := range map[string]bool{"sh": false, "no-such-program": true, "./no/such/file": true} {
		s := &speech{players: []speaker{{voice.NewPlayer(voice.PlayerOptions{Name: "sanh", Command: []string{program}}), program}}}
		if st := s.State().Speakers[0]; (st.Fault != "") != mute {
			t.Errorf("%s: the fault is %q", program, st.Fault)
		}
		if part := s.parts()[0]; part.OK == mute {
			t.Errorf("%s: the morning check hears of %+v", program, part)
		}
	}
}
