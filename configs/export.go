package configs

import (
	"bytes"
	"encoding"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"layso/kiosk"
)

// exportHead stands at the top of every exported hall.
const exportHead = `# A hall, as layso exported it: services, counters, hours, users and texts; no PINs, devices or numbers.
# It can be imported on the admin page, and seeds a new hall (see hall.example.yaml, which explains the keys).

`

// ExportHall writes the hall as a file that [ParseHall] reads back to the same hall. The same hall is always
// written in the same way. The setup must be valid.
func ExportHall(s *kiosk.Setup) []byte {
	w := &exporter{}
	w.WriteString(exportHead)
	w.block(reflect.ValueOf(*s), "", "")
	return w.Bytes()
}

// exporter writes YAML with mappings, sequences and plain or double-quoted texts; nothing else.
type exporter struct{ bytes.Buffer }

// flowWidth is up to how many characters a value is written on one line.
const flowWidth = 110

// long are the types that take a line for each of their fields even where they are short.
var long = map[reflect.Type]bool{reflect.TypeFor[kiosk.Service](): true, reflect.TypeFor[kiosk.Notice](): true}

// block writes the fields of a struct, one below the other. first stands before the first one, indent before
// the others.
func (w *exporter) block(v reflect.Value, first, indent string) {
	for _, f := range fieldsOf(v) {
		fmt.Fprintf(w, "%s%s:", first, f.key)
		w.value(f.value, indent+"  ")
		first = indent
	}
}

// value writes what stands behind a key.
func (w *exporter) value(v reflect.Value, indent string) {
	line, short := flow(v)
	switch {
	case short && utf8.RuneCountInString(line) <= flowWidth || v.Kind() == reflect.String:
		fmt.Fprintf(w, " %s\n", line)
	case v.Kind() == reflect.Slice:
		w.WriteByte('\n')
		for i := range v.Len() {
			w.item(v.Index(i), indent)
		}
	default:
		w.WriteByte('\n')
		w.block(v, indent, indent)
	}
}

// item writes an entry of a list.
func (w *exporter) item(v reflect.Value, indent string) {
	if line, short := flow(v); short && utf8.RuneCountInString(line) <= flowWidth || v.Kind() != reflect.Struct {
		fmt.Fprintf(w, "%s- %s\n", indent, line)
		return
	}
	w.block(v, indent+"- ", indent+"  ")
}

type field struct {
	key   string
	value reflect.Value
}

// fieldsOf gives the fields of a struct that have to be written.
func fieldsOf(v reflect.Value) (out []field) {
	for i := range v.NumField() {
		key, how, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		x := v.Field(i)
		if how == "omitempty" && (x.IsZero() || x.Kind() == reflect.Slice && x.Len() == 0 || x.Kind() == reflect.Struct && len(fieldsOf(x)) == 0) {
			continue
		}
		if x.Kind() == reflect.Pointer {
			x = x.Elem()
		}
		out = append(out, field{key, x})
	}
	return out
}

// flow writes a value on one line, and reports whether it may stand so.
func flow(v reflect.Value) (line string, short bool) {
	if text, ok := v.Interface().(encoding.TextMarshaler); ok {
		b, _ := text.MarshalText() // opening hours: can't fail
		return quoted(string(b)), true
	}
	switch v.Kind() {
	case reflect.String:
		return plain(v.String()), true
	case reflect.Slice:
		return joined("[", "]", v.Len(), func(i int) (string, bool) { return flow(v.Index(i)) })
	case reflect.Struct:
		fields := fieldsOf(v)
		line, short = joined("{", "}", len(fields), func(i int) (string, bool) {
			x, short := flow(fields[i].value)
			return fields[i].key + ": " + x, short
		})
		return line, short && !long[v.Type()] && v.Type() != reflect.TypeFor[kiosk.Setup]()
	}
	return fmt.Sprint(v.Interface()), true
}

func joined(begin, end string, n int, part func(int) (string, bool)) (string, bool) {
	parts, short := make([]string, n), true
	for i := range parts {
		x, ok := part(i)
		parts[i], short = x, short && ok
	}
	return begin + strings.Join(parts, ", ") + end, short
}

var (
	// plainText is what needs no quotes anywhere, unless it is a word of YAML's own: it begins with a letter
	// and has letters, digits and what is harmless between them.
	plainText = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{N} ().;/·'–-]*$`)
	ownWord   = regexp.MustCompile(`(?i)^(y|yes|n|no|true|false|on|off|null|nan|inf|infinity)$`)
)

// plain writes a text without quotes where nothing could take it for something else.
func plain(s string) string {
	if plainText.MatchString(s) && !ownWord.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s
	}
	return quoted(s)
}

// quoted writes a text in double quotes. A valid setup's texts have no control characters.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
