package web

import (
	"slices"
	"strings"
	"time"

	"layso/kiosk"
)

// Proof says what paper is to be shown that nobody prints: one of a hall with this setup.
type Proof struct {
	Setup *kiosk.Setup
	Kind  string // "ticket", "closing" or "test"
	Width int    // of the paper in millimetres, 80 or 58
	Lang  kiosk.Lang
	// What a ticket has beside the number.
	Priority, Booked, Route, Reprint bool
}

// An admin who edits gets a new picture with each pause of his typing; a script can't keep the PC busy.
const (
	proofBurst = 20
	proofEvery = 300 * time.Millisecond
)

// previewRoutes show papers of a setup that is not saved; without somebody who draws them they do not
// exist.
func (s *Server) previewRoutes() []route {
	if s.Proofs == nil {
		return nil
	}
	return []route{{"POST", "/api/papers/preview", admins, previewPaper}}
}

// previewPaper answers with a picture of a paper. Faults of the setup that the paper does not show are
// no hindrance: they are told when it is saved.
func previewPaper(c *call) error {
	if wait := c.proofs.take(c.who.name(), c.Steady()); wait > 0 {
		return tooMany{wait}
	}
	var in setupDocument
	if err := decode(c.r, &in, maxSetupBody); err != nil {
		return setupFault(err)
	}
	if in.Setup == nil {
		return invalid("setup")
	}
	p, err := proofOf(c.r.URL.Query().Get)
	if err != nil {
		return err
	}
	if faults := hindrances(in.Setup); faults != nil {
		return faults
	}
	p.Setup = in.Setup
	png, err := c.Proofs(p)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Type", "image/png")
	c.w.Header().Set("Cache-Control", "no-store")
	c.w.Write(png)
	return nil
}

// proofOf reads the parameters that say which paper.
func proofOf(get func(string) string) (p Proof, err error) {
	widths := map[string]int{"": 80, "80": 80, "58": 58}
	for _, x := range []struct {
		name    string
		allowed []string
	}{{"kind", []string{"ticket", "closing", "test"}}, {"width", []string{"", "80", "58"}}, {"lang", []string{"", "vi", "en"}}} {
		if !slices.Contains(x.allowed, get(x.name)) {
			return p, invalid(x.name)
		}
	}
	p.Kind, p.Width, p.Lang = get("kind"), widths[get("width")], kiosk.ParseLang(get("lang"))
	for name, to := range map[string]*bool{"priority": &p.Priority, "booked": &p.Booked, "route": &p.Route, "reprint": &p.Reprint} {
		switch get(name) {
		case "", "0":
		case "1":
			*to = true
		default:
			return p, invalid(name)
		}
	}
	return p, nil
}

// hindrances are the setup's faults that keep a paper from being drawn: those of the office's own texts
// and crest, everywhere what is too long or cannot be written, and too many services.
func hindrances(setup *kiosk.Setup) error {
	all, _ := setup.Validate().(kiosk.Faults)
	faults := slices.DeleteFunc(all, func(f kiosk.Fault) bool {
		crowded := f.Field == "services" && len(setup.Services) > 0
		return f.Problem != "too_long" && f.Problem != "characters" && !strings.HasPrefix(f.Field, "paper.") && !crowded
	})
	if len(faults) == 0 {
		return nil
	}
	return faults
}
