package main

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/configs"
	"layso/kiosk"
	"layso/kiosk/journal"
)

// TestRestoreInPlace: the running server goes on with a backup on the same address: what came after it is in a
// backup of its own, the log says who did it and why, and the recordings are those of the backup.
func TestRestoreInPlace(t *testing.T) {
	told := asSystemd(t)
	h := startDemo(t)
	admin := h.clerk(t, "admin")
	admin.take("dat-dai", 2)
	recordings := filepath.Join(h.data, voiceFile)
	writeFile(t, recordings, "old voice")
	made := admin.must("POST", "/api/backups", nil)
	name := made["name"].(string)
	if made["voice"] != true || made["tickets"] != 2.0 || made["verified"] != true {
		t.Errorf("made: %v", made)
	}
	admin.take("dat-dai", 3)
	writeFile(t, recordings, "new voice")
	if r := admin.must("POST", "/api/backups/"+name+"/check", nil); r["older"] != true || r["lost"].(float64) < 3 || r["same_hall"] != true {
		t.Errorf("checked: %v", r)
	}
	before := admin.must("GET", "/healthz", nil)["epoch"]
	if answer := admin.must("POST", "/api/backups/"+name+"/restore", map[string]any{"reason": "nhập nhầm"}); answer["epoch"] != before {
		t.Errorf("answered %v, the epoch is %v", answer, before)
	}
	h.reborn(admin, before)
	admin.must("POST", "/api/session", map[string]any{"user": "admin", "pin": demoPIN})
	if n := admin.hall().waiting(); n != 2 {
		t.Errorf("%d wait, want 2", n)
	}
	if got := admin.take("dat-dai", 1)[0]["number"]; got != "A003" {
		t.Errorf("the next number is %v", got)
	}
	if got := textOf(t, recordings); got != "old voice" {
		t.Errorf("the recordings are %q", got)
	}
	list := admin.must("GET", "/api/backups", nil)["backups"].([]any)
	aside := list[0].(map[string]any)
	if len(list) != 2 || aside["kind"] != "before-restore" || aside["by_name"] == "" {
		t.Fatalf("backups: %v", list)
	}
	if r := admin.must("POST", "/api/backups/"+aside["name"].(string)+"/check", nil); r["tickets"] != 5.0 {
		t.Errorf("aside: %v", r)
	}
	if got := told(); strings.Contains(got, "STOPPING") || strings.Count(got, "READY") != 2 || !strings.Contains(got, "EXTEND_TIMEOUT_USEC=60000000") {
		t.Errorf("systemd was told %s", got)
	}
	h.stop()
	if notes := notesOf(t, h.data, kiosk.DataRestored); len(notes) != 1 || notes[0].By != "user:admin" || notes[0].What != name || notes[0].Reason != "nhập nhầm" {
		t.Errorf("in the log: %+v", notes)
	}
	if exists(filepath.Join(h.data, restorePlan)) || exists(filepath.Join(h.data, restoreNew)) {
		t.Error("something is left of the restoration")
	}
}

// asSystemd starts what follows as systemd would, with a watchdog, and gives what it is told.
func asSystemd(t *testing.T) (told func() string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "notify")
	conn, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	t.Setenv("NOTIFY_SOCKET", path)
	t.Setenv("WATCHDOG_USEC", "60000000")
	return func() string {
		var all strings.Builder
		buf := make([]byte, 100)
		for conn.SetReadDeadline(time.Now().Add(100*time.Millisecond)) == nil {
			n, err := conn.Read(buf)
			if err != nil {
				break
			}
			all.Write(append(buf[:n], ' '))
		}
		return all.String()
	}
}

// reborn waits until the server has started anew.
func (h *running) reborn(c *client, before any) {
	h.t.Helper()
	soon(h.t, "a server with another log", func() bool {
		answer, err := c.http.Get(h.base + "/healthz")
		if err != nil {
			return false
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		return err == nil && answer.StatusCode == 200 && !strings.Contains(string(text), before.(string))
	})
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// notesOf gives the events of a type in a hall's data, which must be whole.
func notesOf(t *testing.T, data string, kind kiosk.EventType) (notes []kiosk.Event) {
	t.Helper()
	path := filepath.Join(data, dataFile)
	if _, err := journal.Verify(path); err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(path, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for since := uint64(0); ; {
		events, err := j.Since(since, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(events) == 0 {
			return notes
		}
		for _, e := range events {
			if e.Type == kind {
				notes = append(notes, e)
			}
		}
		since = events[len(events)-1].Seq
	}
}

// halfway makes a hall with tickets after its backup, and a plan to go back to that; it does not run.
func halfway(t *testing.T) (s settings, name string) {
	t.Helper()
	seed, err := configs.Demo()
	if err != nil {
		t.Fatal(err)
	}
	s = settings{data: t.TempDir(), listen: "127.0.0.1:0", seed: seed, demo: true, log: slog.New(slog.DiscardHandler)}
	h := opened(t, s)
	takeOne(t, h)
	b, err := h.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	takeOne(t, h)
	writeFile(t, filepath.Join(s.data, voiceFile), "voice")
	if err := h.backups.Restore(t.Context(), b.Name, "user:admin", "thử"); err != nil {
		t.Fatal(err)
	}
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
	return s, b.Name
}

func opened(t *testing.T, s settings) *hall {
	t.Helper()
	h, err := open(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func takeOne(t *testing.T, h *hall) {
	t.Helper()
	if _, err := h.owner.Do(t.Context(), kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken(), By: "citizen"}); err != nil {
		t.Fatal(err)
	}
}

// TestPowerCutWhileRestoring: at whatever step the power is cut, the data are the old hall or the new one, whole, and the
// next start has the new one; nothing of the old one is lost.
func TestPowerCutWhileRestoring(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"aside", "switch", "voice", "done"} {
		t.Run(at, func(t *testing.T) {
			s, name := halfway(t)
			dark := errors.New("the power is cut")
			s.restoreStep = func(step string) error {
				if step == at {
					return dark
				}
				return nil
			}
			if _, err := open(s); !errors.Is(err, dark) {
				t.Fatalf("cut before %s: %v", at, err)
			}
			r, err := journal.Verify(filepath.Join(s.data, dataFile))
			if want := map[string]int{"aside": 2, "switch": 2, "voice": 1, "done": 1}[at]; err != nil || r.Tickets != want {
				t.Fatalf("after the cut: %d tickets, want %d: %v", r.Tickets, want, err)
			}
			s.restoreStep = nil
			restoredWhole(t, s, name)
		})
	}
	t.Run("before it is told", func(t *testing.T) {
		s, name := halfway(t)
		raw := textOf(t, filepath.Join(s.data, restorePlan, planFile))
		opened(t, s).close()
		if err := os.Mkdir(filepath.Join(s.data, restorePlan), 0o700); err != nil { // as if the folder had not gone yet
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(s.data, restorePlan, planFile), strings.Replace(raw, `"done":false`, `"done":true`, 1))
		writeFile(t, filepath.Join(s.data, voiceFile), "recorded since")
		opened(t, s).close()
		if textOf(t, filepath.Join(s.data, voiceFile)) != "recorded since" {
			t.Error("what was recorded since is gone")
		}
		os.Remove(filepath.Join(s.data, voiceFile))
		restoredWhole(t, s, name)
	})
}

// restoredWhole starts the hall and finds the backup in place, told once, and the old hall in its own backup.
func restoredWhole(t *testing.T, s settings, name string) {
	t.Helper()
	h := opened(t, s)
	list, err := h.backups.List()
	if err != nil {
		t.Fatal(err)
	}
	h.close()
	if notes := notesOf(t, s.data, kiosk.DataRestored); len(notes) != 1 || notes[0].What != name {
		t.Errorf("in the log: %+v", notes)
	}
	if r, err := journal.Verify(filepath.Join(s.data, dataFile)); err != nil || r.Tickets != 1 {
		t.Errorf("the restored hall: %+v %v", r, err)
	}
	if exists(filepath.Join(s.data, voiceFile)) || exists(filepath.Join(s.data, restorePlan)) {
		t.Error("something of the old hall is left in the data folder")
	}
	for _, x := range list {
		if x.Kind != "before-restore" {
			continue
		}
		path := filepath.Join(s.data, backupFolder, x.Name)
		if r, err := journal.Verify(path); err != nil || r.Tickets != 2 || textOf(t, voiceBeside(path)) != "voice" {
			t.Errorf("the old hall: %+v %v", r, err)
		}
		return
	}
	t.Errorf("the old hall is gone: %q", kinds(list))
}
