package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// packs keeps the embedded files in their compressed form, each made when it is first asked for.
type packs struct{ byName sync.Map }

// of gives the file compressed.
func (p *packs) of(name string, content []byte) []byte {
	if packed, ok := p.byName.Load(name); ok {
		return packed.([]byte)
	}
	packed := pack(content, gzip.BestCompression)
	p.byName.Store(name, packed)
	return packed
}

func pack(content []byte, level int) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		return nil // of a level that gzip knows: can't happen
	}
	// A buffer takes everything.
	_, _ = w.Write(content)
	_ = w.Close()
	return b.Bytes()
}

// packable tells the kinds of files that shrink; fonts and pictures are compressed already.
func packable(kind string) bool {
	return strings.HasPrefix(kind, "text/") || kind == "image/svg+xml"
}

// takesGzip reports whether the client says that it can read gzip.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, rest, _ := strings.Cut(part, ";")
		if c := strings.TrimSpace(coding); !strings.EqualFold(c, "gzip") && c != "*" {
			continue
		}
		q, weighted := strings.CutPrefix(strings.ReplaceAll(rest, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		return !weighted || err == nil && weight > 0
	}
	return false
}

// sendPacked answers with what is compressed already.
func (c *call) sendPacked(packed []byte) error {
	c.w.Header().Set("Content-Encoding", "gzip")
	c.w.Header().Set("Content-Length", strconv.Itoa(len(packed)))
	_, err := c.w.Write(packed)
	return err
}
