package main

import (
	"bytes"
	"context"
	"errors"
	"log"
	"log/slog"
	"net/http"
	"time"

	"layso/display"
	"layso/web"
)

// httpServer gives what answers at both doors. Who is slow on purpose is cut off: 5 s for a head, 20 s for a request, 2 minutes
// for an answer and between two requests.
func (h *hall) httpServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 20 * time.Second,
		WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: log.New(complaints{h.log}, "", 0),
	}
}

// complaints takes what net/http has to say: that clients went away, which is worth nothing, and that layso itself has failed.
type complaints struct{ log *slog.Logger }

func (c complaints) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("panic serving")) {
		c.log.Error("a request made layso fail", "what", string(line))
	} else {
		c.log.Debug(string(bytes.TrimSpace(line)))
	}
	return len(line), nil
}

// drain lets requests that are under way end, and cuts off those that do not: a client that is slow on
// purpose must not make a clean end look like a failure.
func drain(deadline context.Context, server *http.Server) error {
	err := server.Shutdown(deadline)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// live hands connections from the HTTP side to the hub.
type live struct{ hub *display.Hub }

func (l live) Serve(w http.ResponseWriter, r *http.Request, v web.Viewer) {
	l.hub.Serve(w, r, display.Viewer{View: display.View(v.View), Device: v.Device, Zone: v.Zone, Still: v.Still})
}

func (l live) ServeTicket(w http.ResponseWriter, r *http.Request, token string) {
	l.hub.ServeTicket(w, r, token)
}

func (l live) Recheck() { l.hub.Recheck() }
