package link_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"layso/printer/link"
)

func TestCheck(t *testing.T) {
	for spec, want := range map[string]error{
		"tcp://printer":         nil,
		"tcp://10.0.0.9:9100":   nil,
		"tcp://[fe80::1]:9100/": nil,
		"file:///dev/usb/lp0":   nil,
		"tcp://":                link.ErrAddress,
		"tcp://:9100":           link.ErrAddress,
		"tcp://host/queue":      link.ErrAddress,
		"file://dev/usb/lp0":    link.ErrAddress,
		"file:///":              link.ErrAddress,
		"/dev/usb/lp0":          link.ErrAddress,
		"":                      link.ErrAddress,
		"tcp://user@host":       link.ErrAddress,
		"tcp://host:port":       link.ErrAddress,
		"serial:///dev/ttyS0":   link.ErrUnsupported,
		"ipp://host/q":          link.ErrUnsupported,
		"gopher://host":         link.ErrAddress,
	} {
		if err := link.Check(spec); !errors.Is(err, want) || (want == nil) != (err == nil) {
			t.Errorf("%q: %v, want %v", spec, err, want)
		}
	}
}

func TestOpenSaysWhereAndWhy(t *testing.T) {
	missing := "file://" + filepath.Join(t.TempDir(), "lp0")
	for _, c := range []struct{ spec, word string }{
		{missing, "no such file"},
		{"tcp://127.0.0.1:1", "refused"},
		{"serial:///dev/ttyS0", "not supported"},
	} {
		_, err := link.Open(t.Context(), c.spec)
		if err == nil || !strings.Contains(err.Error(), c.spec) || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%s: %v, want its address and %q", c.spec, err, c.word)
		}
	}
	if _, err := os.Stat(strings.TrimPrefix(missing, "file://")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a missing device was made")
	}
}
