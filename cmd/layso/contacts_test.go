package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/web"
)

// A phone number lies in one file of the data folder, in no backup and in nothing that a screen or the log is told; and when the PC was off
// as the day ended, it is gone a moment after the next start.
func TestContactsAreErasedAtTheNextStart(t *testing.T) {
	const phone = "0977123456"
	data, now := t.TempDir(), time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	var told bytes.Buffer
	start := func() (*hall, func()) {
		at := now
		return runHall(t, settings{data: data, now: func() time.Time { return at }, log: slog.New(slog.NewTextHandler(&told, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	}
	h, stop := start()
	c := (&running{base: h.baseURL}).client(t)
	c.must("POST", "/api/session", map[string]any{"user": "clerk1", "pin": demoPIN})
	token := c.take("dat-dai", 1)[0]["token"].(string)
	c.must("PUT", "/api/tickets/"+token+"/contact", map[string]any{"phone": phone, "consent": true})
	if got := filesWith(t, data, phone); len(got) != 1 || got[0] != contactsFile {
		t.Errorf("the number lies in %v", got)
	}
	backups := t.TempDir()
	if err := h.journal.Backup(t.Context(), filepath.Join(backups, "b")); err != nil {
		t.Fatal(err)
	}
	if got := filesWith(t, backups, phone); len(got) != 0 {
		t.Error("the backup has it")
	}
	stop()

	h, stop = start() // the same day: still there
	if len(h.contacts.Tokens()) != 1 {
		t.Error("erased by a restart")
	}
	stop()

	now = now.Add(24 * time.Hour)
	h, stop = start()
	gone := func() bool { return len(h.contacts.Tokens()) == 0 }
	for deadline := time.Now().Add(10 * time.Second); !gone() && time.Now().Before(deadline); {
		select {
		case <-h.owner.Changed():
		case <-time.After(50 * time.Millisecond):
		}
	}
	if !gone() {
		t.Error("the number of yesterday is still there")
	}
	stop()
	if got := filesWith(t, data, phone); len(got) != 0 {
		t.Errorf("the number still lies in %v", got)
	}
	if strings.Contains(told.String(), phone) || strings.Contains(told.String(), phone[1:]) {
		t.Error("the program's log has it")
	}
}

// TestPowerCutAndContacts: a phone number that was kept is there after a power cut, and one that was erased is gone.
func TestPowerCutAndContacts(t *testing.T) {
	for seed := range uint64(4) { // one cut may do by chance what was not synced
		disk, data := mountCutDisk(t, seed)
		path := filepath.Join(data, contactsFile)
		book, err := web.OpenContacts(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(book.Put(web.Contact{Token: "a", Phone: "0977123456"}), book.Put(web.Contact{Token: "b", Phone: "0977123457"}), book.Close()); err != nil {
			t.Fatal(err)
		}
		disk.cut(t, data)
		if book, err = web.OpenContacts(path); err != nil {
			t.Fatal(err)
		}
		if got := book.Tokens(); len(got) != 2 {
			t.Fatalf("after the first cut there are %v", got)
		}
		if _, err := book.Delete("a"); err != nil {
			t.Fatal(err)
		}
		book.Close()
		disk.cut(t, data)
		if left := string(disk.files()[contactsFile]); strings.Contains(left, "0977123456") || !strings.Contains(left, "0977123457") {
			t.Errorf("after the second one there is %q", left)
		}
	}
}

// filesWith gives the files below a folder that hold a text.
func filesWith(t *testing.T, folder, text string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) || bytes.Contains(content, []byte(text[1:])) {
			name, _ := filepath.Rel(folder, path)
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
