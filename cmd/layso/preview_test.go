package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io"
	"net/http"
	"testing"
)

// proof asks for a picture of a paper of this setup.
func (c *client) proof(query string, setup any) []byte {
	c.t.Helper()
	raw, err := json.Marshal(map[string]any{"seq": 1, "setup": setup})
	if err != nil {
		c.t.Fatal(err)
	}
	answer, err := c.http.Post(c.base+"/api/papers/preview?"+query, "application/json", bytes.NewReader(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %d %s, %v", query, answer.StatusCode, body, err)
	}
	return body
}

// The admin sees the draft as it is, for both papers; nothing of it is saved, and nothing printed.
func TestPapersCanBeSeenBeforeTheyAreSaved(t *testing.T) {
	h := startDemo(t)
	c := h.clerk(t, "admin")
	before := c.must("GET", "/api/setup", nil)
	setup := before["setup"].(map[string]any)
	plain := c.proof("kind=ticket", setup)
	setup["paper"] = map[string]any{"foot": map[string]any{"vi": "Vui lòng chuẩn bị sẵn thẻ căn cước."}}
	if bytes.Equal(plain, c.proof("kind=ticket", setup)) {
		t.Error("the draft's text is not on the ticket")
	}
	seen := map[string]bool{}
	for _, query := range []string{
		"kind=ticket", "kind=ticket&lang=en", "kind=ticket&width=58", "kind=ticket&priority=1", "kind=ticket&booked=1", "kind=ticket&route=1",
		"kind=ticket&reprint=1", "kind=closing", "kind=closing&width=58&lang=en", "kind=test",
	} {
		body := c.proof(query, setup)
		config, err := png.DecodeConfig(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int{true: 384, false: 576}[bytes.Contains([]byte(query), []byte("58"))]; config.Width != want {
			t.Errorf("%s: %d dots wide, want %d", query, config.Width, want)
		}
		if seen[string(body)] {
			t.Errorf("%s looks like another paper", query)
		}
		seen[string(body)] = true
	}
	c.proof("kind=ticket&route=1", map[string]any{"name": map[string]any{"vi": "Phường Tân An"}}) // a hall that has nothing yet
	if after := c.must("GET", "/api/setup", nil); after["seq"] != before["seq"] {
		t.Errorf("the setup went from %v to %v", before["seq"], after["seq"])
	}
	if printed := c.must("GET", "/api/emulator", nil)["papers"]; printed != 0.0 {
		t.Errorf("%v papers were printed", printed)
	}
}
