package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// The display page runs on televisions back to Chromium 47. esbuild lowers newer syntax in silence,
// so the test asks whether there was anything to lower: the output for ES5 and the output for the
// newest language must be the same.

const displayBudget = 30 << 10 // bytes of script on the wire, uncompressed

// newer are names that Chromium 47 lacks and that no syntax check sees.
var newer = regexp.MustCompile(`\bfetch\(|\.replaceAll\(|\.padStart\(|\.at\(|Object\.(entries|values)\b|\.append\(|\.replaceChildren\(`)

// newerCSS are the words of style sheets that those browsers do not know.
var newerCSS = regexp.MustCompile(`\b(grid|gap|row-gap|column-gap|inset|aspect-ratio)\s*:|:\s*(inline-)?grid\b|var\(|(?:^|[^a-z-])--[a-z]|\b(min|max|clamp)\(|:(is|where|has)\(`)

// isES5 reports whether the script is ES5 as it stands, and what esbuild thinks of it if not.
func isES5(script string) (bool, string) { return isWrittenFor(api.ES5, script) }

// isWrittenFor reports whether the script needs nothing newer than the target.
func isWrittenFor(target api.Target, script string) (bool, string) {
	build := func(target api.Target) (string, []api.Message) {
		r := api.Transform(script, api.TransformOptions{Target: target, Charset: api.CharsetUTF8})
		return string(r.Code), r.Errors
	}
	now, bad := build(api.ESNext)
	old, lowered := build(target)
	if bad = append(bad, lowered...); len(bad) > 0 {
		return false, bad[0].Text
	}
	return now == old, "esbuild had something to lower, or to shorten: {a: a}"
}

func displayFiles(t *testing.T) (scripts, styles map[string]string) {
	t.Helper()
	const static = "../../web/static/"
	html, err := os.ReadFile("../../web/pages/display.html")
	if err != nil {
		t.Fatal(err)
	}
	scripts, styles = map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`/static/\{\{build\}\}/([^"]+\.(js|css))"`).FindAllStringSubmatch(string(html), -1) {
		content, err := os.ReadFile(filepath.Join(static, m[1]))
		if err != nil {
			t.Fatal(err)
		}
		if m[2] == "js" {
			scripts[m[1]] = string(content)
		} else {
			styles[m[1]] = string(content)
		}
	}
	return scripts, styles
}

func TestDisplayPageIsES5(t *testing.T) {
	scripts, styles := displayFiles(t)
	if len(scripts) == 0 || len(styles) == 0 {
		t.Fatal("the display page names no script or no style sheet")
	}
	size := 0
	for name, script := range scripts {
		size += len(script)
		if ok, why := isES5(script); !ok {
			t.Errorf("%s is not ES5: %s", name, why)
		}
		if word := newer.FindString(script); word != "" {
			t.Errorf("%s uses %q, which a television of 2017 lacks", name, word)
		}
	}
	if size > displayBudget {
		t.Errorf("%d bytes of script, the page may have %d", size, displayBudget)
	}
	t.Logf("%d bytes of script", size)
	for name, css := range styles {
		if word := newerCSS.FindString(stripComments(css)); word != "" {
			t.Errorf("%s uses %q, which a television of 2017 lacks", name, word)
		}
	}
}

func stripComments(css string) string {
	css = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(css, "")
	return strings.NewReplacer("(max-aspect-ratio:", "(", "(min-aspect-ratio:", "(").Replace(css)
}

// TestTheGateCloses: each of these must not get through.
func TestTheGateCloses(t *testing.T) {
	for _, script := range []string{
		"let a = 1;", "const a = 1;", "var f = () => 1;", "var s = `x`;", "var b = a?.c;", "class A {}", "var {a} = b;",
		"function f(a = 1) {}", "for (var x of y) {}", "var o = {a};",
	} {
		if ok, _ := isES5(script); ok {
			t.Errorf("%q passes for ES5", script)
		}
	}
	if ok, why := isES5("'use strict'; var a = {b: 1}; function f() { return a.b; }"); !ok {
		t.Errorf("plain ES5 is refused: %s", why)
	}
	for _, css := range []string{
		"a { display: grid }", "a { gap: 1px }", "a { color: var(--x) }", ":root { --x: 1 }", "a { width: min(1px, 2px) }", "a { inset: 0 }",
	} {
		if newerCSS.FindString(css) == "" {
			t.Errorf("%q passes for old CSS", css)
		}
	}
}
