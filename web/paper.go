package web

import (
	"bytes"
	"net/http"
	"time"
)

// paperRoutes show the software printer's paper and let faults be tried out; without a software
// printer they do not exist.
func (s *Server) paperRoutes() []route {
	if s.Paper == nil {
		return nil
	}
	return []route{
		{"GET", "/printer/paper.png", anyone, paperPNG},
		{"GET", "/printer/paper.bin", anyone, paperBytes},
		{"GET", "/api/emulator", anyone, getEmulator},
		{"PUT", "/api/emulator", kioskOrClerk, putEmulator},
	}
}

func paperPNG(c *call) error {
	png, _ := c.Paper.Latest()
	return c.paper(png, "image/png")
}

func paperBytes(c *call) error {
	_, raw := c.Paper.Latest()
	return c.paper(raw, "application/octet-stream")
}

func (c *call) paper(content []byte, kind string) error {
	if content == nil {
		return errNotFound
	}
	c.w.Header().Set("Content-Type", kind)
	c.w.Header().Set("Cache-Control", "no-store")
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(content))
	return nil
}

func (c *call) emulator() error {
	return c.json(200, map[string]any{"papers": c.Paper.Papers(), "fault": c.Paper.Fault()})
}

func getEmulator(c *call) error { return c.emulator() }

func putEmulator(c *call) error {
	var in struct{ Fault string }
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if err := c.Paper.SetFault(in.Fault); err != nil {
		return invalid("fault")
	}
	return c.emulator()
}
