package main

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"layso/web"
)

// A WebSocket of another site is refused, whoever's browser it is: it would otherwise be told what the clerk sees.
func TestOtherSitesFollowNothing(t *testing.T) {
	h, _ := runHall(t, settings{data: t.TempDir()})
	clerk := (&running{base: h.baseURL}).clerk(t, "clerk1")
	host := h.listener.Addr().String()
	for origin, good := range map[string]bool{
		"http://" + host: true, "": true, "http://evil.example": false, "null": false, "http://127.0.0.1:1": false, "http://" + host + ".evil.example": false, "file://": false,
		"http://evil.example/" + host: false, "http://localhost:80": false,
	} {
		for _, query := range []string{"/ws", "/ws?view=public", "/ws?view=clerk"} {
			header := http.Header{}
			if origin != "" {
				header.Set("Origin", origin)
			}
			dialer := websocket.Dialer{Jar: clerk.http.Jar}
			conn, res, err := dialer.Dial("ws://"+host+query, header)
			switch {
			case good && err != nil:
				t.Errorf("%q %s: %v", origin, query, err)
			case !good && err == nil:
				t.Errorf("%q %s: came in", origin, query)
			case !good && res.StatusCode != 403:
				t.Errorf("%q %s: %d", origin, query, res.StatusCode)
			}
			if err == nil {
				conn.Close()
			}
		}
	}
}

// Frames that no screen sends end the connection, and nobody else's.
func TestHostileFrames(t *testing.T) {
	h, _ := runHall(t, settings{data: t.TempDir()})
	url := "ws" + strings.TrimPrefix(h.baseURL, "http") + "/ws"
	dial := func() *websocket.Conn {
		t.Helper()
		conn, _, err := websocket.DefaultDialer.Dial(url, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		conn.SetReadDeadline(time.Now().Add(8 * time.Second))
		return conn
	}
	witness := dial()
	for name, send := range map[string]func(*websocket.Conn) error{
		"a large text": func(c *websocket.Conn) error { return c.WriteMessage(websocket.TextMessage, make([]byte, 600)) },
		"binary":       func(c *websocket.Conn) error { return c.WriteMessage(websocket.BinaryMessage, []byte("{}")) },
		"no JSON":      func(c *websocket.Conn) error { return c.WriteMessage(websocket.TextMessage, []byte("<script>")) },
		"a frame of four exabytes": func(c *websocket.Conn) error {
			_, err := c.NetConn().Write([]byte{0x81, 0xff, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 'x'})
			return err
		},
		"without a mask": func(c *websocket.Conn) error { _, err := c.NetConn().Write([]byte{0x81, 2, '{', '}'}); return err },
		"a piece that never ends": func(c *websocket.Conn) error {
			for range 700 {
				if _, err := c.NetConn().Write([]byte{0x01, 0x81, 0, 0, 0, 0, 'x'}); err != nil {
					return nil // it was cut off meanwhile, as it should be
				}
			}
			return nil
		},
	} {
		conn := dial()
		if err := send(conn); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for {
			_, _, err := conn.ReadMessage()
			if timeout, ok := err.(net.Error); ok && timeout.Timeout() {
				t.Errorf("%s: is not cut off", name)
			}
			if err != nil {
				break
			}
		}
	}
	witness.SetReadDeadline(time.Now().Add(15 * time.Second))
	for {
		_, frame, err := witness.ReadMessage()
		if err != nil {
			t.Fatalf("another screen was cut off: %v", err)
		}
		if strings.Contains(string(frame), "heartbeat") || strings.Contains(string(frame), "snapshot") {
			break
		}
	}
}

// TestBackupNamesLeadNowhereElse: whatever an admin's browser calls a backup, only files of the backups' folder with such a name
// are read, restored or deleted.
func TestBackupNamesLeadNowhereElse(t *testing.T) {
	data := t.TempDir()
	h, _ := runHall(t, settings{data: data})
	made, err := h.backups.Make(t.Context(), "user:admin")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(data, backupFolder, ".hidden.db"), "")
	writeFile(t, filepath.Join(data, backupFolder, "notes.txt"), "")
	if err := h.web.SetPIN(demoPIN, "admin"); err != nil {
		t.Fatal(err)
	}
	c := (&running{base: h.baseURL}).client(t)
	c.must("POST", "/api/session", map[string]any{"user": "admin", "pin": demoPIN})
	for _, name := range []string{
		"../" + dataFile, "../" + contactsFile, "./" + made.Name, "x/../" + made.Name, "../" + backupFolder + "/" + made.Name, filepath.Join(data, dataFile),
		".hidden.db", "notes.txt", made.Name + ".json", "", ".", "..", made.Name + "\x00", "..\\" + dataFile, strings.ToUpper(made.Name),
	} {
		_, opened := h.backups.Open(name)
		_, checked := h.backups.Check(t.Context(), name)
		for what, err := range map[string]error{
			"opened": opened, "checked": checked, "restored": h.backups.Restore(t.Context(), name, "user:admin", ""), "deleted": h.backups.Delete(t.Context(), name, "user:admin", ""),
		} {
			if !errors.Is(err, web.ErrUnknownBackup) {
				t.Errorf("%q is %s: %v", name, what, err)
			}
		}
		if answer, err := c.http.Get(h.baseURL + "/api/backups/" + url.PathEscape(name)); err != nil || name != "" && answer.StatusCode < 400 {
			t.Errorf("%q is given out: %v %v", name, answer.Status, err)
		} else {
			answer.Body.Close()
		}
	}
	if _, err := h.backups.Open(made.Name); err != nil {
		t.Error(err)
	}
}
