package main

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"layso/configs"
	"layso/printer/link"
)

// TestManualIsTrue: the commands that the help names exist, its files are those of the package, and layso takes the
// settings that it shows.
func TestManualIsTrue(t *testing.T) {
	files, err := filepath.Glob(root + "/web/help/*/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	packaged, err := os.ReadFile(root + "/configs/deb/nfpm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	setting := regexp.MustCompile(`<pre[^>]*><code>([a-z_]+:\s(?s:.*?))</code></pre>`)
	code, path := regexp.MustCompile(`(?s)<code>(.*?)</code>`), regexp.MustCompile(`(/etc/layso|/usr/share/layso)[a-z./]*`)
	pages := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		settings := ""
		for _, m := range setting.FindAllStringSubmatch(string(text), -1) {
			settings += html.UnescapeString(m[1]) + "\n"
		}
		if settings != "" {
			pages++
			takesSettings(t, file, settings)
		}
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			block := html.UnescapeString(m[1])
			for _, line := range strings.Split(block, "\n") {
				if rest, ok := strings.CutPrefix(strings.TrimPrefix(line, "sudo "), "layso "); ok {
					if name, _, _ := strings.Cut(rest, " "); !strings.Contains(usage, "\n  layso "+name+" ") {
						t.Errorf("%s: there is no layso %s", file, name)
					}
				}
			}
			for _, name := range path.FindAllString(block, -1) {
				if !strings.Contains(string(packaged), name) {
					t.Errorf("%s: no %s comes with the package", file, name)
				}
			}
		}
	}
	if pages != 4 {
		t.Errorf("settings stand on %d pages, want two in each language", pages)
	}
}

// takesSettings loads a configuration that has these settings.
func takesSettings(t *testing.T, file, settings string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "layso.yaml")
	if err := os.WriteFile(name, []byte("listen: \":80\"\ndata: /var/lib/layso\n"+settings), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := configs.Load(name, link.Check); err != nil {
		t.Errorf("%s: layso does not take its settings: %v", file, err)
	}
}

// TestPapersAreTrue: what README and the papers beside it name is there: files, tests and targets of make.
func TestPapersAreTrue(t *testing.T) {
	link, path := regexp.MustCompile(`(?:\]\(|src=")([^)"#:]+)[)"]`), regexp.MustCompile("`([a-z][A-Za-z0-9_./*-]*/[A-Za-z0-9_*-]+\\.(?:go|js|css|html|yaml|txt|md))`")
	test, target := regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z][A-Za-z0-9]*`), regexp.MustCompile("make ([a-z]+-?[a-z]*)[`,; \n]")
	makefile, err := os.ReadFile(root + "/Makefile")
	if err != nil {
		t.Fatal(err)
	}
	tests := testNames(t)
	for _, paper := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md"} {
		text, err := os.ReadFile(filepath.Join(root, paper))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(link.FindAllSubmatch(text, -1), path.FindAllSubmatch(text, -1)...) {
			if found, _ := filepath.Glob(filepath.Join(root, string(m[1]))); len(found) == 0 && !strings.Contains(string(m[1]), "NAME") {
				t.Errorf("%s names %s, which is not there", paper, m[1])
			}
		}
		for _, name := range test.FindAllString(string(text), -1) {
			if !strings.Contains(tests, "func "+name) {
				t.Errorf("%s names the test %s, which is not there", paper, name)
			}
		}
		for _, m := range target.FindAllSubmatch(text, -1) {
			if !strings.Contains(string(makefile), "\n"+string(m[1])+":") {
				t.Errorf("%s: there is no make %s", paper, m[1])
			}
		}
	}
}

// testNames gives the lines of all tests of the repository that begin a function.
func testNames(t *testing.T) string {
	t.Helper()
	var lines strings.Builder
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "func ") {
				lines.WriteString(line)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines.String()
}
