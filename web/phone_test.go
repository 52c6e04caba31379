package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"layso/kiosk"
	"layso/web"
)

// phonePage reads a ticket's page, and what it brings along for its script.
func (h *hall) phonePage(token string) (page string, first struct {
	Ticket kiosk.TicketStatus
	Hall   kiosk.HallStatus
}) {
	h.t.Helper()
	a := h.do("", "GET", "/t/"+token, "")
	page = string(a.body)
	m := regexp.MustCompile(`data-first="([^"]*)"`).FindStringSubmatch(page)
	if a.status != 200 || m == nil {
		h.t.Fatalf("%d %s", a.status, page)
	}
	if m[1] != "" {
		h.must(json.Unmarshal([]byte(html.UnescapeString(m[1])), &first))
	}
	return page, first
}

// The page of a ticket says where it stands before any script has run.
func TestThePhonesPageBeginsWithTheTicket(t *testing.T) {
	h := newHall(t, func(s *kiosk.Setup, _ *web.Options) { s.Name.VI = `Một cửa "A" <b> & Co` })
	first := h.take("dat-dai")
	second := h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"dat-dai","lang":"en"}`), 201)
	for _, x := range []struct{ token, title, lang, place string }{
		{first.Token, "Sắp đến lượt – A001", "vi", "Sắp đến lượt"}, {second.Token, "1 before you – A002", "en", "1 before you"},
	} {
		page, look := h.phonePage(x.token)
		for _, part := range []string{"<title>" + x.title + "</title>", `<html lang="` + x.lang + `"`, `<p id="state-text">` + x.place + "</p>", `data-state="waiting"`} {
			if !strings.Contains(page, part) {
				t.Errorf("the page of %s has no %s:\n%s", x.token, part, page)
			}
		}
		if strings.Contains(page, "<b>") {
			t.Error("a hall's name is taken for markup")
		}
		want := h.ticket(h.do("", "GET", "/api/tickets/"+x.token, ""), 200)
		if look.Ticket.Number != want.Number || look.Ticket.Ahead != want.Ahead || look.Hall.Name != `Một cửa "A" <b> & Co` || look.Hall.TimeZone != "Asia/Ho_Chi_Minh" {
			t.Errorf("it brings %+v", look)
		}
		if len(look.Hall.Services) != 4 || look.Hall.Services[1].NameEN != "Civil status" || look.Hall.Counters[3].Name != "Quầy 4" {
			t.Errorf("it brings %+v", look.Hall)
		}
	}
	h.at("2", "open", "")
	h.at("2", "next", "")
	if page, _ := h.phonePage(first.Token); !strings.Contains(page, `<p id="state-text">Mời đến Quầy 2</p>`) {
		t.Errorf("called: %s", page)
	}
	h.at("2", "hold", "")
	if page, look := h.phonePage(first.Token); !strings.Contains(page, "<title>A001</title>") || look.Ticket.State != kiosk.Held {
		t.Errorf("held: %s", page)
	}
	if page, look := h.phonePage(kiosk.NewToken()); look.Ticket.Number != "" || !strings.Contains(page, `<section id="ticket" data-state="" hidden>`) {
		t.Errorf("of nothing: %s", page)
	}
}

// Pages and files come compressed to those who read gzip, and plain to all others.
func TestPagesComeCompressed(t *testing.T) {
	h := newHall(t)
	files := "/static/" + web.BuildID()
	for _, path := range []string{"/kiosk", "/t/" + h.take("dat-dai").Token, files + "/js/phone.js", files + "/css/phone.css", files + "/icons.svg"} {
		plain := h.do("", "GET", path, "", "Accept-Encoding", "identity")
		for _, no := range []string{"identity", "br", "gzip;q=0", "gzip; q=0.0", "gzipped"} {
			if a := h.do("", "GET", path, "", "Accept-Encoding", no); a.header.Get("Content-Encoding") != "" || !bytes.Equal(a.body, plain.body) {
				t.Errorf("%s for one who takes %s: %v", path, no, a.header)
			}
		}
		for _, yes := range []string{"gzip", "br, GZIP", "gzip;q=0.5", "deflate, *"} {
			a := h.do("", "GET", path, "", "Accept-Encoding", yes)
			r, err := gzip.NewReader(bytes.NewReader(a.body))
			h.must(err)
			whole, err := io.ReadAll(r)
			h.must(err)
			if a.header.Get("Content-Encoding") != "gzip" || a.header.Get("Vary") != "Accept-Encoding" || !bytes.Equal(masked(whole), masked(plain.body)) || len(a.body) > len(whole)*3/4 {
				t.Errorf("%s for one who takes %s: %d of %d bytes, %v", path, yes, len(a.body), len(whole), a.header)
			}
			if a.header.Get("Content-Type") != plain.header.Get("Content-Type") || a.header.Get("Cache-Control") != plain.header.Get("Cache-Control") {
				t.Errorf("%s differs: %v and %v", path, a.header, plain.header)
			}
		}
	}
	if a := h.do("", "GET", files+"/fonts/be-vietnam-pro-latin-400-normal.woff2", "", "Accept-Encoding", "gzip"); a.header.Get("Content-Encoding") != "" {
		t.Error("a font is compressed twice")
	}
	if a := h.do("", "HEAD", files+"/js/phone.js", "", "Accept-Encoding", "gzip"); a.status != 200 || len(a.body) > 0 || a.header.Get("Content-Length") == "" {
		t.Errorf("HEAD: %d %v", a.status, a.header)
	}
}

// masked takes the time out of a page.
func masked(page []byte) []byte {
	return regexp.MustCompile(`&#34;now&#34;:&#34;[^&]*`).ReplaceAll(page, nil)
}
