package display

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// What is written past the WebSocket library is what the library reads, at every border of a length's form, and
// a ping between two texts is a ping.
func TestMessagesAreFrames(t *testing.T) {
	sizes := []int{0, 1, 125, 126, 127, 65535, 65536, 200_000}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		var out net.Buffers
		for _, n := range sizes {
			out = append(out, newMessage(bytes.Repeat([]byte("x"), n)), ping)
		}
		out = append(out, newMessage([]byte("end")))
		out.WriteTo(conn.NetConn())
	}))
	defer srv.Close()
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(srv.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	pings := 0
	conn.SetPingHandler(func(string) error { pings++; return nil })
	for _, n := range sizes {
		kind, got, err := conn.ReadMessage()
		if err != nil || kind != websocket.TextMessage || !bytes.Equal(got, bytes.Repeat([]byte("x"), n)) {
			t.Fatalf("%d bytes: read %d of kind %d, %v", n, len(got), kind, err)
		}
	}
	if _, got, err := conn.ReadMessage(); err != nil || string(got) != "end" || pings != len(sizes) {
		t.Errorf("at the end %q, %d pings, %v", got, pings, err)
	}
}
