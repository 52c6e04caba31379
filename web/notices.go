package web

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"time"

	"layso/kiosk"
)

// noticePage is what a TV shows at once while nobody is called: a notice or a procedure in one language.
type noticePage struct {
	Kind    string     `json:"kind"`              // notice or procedure
	Service string     `json:"service,omitempty"` // id, of a procedure
	Lang    kiosk.Lang `json:"lang"`
	Title   string     `json:"title"`
	Lines   []string   `json:"lines"`             // of a procedure: the papers to be brought along
	Picture string     `json:"picture,omitempty"` // its URL, for ever the same picture
	Time    string     `json:"time"`              // limit of a procedure; may be empty
	Fee     string     `json:"fee"`               // of a procedure; may be empty
}

// getNotices answers with what is published today, page by page.
func getNotices(c *call) error {
	v := c.Hall.View()
	pages := []noticePage{}
	day := c.Now().In(v.Location()).Format(time.DateOnly)
	for _, n := range v.Setup().Notices {
		if n.On(day) {
			pages = append(pages, noticePages(n)...)
		}
	}
	for _, s := range v.Setup().Services {
		if s.Procedure != nil {
			pages = append(pages, procedurePages(s)...)
		}
	}
	return c.json(200, map[string][]noticePage{"pages": pages})
}

// noticePages gives the Vietnamese page, and the English one of a notice that has an English title or text.
func noticePages(n kiosk.Notice) []noticePage {
	page := func(lang kiosk.Lang) noticePage {
		p := noticePage{Kind: "notice", Lang: lang, Title: n.Title.In(lang), Lines: append([]string{}, n.Lines.In(lang)...)}
		if n.Picture != "" {
			p.Picture = "/api/notices/pictures/" + pictureID(n.Picture)
		}
		return p
	}
	if n.Title.EN == "" && len(n.Lines.EN) == 0 {
		return []noticePage{page(kiosk.Vietnamese)}
	}
	return []noticePage{page(kiosk.Vietnamese), page(kiosk.English)}
}

// procedurePages gives the same for a service's procedure.
func procedurePages(s kiosk.Service) []noticePage {
	p := s.Procedure
	page := func(lang kiosk.Lang) noticePage {
		return noticePage{
			Kind: "procedure", Service: s.ID, Lang: lang, Title: s.Name.In(lang),
			Lines: append([]string{}, p.Papers.In(lang)...), Time: p.Time.In(lang), Fee: p.Fee.In(lang),
		}
	}
	vi := page(kiosk.Vietnamese)
	switch {
	case len(vi.Lines) == 0 && vi.Time == "" && vi.Fee == "":
		return nil
	case len(p.Papers.EN) == 0 && cmp.Or(p.Time.EN, p.Fee.EN) == "":
		return []noticePage{vi}
	}
	return []noticePage{vi, page(kiosk.English)}
}

// pictureID names a picture by what it shows.
func pictureID(picture string) string {
	sum := sha256.Sum256([]byte(picture))
	return hex.EncodeToString(sum[:12])
}

// getNoticePicture answers with a picture of one of the hall's notices.
func getNoticePicture(c *call) error {
	for _, n := range c.Hall.View().Setup().Notices {
		if n.Picture == "" || pictureID(n.Picture) != c.r.PathValue("id") {
			continue
		}
		data, err := base64.StdEncoding.DecodeString(n.Picture)
		if err != nil {
			return err // the setup was checked
		}
		c.w.Header().Set("Content-Type", http.DetectContentType(data))
		c.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(data))
		return nil
	}
	return errNotFound
}
