package web

import (
	"bytes"
	"net/http"
	"strconv"
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
	png, _, err := c.chosenPaper()
	if err != nil {
		return err
	}
	return c.paper(png, "image/png")
}

func paperBytes(c *call) error {
	_, raw, err := c.chosenPaper()
	if err != nil {
		return err
	}
	return c.paper(raw, "application/octet-stream")
}

// chosenPaper gives the paper that ?n= names, the newest without it.
func (c *call) chosenPaper() (png, raw []byte, err error) {
	seq := 0
	if n := c.r.URL.Query().Get("n"); n != "" {
		if seq, err = strconv.Atoi(n); err != nil || seq < 1 {
			return nil, nil, invalid("n")
		}
	}
	png, raw = c.Paper.Paper(seq)
	return png, raw, nil
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

func getEmulator(c *call) error { return c.json(200, c.Paper.State()) }

// maxRowsToFault bounds how much paper may come out before a fault: a metre.
const maxRowsToFault = 8000

func putEmulator(c *call) error {
	var in struct {
		Fault string
		Rows  int
	}
	if err := decode(c.r, &in, maxBody); err != nil {
		return err
	}
	if in.Rows < 0 || in.Rows > maxRowsToFault {
		return invalid("rows")
	}
	if err := c.Paper.SetFault(in.Fault, in.Rows); err != nil {
		return invalid("fault")
	}
	return getEmulator(c)
}
