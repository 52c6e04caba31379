package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// phoneBudget is what one of the phone's pages may weigh with all that it loads, compressed as it is
// sent: on the 2G of a crowded waiting room (about 20 kB a second) it is there in two seconds. What
// really comes over the wire is measured in the browser: phoneIsLight.
const phoneBudget = 30 << 10

// phonePages are made for any phone of a citizen's.
var phonePages = []string{"phone", "book", "appointment"}

// phoneFiles reads a page and all scripts and style sheets that it loads, by name.
func phoneFiles(t *testing.T, page string) map[string]string {
	t.Helper()
	const root = "../../web/"
	imports := regexp.MustCompile(`(?m)^import .* from "([^"]+)";|^export .* from "([^"]+)";`)
	loads := regexp.MustCompile(`(?:/static/\{\{build\}\}/|\{\{style ")([^"]+\.(?:js|css))"`)
	files := map[string]string{}
	var load func(file string)
	load = func(file string) {
		if files[file] != "" {
			return
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		files[file] = string(content)
		for _, m := range loads.FindAllStringSubmatch(string(content), -1) {
			load(filepath.Join(root, "static", m[1]))
		}
		for _, m := range imports.FindAllStringSubmatch(string(content), -1) {
			load(filepath.Join(filepath.Dir(file), m[1]+m[2]))
		}
	}
	load(root + "pages/" + page + ".html")
	return files
}

func TestThePhonesPagesAreSmall(t *testing.T) {
	for _, page := range phonePages {
		files := phoneFiles(t, page)
		raw, total := 0, 0
		for _, content := range files {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			io.WriteString(w, content)
			w.Close()
			raw, total = raw+len(content), total+b.Len()
		}
		t.Logf("%s: %d files, %d bytes of %d", page, len(files), total, raw)
		if total > phoneBudget || len(files) < 5 {
			t.Errorf("%s weighs %d bytes in %d files, it may have %d", page, total, len(files), phoneBudget)
		}
	}
}

// The phone's page names every module that it needs: a slow network is asked for all of them at once.
func TestThePhonesPageNamesItsModules(t *testing.T) {
	html, err := os.ReadFile("../../web/pages/phone.html")
	if err != nil {
		t.Fatal(err)
	}
	for name := range phoneFiles(t, "phone") {
		file := strings.TrimPrefix(filepath.ToSlash(name), "../../web/static")
		if strings.HasSuffix(file, ".js") && !strings.Contains(string(html), `src="/static/{{build}}`+file+`"`) {
			t.Errorf("phone.html does not name %s", file)
		}
	}
}

// newerThanPhones are names that phones of 2017 lack and that no syntax check sees.
var newerThanPhones = regexp.MustCompile(`\.(flat|flatMap|replaceAll|at|fromEntries|finally|allSettled|matchAll|replaceChildren|toSorted|hasOwn)\(|globalThis|structuredClone|userActivation|wakeLock|serviceWorker`)

// newerCSSThanPhones are words of style sheets that they do not know: lines of flexible boxes touch one
// another without gap, and sizes in min() are none.
var newerCSSThanPhones = regexp.MustCompile(`\b(gap|row-gap|column-gap|inset|aspect-ratio)\s*:|\b(min|max|clamp)\(|:(is|where|has)\(`)

func isES2017(script string) (bool, string) { return isWrittenFor(api.ES2017, script) }

func TestThePhonesPagesAreES2017(t *testing.T) {
	for _, page := range phonePages {
		for name, content := range phoneFiles(t, page) {
			switch filepath.Ext(name) {
			case ".js":
				if ok, why := isES2017(content); !ok {
					t.Errorf("%s is not ES2017: %s", name, why)
				}
				if word := newerThanPhones.FindString(content); word != "" {
					t.Errorf("%s uses %q, which a phone of 2017 lacks", name, word)
				}
			case ".css":
				if word := newerCSSThanPhones.FindString(stripComments(content)); word != "" {
					t.Errorf("%s uses %q, which a phone of 2017 lacks", name, word)
				}
			}
		}
	}
	for _, script := range []string{"a?.b;", "a ?? b;", "a ??= 1;", "try {} catch {}", "class A { b = 1; }", "class A { #b; }", "for await (const x of y) {}", "({ ...a });"} {
		if ok, _ := isES2017(script); ok {
			t.Errorf("%q passes for ES2017", script)
		}
	}
	if word := newerThanPhones.FindString("[1].flat()"); word == "" {
		t.Error("flat passes for ES2017")
	}
}
