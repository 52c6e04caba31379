package web_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"layso/web"
)

// document is what the tests need of the OpenAPI document.
type document struct {
	OpenAPI    string                          `yaml:"openapi"`
	Paths      map[string]map[string]operation `yaml:"paths"`
	Components struct {
		Schemas   map[string]map[string]any `yaml:"schemas"`
		Responses map[string]any            `yaml:"responses"`
	} `yaml:"components"`
}

type operation struct {
	OperationID string         `yaml:"operationId"`
	Access      string         `yaml:"x-access"`
	Codes       []string       `yaml:"x-codes"`
	Responses   map[string]any `yaml:"responses"`
}

func served(t *testing.T, h *hall) ([]byte, document) {
	t.Helper()
	a := h.do("", "GET", "/api/openapi.yaml", "")
	if a.status != 200 || a.header.Get("Content-Type") != "application/yaml" {
		t.Fatalf("answered %d %v", a.status, a.header)
	}
	var d document
	h.must(yaml.Unmarshal(a.body, &d))
	return a.body, d
}

// enum gives the values of an enumeration among the schemas.
func (d *document) enum(name string) (out []string) {
	for _, v := range d.Components.Schemas[name]["enum"].([]any) {
		out = append(out, v.(string))
	}
	slices.Sort(out)
	return out
}

func TestOpenAPIMatchesTheRoutes(t *testing.T) {
	h := newHall(t)
	_, d := served(t, h)
	if d.OpenAPI != "3.1.0" {
		t.Errorf("version %q", d.OpenAPI)
	}
	described := map[web.RouteRow]bool{}
	ids := map[string]bool{}
	for path, ops := range d.Paths {
		for method, op := range ops {
			described[web.RouteRow{Method: strings.ToUpper(method), Pattern: path, Access: op.Access}] = true
			if ids[op.OperationID] || op.OperationID == "" {
				t.Errorf("%s %s: operation id %q is missing or taken", method, path, op.OperationID)
			}
			ids[op.OperationID] = true
		}
	}
	for _, r := range h.server.Routes() {
		r.Pattern = strings.NewReplacer("{$}", "", "...}", "}").Replace(r.Pattern)
		if !described[r] {
			t.Errorf("not in the document: %v", r)
		}
		delete(described, r)
	}
	for r := range described {
		t.Errorf("in the document only: %v", r)
	}
}

func TestOpenAPIListsTheCodes(t *testing.T) {
	_, d := served(t, newHall(t))
	codes, inner := web.Codes()
	want := slices.Sorted(maps.Keys(codes))
	if got := d.enum("Code"); !slices.Equal(got, want) {
		t.Errorf("the document has the codes\n%q, the server\n%q", got, want)
	}
	for path, ops := range d.Paths {
		for method, op := range ops {
			for _, code := range op.Codes {
				if codes[code] == nil {
					t.Errorf("%s %s: there is no code %q", method, path, code)
				}
			}
			if op.Access != "anyone" && !slices.Contains(op.Codes, "unauthenticated") {
				t.Errorf("%s %s does not say that it may be unauthenticated", method, path)
			}
			if _, ok := op.Responses["default"]; !ok {
				t.Errorf("%s %s does not say what a refusal looks like", method, path)
			}
		}
	}
	for _, code := range inner {
		if text := web.Sentence(code); text.VI == "" || text.EN == "" || text.VI == text.EN {
			t.Errorf("%s has no sentence in both languages: %q", code, text)
		}
	}
	for code := range web.Sentences() {
		if !slices.Contains(inner, code) {
			t.Errorf("a sentence for %s, which nobody says", code)
		}
	}
}

func TestOpenAPIRefersToWhatIsThere(t *testing.T) {
	raw, d := served(t, newHall(t))
	for _, part := range strings.Split(string(raw), "#/components/schemas/")[1:] {
		name := part[:strings.IndexByte(part, '\'')]
		if d.Components.Schemas[name] == nil {
			t.Errorf("there is no schema %q", name)
		}
	}
	for name := range d.Components.Schemas {
		if !strings.Contains(string(raw), "#/components/schemas/"+name+"'") {
			t.Errorf("nobody uses the schema %q", name)
		}
	}
}

// TestOpenAPIDescribesTheAnswers compares the fields of the main answers with their schemas.
func TestOpenAPIDescribesTheAnswers(t *testing.T) {
	h := newHall(t)
	_, d := served(t, h)
	token := h.take("dat-dai").Token
	for schema, path := range map[string]string{
		"Ticket": "/api/tickets/" + token, "Hall": "/api/hall", "CounterState": "/api/counters/1", "Session": "/api/session",
		"SetupVersion": "/api/setup", "Health": "/readyz", "Problem": "/api/tickets/x", "Emulator": "/api/emulator",
		"Check": "/api/check", "Report": "/api/reports?from=2026-11-24&to=2026-11-24",
	} {
		answer := into[map[string]any](h, h.do(h.admin, "GET", path, ""))
		s := d.Components.Schemas[schema]
		properties := s["properties"].(map[string]any)
		for field := range answer {
			if properties[field] == nil {
				t.Errorf("%s has a field %q, which its schema does not know", path, field)
			}
		}
		for _, field := range s["required"].([]any) {
			if _, ok := answer[field.(string)]; !ok {
				t.Errorf("%s has no field %q", path, field)
			}
		}
	}
}
