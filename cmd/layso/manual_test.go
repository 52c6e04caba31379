package main

import (
	"html"
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
