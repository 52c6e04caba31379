package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"layso/kiosk"
)

// constants gives the values of the constants of a type that a file of package kiosk declares.
func constants(t *testing.T, file, typ string) (values []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../kiosk/"+file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := v.Type.(*ast.Ident); !ok || of.Name != typ {
			return false
		}
		text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, text)
		return false
	})
	slices.Sort(values)
	return values
}

// TestOpenAPIListsTheEvents compares the document's enumerations of the log with those of the code.
func TestOpenAPIListsTheEvents(t *testing.T) {
	_, d := served(t, newHall(t))
	for typ, where := range map[string]struct{ file, schema string }{
		"EventType": {"event.go", "EventType"}, "PrintState": {"ticket.go", "PrintState"}, "State": {"ticket.go", "TicketState"},
	} {
		if got, want := d.enum(where.schema), constants(t, where.file, typ); !slices.Equal(got, want) {
			t.Errorf("%s: the document has\n%q, the code\n%q", where.schema, got, want)
		}
	}
}

// TestOpenAPIDescribesTheLog compares the fields of what the log holds with their schemas, both ways.
func TestOpenAPIDescribesTheLog(t *testing.T) {
	_, d := served(t, newHall(t))
	for schema, of := range map[string]any{
		"Event": kiosk.Event{}, "Roll": kiosk.Roll{}, "Setup": kiosk.Setup{}, "PaperTexts": kiosk.PaperTexts{}, "Service": kiosk.Service{}, "Counter": kiosk.Counter{},
	} {
		properties := d.Components.Schemas[schema]["properties"].(map[string]any)
		if schema == "Event" {
			events := properties["appointments"].(map[string]any)["items"].(map[string]any)["properties"].(map[string]any)
			same(t, "an appointment of an Event", events, kiosk.Appointment{})
		}
		same(t, schema, properties, of)
	}
}

// same wants the properties to be the fields.
func same(t *testing.T, what string, properties map[string]any, of any) {
	t.Helper()
	fields := map[string]bool{}
	for f := range reflect.TypeOf(of).Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if fields[name] = true; properties[name] == nil {
			t.Errorf("the document says nothing of %s.%s (%q)", what, f.Name, name)
		}
	}
	for name := range properties {
		if !fields[name] {
			t.Errorf("the document says that %s has a field %q", what, name)
		}
	}
}
