package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"layso/display/voice"
	"layso/kiosk"
	"layso/web"
)

// voiceFile is the hall's own recordings in the data folder, beside the journal.
const voiceFile = "voice.zip"

// speech makes the sound of calls for the HTTP side and for the PC's loudspeakers.
type speech struct {
	file    string
	now     func() time.Time
	players []speaker

	mu      sync.Mutex
	own     *recordings // nil: the voice in the program
	offered *recordings
	fault   string
}

// speaker is one of the PC's loudspeakers.
type speaker struct {
	*voice.Player
	program string // that plays
}

// status is how the loudspeaker is. One whose program is not there is mute before its first call, too.
func (s speaker) status() voice.PlayerStatus {
	st := s.Player.Status()
	if _, err := exec.LookPath(s.program); err != nil && st.Fault == "" {
		st.Fault = err.Error()
	}
	return st
}

// recordings are clips and what is told of them.
type recordings struct {
	clips *voice.Clips
	id    string
	at    time.Time
}

// newSpeech reads the hall's own recordings back. Ones that can't be read are told, and the voice in the
// program speaks.
func newSpeech(folder string, now func() time.Time, log *slog.Logger) *speech {
	s := &speech{file: filepath.Join(folder, voiceFile), now: now}
	archive, err := os.ReadFile(s.file)
	if errors.Is(err, fs.ErrNotExist) {
		return s
	}
	if err == nil {
		s.own, err = readRecordings(archive, s.modified())
	}
	if err != nil {
		s.fault = fmt.Sprintf("%s: %v", voiceFile, err)
		log.Error("the hall's own recordings can't be used", "file", s.file, "err", err)
	}
	return s
}

// startSpeech starts what speaks out of the PC's own sound card, and gives who makes the sound.
func (h *hall) startSpeech(ctx context.Context) *speech {
	s := newSpeech(h.data, h.owner.Now, h.log)
	for _, c := range h.sound {
		p := voice.NewPlayer(voice.PlayerOptions{
			Name: c.Name, Command: c.Command, Counters: c.Counters, Hall: h.owner, Journal: h.journal, Clips: s.clips, Now: h.owner.Now, Log: h.log,
		})
		s.players = append(s.players, speaker{p, c.Command[0]})
		h.read(ctx, p.Run)
	}
	return s
}

func (s *speech) modified() time.Time {
	info, err := os.Stat(s.file)
	if err != nil {
		return s.now()
	}
	return info.ModTime()
}

func readRecordings(archive []byte, at time.Time) (*recordings, error) {
	clips, err := voice.Read(archive)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(archive)
	return &recordings{clips, hex.EncodeToString(sum[:8]), at}, nil
}

// clips gives the voice that speaks.
func (s *speech) clips() *voice.Clips {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.own != nil {
		return s.own.clips
	}
	return voice.Builtin()
}

// WAV implements web.Speech.
func (s *speech) WAV(u web.Utterance) []byte {
	switch {
	case u.Part == "silence":
		return voice.SilentWAV()
	case u.Number == "":
		return voice.ChimeWAV()
	}
	clips := voice.Builtin()
	if u.With == "used" {
		clips = s.clips()
	}
	if u.With == "offered" {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.offered == nil {
			return nil
		}
		clips = s.offered.clips
	}
	return clips.WAV(voice.Call{Number: u.Number, Counter: u.Counter, Lang: u.Lang}, u.Voice, voice.Part(u.Part))
}

// Help implements web.Speech.
func (s *speech) Help(h web.Help) []byte {
	return s.clips().HelpWAV(voice.Help{
		Screen: h.Screen, Lang: h.Lang, More: h.More, Number: h.Number, Ahead: h.Ahead, Paper: h.Paper, Counter: h.Counter, At: h.At,
	}, h.Voice)
}

// State implements web.Speech.
func (s *speech) State() web.VoiceState {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := web.VoiceState{Own: s.own.describe(), Offered: s.offered.describe(), Fault: s.fault, Speakers: []web.Speaker{}}
	if s.own != nil {
		st.ID = s.own.id
	}
	for _, p := range s.players {
		x := p.status()
		st.Speakers = append(st.Speakers, web.Speaker{Name: x.Name, Counters: x.Counters, Spoken: x.Spoken, Fault: x.Fault})
	}
	return st
}

// parts tells the morning check how the loudspeakers are.
func (s *speech) parts() (out []web.Part) {
	for _, p := range s.players {
		st := p.status()
		part := web.Part{Kind: "speaker", Name: st.Name, For: append([]string{}, st.Counters...), State: "ready", OK: st.Fault == ""}
		if !part.OK {
			part.State = "broken"
		}
		out = append(out, part)
	}
	return out
}

func (r *recordings) describe() *web.Recordings {
	if r == nil {
		return nil
	}
	return &web.Recordings{Name: r.clips.Name, English: r.clips.HasEnglish(), Clips: r.clips.Count(), At: r.at}
}

// Template implements web.Speech.
func (s *speech) Template() []byte { return voice.Template() }

// Offer implements web.Speech.
func (s *speech) Offer(archive []byte) error {
	var r *recordings
	if archive != nil {
		var err error
		if r, err = readRecordings(archive, s.now()); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offered = r
	return nil
}

// Use implements web.Speech.
func (s *speech) Use(offered bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !offered {
		if err := os.Remove(s.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		s.own, s.fault = nil, ""
		return nil
	}
	if s.offered == nil {
		return kiosk.ErrInvalidField
	}
	archive, err := s.offered.clips.Archive()
	if err != nil {
		return err
	}
	if err := writeWhole(s.file, func(w io.Writer) error { _, err := w.Write(archive); return err }); err != nil {
		return err
	}
	s.own, s.offered, s.fault = s.offered, nil, ""
	s.own.at = s.now()
	return nil
}
