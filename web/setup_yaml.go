package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"

	"layso/kiosk"
)

// SetupFile writes a hall as a file and reads it back.
type SetupFile interface {
	Export(*kiosk.Setup) []byte
	// Import reads and checks a file; what is wrong with it is a [kiosk.Faults] with lines.
	Import([]byte) (*kiosk.Setup, error)
}

// setupPreview is what importing a file would do.
type setupPreview struct {
	Seq         uint64             `json:"seq"` // of the setup that the file was compared with
	Differences []kiosk.Difference `json:"differences"`
}

// fileRoutes let admins take the hall along as a file.
func (s *Server) fileRoutes() []route {
	if s.SetupFile == nil {
		return nil
	}
	return []route{
		{"GET", "/api/setup.yaml", admins, exportSetup},
		{"POST", "/api/setup.yaml", admins, importSetup},
	}
}

func exportSetup(c *call) error {
	v := c.Hall.View()
	c.w.Header().Set("Content-Type", "application/yaml; charset=utf-8")
	c.w.Header().Set("Cache-Control", "no-store")
	c.attachment(fmt.Sprintf("layso-%s.yaml", c.Now().In(v.Location()).Format("2006-01-02")))
	c.w.Write(c.SetupFile.Export(v.Setup()))
	return nil
}

func (c *call) attachment(name string) {
	c.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}

// importSetup makes the hall what the file says, or with ?check=true only tells what that would change. With
// ?seq= it is refused where somebody else has changed the hall since.
func importSetup(c *call) error {
	if kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type")); !slices.Contains([]string{"application/yaml", "application/x-yaml", "text/yaml"}, kind) {
		return errContentType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(nil, c.r.Body, maxSetupBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return errTooLarge
	case err != nil:
		return errBadRequest
	}
	v, q := c.Hall.View(), c.r.URL.Query()
	seq, err := number(c.r, "seq", v.SetupSeq())
	if err != nil {
		return err
	}
	if err := checkText("reason", q.Get("reason")); err != nil || !kiosk.CleanText(q.Get("reason")) {
		return invalid("reason")
	}
	setup, err := c.SetupFile.Import(raw)
	if err != nil {
		return err
	}
	if err := c.mayReplace(setup); err != nil {
		return err
	}
	if q.Get("check") == "true" {
		return c.json(200, setupPreview{v.SetupSeq(), append([]kiosk.Difference{}, shown(kiosk.Diff(v.Setup(), setup))...)})
	}
	if len(kiosk.Diff(v.Setup(), setup)) == 0 {
		return c.json(200, setupDocument{Seq: v.SetupSeq(), Setup: v.Setup()})
	}
	return c.replace(kiosk.ChangeSetup{Setup: setup, Seq: seq, Reason: q.Get("reason")})
}
