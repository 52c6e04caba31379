package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed pages static help
var files embed.FS

// BuildID identifies the pages: it is a hash of everything that they are made of. A client that
// sees another one than its own reloads itself.
func BuildID() string {
	sum := sha256.New()
	// Reading embedded files cannot fail.
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// pageRoutes are the pages and what they load. A page names its files under the build id, so a
// browser may keep them for ever.
func (s *Server) pageRoutes() []route {
	page := func(pattern, name string) route {
		return route{"GET", pattern, anyone, func(c *call) error { return c.html(name) }}
	}
	routes := []route{
		page("/{$}", "index"), page("/kiosk", "kiosk"), page("/display", "display"), page("/counter", "counter"),
		page("/admin", "admin"), {"GET", "/t/{token}", anyone, phonePage}, page("/setup", "setup"), page("/pair", "pair"),
		page("/manager", "manager"), page("/forecast", "forecast"), page("/reports", "reports"), page("/check", "check"), page("/account", "account"), page("/rate", "rate"), page("/appointments", "book"), page("/a/{token}", "appointment"),
		{"GET", "/static/{build}/{file...}", anyone, static},
		{"GET", "/favicon.ico", anyone, favicon},
	}
	if s.Paper != nil {
		routes = append(routes, page("/printer", "printer"))
	}
	return append(routes, manualRoutes()...)
}

func (c *call) html(name string) error {
	if c.toTLS(name) {
		return nil
	}
	return c.sendPage(c.pages[name])
}

// nothing answers who asks for a page that does not exist: a person gets one that leads on, a program the problem.
func (s *Server) nothing(w http.ResponseWriter, r *http.Request) {
	person := r.Method == "GET" && strings.Contains(r.Header.Get("Accept"), "text/html") && !strings.HasPrefix(r.URL.Path, "/api/")
	if !person {
		s.fail(w, r, errNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	w.Write(s.pages["nothing"])
}

// sendPage answers with a page, compressed for those who can read that: it is the first thing that a
// phone on a slow network waits for.
func (c *call) sendPage(page []byte) error {
	h := c.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Encoding")
	if takesGzip(c.r) {
		return c.sendPacked(pack(page, gzip.BestSpeed))
	}
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(page))
	return nil
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".webp": "image/webp", ".txt": "text/plain; charset=utf-8", ".png": "image/png",
}

func static(c *call) error {
	name := c.r.PathValue("file")
	kind, known := contentTypes[path.Ext(name)]
	content, err := files.ReadFile("static/" + name)
	if err != nil || !known || strings.Contains(name, "..") {
		return errNotFound
	}
	c.w.Header().Set("Content-Type", kind)
	c.w.Header().Set("Cache-Control", "no-cache")
	if c.r.PathValue("build") == c.build {
		c.w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if packable(kind) {
		c.w.Header().Set("Vary", "Accept-Encoding")
		if takesGzip(c.r) {
			return c.sendPacked(c.packs.of(name, content))
		}
	}
	http.ServeContent(c.w, c.r, "", time.Time{}, bytes.NewReader(content))
	return nil
}

func favicon(c *call) error {
	http.Redirect(c.w, c.r, "/static/"+c.build+"/icon.svg", http.StatusFound)
	return nil
}
