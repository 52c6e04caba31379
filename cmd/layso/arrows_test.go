package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "layso"
	root   = "../.." // of the repository, from this folder
)

// room is a package and what it may import besides the standard library.
type room struct {
	may    []string // paths below the module ("kiosk"), or third-party paths and what is below them
	mayNot []string // of the standard library
	why    string   // the reason, said to who draws another arrow
}

const (
	bbolt    = "go.etcd.io/bbolt"
	gorilla  = "github.com/gorilla/websocket"
	periph   = "periph.io/x/conn" // its interfaces; the host's drivers are opened in cmd/layso alone
	serial   = "go.bug.st/serial"
	ownRooms = "the top-level rooms know kiosk and their own sub-rooms, not one another: cmd/layso hands each what it needs through a small interface"
)

// rooms is the table of the design. A package that is not in it has no place yet.
var rooms = map[string]room{
	"kiosk": {nil, []string{"os", "net", "net/http", "os/exec", "database/sql"},
		"the domain is pure and every arrow points to it, so it imports the standard library only and does no I/O: the same log always rebuilds the same hall"},
	"kiosk/journal":           {[]string{"kiosk", bbolt}, nil, "the log keeps events and decides nothing: it needs their type and bbolt"},
	"kiosk/forecast":          {[]string{"kiosk"}, nil, "the forecast runs the hall's own policy and nothing else"},
	"kiosk/forecast/simulate": {[]string{"kiosk", "kiosk/forecast"}, nil, "the simulator plays the hall's own policy and forecast and nothing else, so that it measures what runs"},
	"kiosk/report":            {[]string{"kiosk"}, nil, "reports are made of events alone, so that they can be made anywhere"},
	"kiosk/button":            {[]string{"kiosk", periph}, nil, "a button gives a command like any other: it needs its type and the GPIO; who opens the pins is cmd/layso"},
	"display":                 {[]string{"kiosk", "display/", gorilla}, nil, ownRooms},
	"display/voice":           {[]string{"kiosk"}, nil, "what a call sounds like follows from the call alone"},
	"display/panel":           {[]string{"kiosk", periph}, nil, "a panel shows a call: it needs its type and the SPI; who opens the bus is cmd/layso"},
	"printer":                 {[]string{"kiosk", "printer/"}, nil, ownRooms},
	"printer/paper":           {[]string{"kiosk", "golang.org/x/image", "golang.org/x/text/unicode/norm", "github.com/skip2/go-qrcode", "codeberg.org/go-fonts"}, nil, "a layout is a ticket made into dots: which printer prints them and how is not its business"},
	"printer/escpos":          {nil, nil, "the command language knows no ticket and no wire, so that it can be tested with bytes alone"},
	"printer/link":            {[]string{periph, serial}, nil, "the wire carries bytes and does not know what they mean"},
	"printer/emulator":        {[]string{"printer/escpos"}, nil, "the emulator reads what a real printer would be sent, and knows nothing that a real printer does not"},
	"web":                     {[]string{"kiosk", "golang.org/x/crypto", "github.com/xuri/excelize/v2"}, nil, ownRooms},
	"configs":                 {[]string{"kiosk", "github.com/goccy/go-yaml"}, nil, "settings say what is wanted; who opens printers and sockets is cmd/layso"},
	"cmd/layso":               {[]string{"*"}, nil, "main knows everybody"},
	"cmd/layso/chaos":         {[]string{"printer/emulator", gorilla}, nil, "what is held against layso must not be made of it: chaos knows the program and its wires, and has a printer"},
	"cmd/layso/load":          {[]string{"kiosk", "kiosk/journal", "kiosk/report", "configs", "printer/paper", "printer/escpos", gorilla}, nil, "the load tool meets servers as their users do; of the rooms it needs those that it measures by themselves, and those that make a log"},
}

// arrow gives the reason why the package from may not import to, or nothing when it may.
func arrow(from, to string) string {
	r, known := rooms[from]
	if !known {
		return fmt.Sprintf("%s is no room of the design; give it a place in DESIGN's table and in this test, or put the code into a room", from)
	}
	if slices.Contains(r.mayNot, to) {
		return r.why
	}
	inside, own := strings.CutPrefix(to, module+"/")
	if first, _, _ := strings.Cut(to, "/"); !own && !strings.Contains(first, ".") {
		return "" // the standard library
	}
	if own && inside == "cmd/layso" || own && strings.HasPrefix(inside, "cmd/") && from != "cmd/layso" {
		return "nobody imports main: it is the only one that knows everybody"
	}
	for _, may := range r.may {
		if may == "*" || own && inside == may || own && strings.HasSuffix(may, "/") && strings.HasPrefix(inside, may) ||
			!own && (to == may || strings.HasPrefix(to, may+"/")) {
			return ""
		}
	}
	return r.why
}

func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); file != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "build") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		from := path.Dir(filepath.ToSlash(rel))
		seen[from] = true
		checkImports(t, file, from)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !seen["kiosk"] || !seen["cmd/layso"] {
		t.Fatalf("the walk has seen only %v", seen)
	}
}

// checkImports looks at every file, whatever it is built for.
func checkImports(t *testing.T, file, from string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range f.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if why := arrow(from, to); why != "" {
			t.Errorf("%s may not import %s (%s): %s", from, to, filepath.Base(file), why)
		}
	}
}

// TestArrowsCanFail draws arrows that must not be, and some that may.
func TestArrowsCanFail(t *testing.T) {
	for _, x := range []struct {
		from, to string
		fine     bool
	}{
		{"kiosk", "time", true},
		{"kiosk", "net/http", false},
		{"kiosk", "layso/kiosk/journal", false},
		{"kiosk", "golang.org/x/sync/errgroup", false},
		{"kiosk/journal", "go.etcd.io/bbolt/errors", true},
		{"kiosk/journal", "layso/web", false},
		{"printer", "layso/printer/paper", true},
		{"printer", "layso/printing", false},
		{"printer", "layso/display", false},
		{"printer/escpos", "layso/kiosk", false},
		{"web", "layso/display", false},
		{"web", "github.com/gorilla/websocket", false},
		{"web", "layso/cmd/layso", false},
		{"display", "github.com/gorilla/websocket", true},
		{"display", "github.com/gorilla/websocketx", false},
		{"cmd/layso", "layso/kiosk/journal", true},
		{"cmd/layso", "layso/cmd/layso/load", true},
		{"cmd/layso/load", "layso/cmd/layso", false},
		{"web", "layso/cmd/layso/load", false},
		{"kiosk/button", "periph.io/x/conn/v3/gpio", true},
		{"kiosk/button", "periph.io/x/host/v3", false},
		{"display/panel", "periph.io/x/host/v3/sysfs", false},
		{"cmd/layso", "periph.io/x/host/v3", true},
		{"utils", "time", false},
	} {
		if got := arrow(x.from, x.to) == ""; got != x.fine {
			t.Errorf("%s -> %s: allowed is %v", x.from, x.to, got)
		}
	}
}

// TestLayout keeps the top level as the design fixes it, and the folders that say nothing away.
func TestLayout(t *testing.T) {
	out, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Skipf("not a git checkout, so what belongs to the repository is not known: %v", err)
	}
	top := []string{"cmd", "kiosk", "display", "printer", "web", "configs", "go.mod", "go.sum", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "BENCHMARKS.md", "CONTRIBUTING.md", "Makefile"}
	vague := []string{"utils", "util", "common", "helpers", "models"}
	for _, file := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		parts := strings.Split(file, "/")
		if !slices.Contains(top, parts[0]) && !strings.HasPrefix(parts[0], ".") {
			t.Errorf("%s: the top level is fixed; put it into a room", file)
		}
		for _, folder := range parts[:len(parts)-1] {
			if slices.Contains(vague, folder) {
				t.Errorf("%s: a folder is named after what lives in it, and %q says nothing", file, folder)
			}
		}
	}
}
