package web_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestEveryEventHasASentence: what the log can hold, the manager's page can say in both languages, and finds
// under one kind.
func TestEveryEventHasASentence(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile("static/js/manager/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	said := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^  "?([a-z._]+)"?: \["([^"]+)", "([^"]+)"\],$`).FindAllStringSubmatch(read("sentences.js"), -1) {
		said[m[1]] = m[2:]
	}
	kinds := read("search.js")
	for _, typ := range constants(t, "event.go", "EventType") {
		if texts := said[typ]; texts == nil || texts[0] == texts[1] {
			t.Errorf("%s has no sentence in both languages: %q", typ, texts)
		}
		if n := strings.Count(kinds, `"`+typ+`"`); n != 1 {
			t.Errorf("%s is found under %d kinds, want one", typ, n)
		}
	}
	placeholders := regexp.MustCompile(`\{[a-z]+\}`)
	for key, texts := range said {
		if vi, en := placeholders.FindAllString(texts[0], -1), placeholders.FindAllString(texts[1], -1); len(vi) != len(en) {
			t.Errorf("%s tells %v in Vietnamese and %v in English", key, vi, en)
		}
	}
}
