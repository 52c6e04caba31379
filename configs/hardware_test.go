package configs_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"layso/configs"
	"layso/printer/link"
)

// example writes the example into a folder of its own, with the hardware that stands in comments there, and
// with what the pairs say otherwise. It gives the file's path.
func example(t *testing.T, pairs ...string) string {
	t.Helper()
	raw, err := os.ReadFile("example.yaml")
	must(t, err)
	text := string(raw)
	at := strings.Index(text, "# buttons:")
	text = text[:at] + strings.ReplaceAll("\n"+text[at:], "\n# ", "\n")
	text = strings.NewReplacer(pairs...).Replace(text)
	hall, err := os.ReadFile("hall.example.yaml")
	must(t, err)
	dir := t.TempDir()
	path := filepath.Join(dir, "layso.yaml")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "hall.example.yaml"), hall, 0o600))
	return path
}

func TestHardwareOfTheExample(t *testing.T) {
	path := example(t)
	must(t, configs.Check(path, link.Check))
	c, err := configs.Load(path, link.Check)
	must(t, err)
	closed, bright := true, 8
	want := configs.Hardware{
		Buttons: []configs.Button{
			{Pin: "GPIO17", Service: "dat-dai", Lamp: "GPIO27"},
			{Pin: "GPIO23", Service: "dat-dai", Priority: "elderly", Printer: "Cửa chính"},
		},
		Lamps: &configs.Lamps{Ready: "GPIO5", Fault: "GPIO6"}, Chime: &configs.Chime{Pin: "GPIO22"},
		PaperSwitch: []configs.PaperSwitch{{Pin: "GPIO24", Printer: "Cửa chính", Means: "low", Closed: &closed}},
		Panels:      []configs.Panel{{SPI: "SPI0.0", Counters: []string{"1", "2", "3"}, Digits: 4, Brightness: &bright}},
	}
	if diff := cmp.Diff(want, c.Hardware); diff != "" {
		t.Error(diff)
	}
	if !c.Any() || len(c.Pins()) != 7 {
		t.Errorf("%+v", c.Pins())
	}
}

func TestHardwareDefaults(t *testing.T) {
	c, err := configs.Load(example(t, ", means: low, closed: true", "", ", digits: 4, brightness: 8", ""), link.Check)
	must(t, err)
	if s, p := c.PaperSwitch[0], c.Panels[0]; s.Means != "low" || !s.WhenClosed() || p.Digits != 4 || p.Bright() != 8 {
		t.Errorf("%+v %+v", s, p)
	}
	c, err = configs.Load(example(t, "closed: true", "closed: false", "brightness: 8", "brightness: 0"), link.Check)
	must(t, err)
	if c.PaperSwitch[0].WhenClosed() || c.Panels[0].Bright() != 0 {
		t.Errorf("%+v %+v", c.PaperSwitch[0], c.Panels[0])
	}
	if plain, err := configs.Load("example.yaml", link.Check); err != nil || plain.Any() {
		t.Errorf("%+v %v", plain, err)
	}
}

// TestCheckComparesWithTheHall: ids that the hall's file does not have are faults with a line.
func TestCheckComparesWithTheHall(t *testing.T) {
	for _, x := range []struct{ from, to, field, detail string }{
		{"pin: GPIO17, service: dat-dai", "pin: GPIO17, service: nha-dat", "buttons[0].service", `hall.example.yaml has no service "nha-dat"`},
		{"priority: elderly", "priority: old", "buttons[1].priority", `hall.example.yaml has no priority "old"`},
		{`"3"]`, `"9"]`, "panels[0].counters[2]", `hall.example.yaml has no counter "9"`},
	} {
		path := example(t, x.from, x.to)
		var faults configs.Faults
		if err := configs.Check(path, link.Check); !errors.As(err, &faults) || len(faults) != 1 {
			t.Errorf("%s: %v", x.to, err)
			continue
		}
		if f := faults[0]; f.Field != x.field || f.Detail != x.detail || f.Line == 0 {
			t.Errorf("%s", f)
		}
		if _, err := configs.Load(path, link.Check); err != nil {
			t.Errorf("the admin pages may have made it since: %v", err)
		}
	}
	if err := configs.Check(example(t, "hall: hall.example.yaml", "hall: none.yaml"), link.Check); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestExampleHasEveryKey: whoever writes the file finds each key in the example, also those that are commented out.
func TestExampleHasEveryKey(t *testing.T) {
	example, err := os.ReadFile("example.yaml")
	must(t, err)
	var look func(x reflect.Type)
	look = func(x reflect.Type) {
		for x.Kind() == reflect.Pointer || x.Kind() == reflect.Slice {
			x = x.Elem()
		}
		for i := 0; x.Kind() == reflect.Struct && i < x.NumField(); i++ {
			key, _, _ := strings.Cut(x.Field(i).Tag.Get("yaml"), ",")
			if key != "" && !regexp.MustCompile(`[ {]`+key+`: |(?m)^#? ?`+key+`:`).Match(example) {
				t.Errorf("example.yaml has no %s", key)
			}
			look(x.Field(i).Type)
		}
	}
	look(reflect.TypeFor[configs.Config]())
}
