package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"regexp"
	"testing"

	"github.com/goccy/go-yaml"
)

var metricName = regexp.MustCompile(`\blayso_[a-z0-9_]+`)

// TestWatchingFiles wants the alerts and the dashboard to ask for what /metrics gives, and each metric to be documented.
func TestWatchingFiles(t *testing.T) {
	h := startDemo(t)
	answer, err := http.Get(h.base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	given := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^# HELP (layso_\S+) \S`).FindAllStringSubmatch(string(text), -1) {
		given[m[1]] = true
	}
	documented := names(t, "../../configs/METRICS.md")
	for name := range given {
		if !documented[name] {
			t.Errorf("configs/METRICS.md says nothing of %s", name)
		}
	}
	for _, file := range []string{"prometheus.rules.yaml", "grafana.json"} {
		for name := range names(t, "../../configs/"+file) {
			if !documented[name] {
				t.Errorf("%s asks for %s, which is none of layso's", file, name)
			}
		}
	}
}

// names gives the metrics that a file names; it has to be well-formed.
func names(t *testing.T, file string) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case regexp.MustCompile(`\.json$`).MatchString(file):
		err = json.Unmarshal(raw, new(map[string]any))
	case regexp.MustCompile(`\.yaml$`).MatchString(file):
		err = yaml.UnmarshalWithOptions(raw, new(map[string]any), yaml.Strict())
	}
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
	found := map[string]bool{}
	for _, name := range metricName.FindAllString(string(raw), -1) {
		found[name] = true
	}
	return found
}
