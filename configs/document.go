package configs

import (
	"encoding"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

const (
	maxFile   = 1 << 20 // bytes; a file of this size is a mistake
	maxDepth  = 20      // levels of nesting
	maxFaults = 200     // that are told; whoever has so many needs no more of them
)

// document is a file that is being read: its faults so far and the line of every field in it.
type document struct {
	file   string
	lines  map[string]int // field -> line
	faults Faults
	link   func(address string) error // says what is wrong with a printer's address
	broken bool                       // the values can't be read; an unknown key alone does not keep the others from being checked
}

func (d *document) add(line int, field, problem, detail string, args ...any) {
	d.faults = append(d.faults, Fault{d.file, line, field, problem, fmt.Sprintf(detail, args...)})
	d.broken = true
}

// unknown reports a key that is not t's.
func (d *document) unknown(line int, field string, t reflect.Type) {
	detail := "unknown key; known are " + strings.Join(keysOf(t), ", ")
	d.faults = append(d.faults, Fault{d.file, line, field, "unknown_key", detail})
}

// at reports that a field's value is not right, at its line.
func (d *document) at(field, detail string, args ...any) {
	d.add(d.lineOf(field), field, "value", detail, args...)
}

// lineOf gives the field's own line, or that of the nearest field around it.
func (d *document) lineOf(field string) int {
	for !d.has(field) && field != "" {
		field = field[:max(strings.LastIndexAny(field, ".["), 0)]
	}
	return d.lines[field]
}

// has reports whether the file has the field.
func (d *document) has(field string) bool {
	_, ok := d.lines[field]
	return ok
}

// readFile decodes the YAML file into dst, a pointer to a struct with yaml tags.
func readFile(file string, dst any) (*document, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return decode(file, raw, dst), nil
}

// decode checks the whole document against dst's type before it decodes, so that every fault is found
// and not just the decoder's first.
func decode(file string, raw []byte, dst any) *document {
	d := &document{file: file, lines: map[string]int{}}
	if len(raw) > maxFile {
		d.add(0, "", "too_large", "is larger than %d bytes", maxFile)
		return d
	}
	if w := wildness(raw); w != nil {
		d.add(w.line, "", w.problem, "%s", w.detail)
		return d
	}
	f, err := parser.ParseBytes(raw, 0, parser.AllowDuplicateMapKey()) // check reports them
	if err != nil {
		d.syntax(err)
		return d
	}
	var body ast.Node
	for _, doc := range f.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			d.add(line(doc.Body), "", "documents", "holds more than one document")
			return d
		}
		body = doc.Body
	}
	if body == nil {
		d.add(0, "", "empty", "is empty")
		return d
	}
	d.check(body, reflect.TypeOf(dst).Elem(), "", 0)
	if !d.broken {
		if err := yaml.NodeToValue(body, dst); err != nil { // not strict: check has seen to that
			d.syntax(err)
		}
	}
	return d
}

// syntax reports what the YAML library says, without its drawing of the source.
func (d *document) syntax(err error) {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		d.add(at.GetToken().Position.Line, "", "yaml", "%s", at.GetMessage())
		return
	}
	d.add(0, "", "yaml", "%s", strings.SplitN(err.Error(), "\n", 2)[0])
}

func line(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// check compares a node with the type that it is for.
func (d *document) check(n ast.Node, t reflect.Type, field string, depth int) {
	if field != "" && !d.has(field) {
		d.lines[field] = line(n)
	}
	if t.Kind() == reflect.Pointer { // what may be left out
		t = t.Elem()
	}
	switch {
	case len(d.faults) >= maxFaults:
		d.broken = true // The rest has not been looked at.
	case depth > maxDepth:
		d.add(line(n), field, "depth", "is nested too deep")
	case reflect.PointerTo(t).Implements(textType):
		d.text(n, t, field)
	case t.Kind() == reflect.Struct:
		d.mapping(n, t, field, depth)
	case t.Kind() == reflect.Slice:
		d.sequence(n, t, field, depth)
	default:
		d.scalar(n, t, field)
	}
}

func (d *document) mapping(n ast.Node, t reflect.Type, field string, depth int) {
	var entries []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		d.add(line(n), field, "not_keys", "must hold keys: %s", strings.Join(keysOf(t), ", "))
		return
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if len(d.faults) >= maxFaults {
			d.broken = true
			return
		}
		name, ok := e.Key.(*ast.StringNode)
		if !ok {
			d.add(line(e.Key), field, "not_keys", "%s is no plain key", e.Key)
			continue
		}
		sub := strings.TrimPrefix(field+"."+name.Value, ".")
		of := fieldOf(t, name.Value)
		switch {
		case of == nil:
			d.unknown(line(e.Key), sub, t)
		case seen[name.Value]:
			d.add(line(e.Key), sub, "twice", "stands twice")
		default:
			d.lines[sub] = line(e.Key)
			d.check(e.Value, of, sub, depth+1)
		}
		seen[name.Value] = true
	}
}

func (d *document) sequence(n ast.Node, t reflect.Type, field string, depth int) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.add(line(n), field, "not_list", "must be a list")
		return
	}
	for i, item := range list.Values {
		d.check(item, t.Elem(), fmt.Sprintf("%s[%d]", field, i), depth+1)
	}
}

// text lets the type itself read the value.
func (d *document) text(n ast.Node, t reflect.Type, field string) {
	s, ok := n.(*ast.StringNode)
	if !ok {
		d.add(line(n), field, "not_text", "must be text; put it in quotes")
		return
	}
	if err := reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s.Value)); err != nil {
		d.add(line(n), field, "hours", "%s", err)
	}
}

func (d *document) scalar(n ast.Node, t reflect.Type, field string) {
	_, isText := n.(*ast.StringNode)
	_, isBlock := n.(*ast.LiteralNode)
	_, isBool := n.(*ast.BoolNode)
	number, isNumber := n.(*ast.IntegerNode)
	switch t.Kind() {
	case reflect.String:
		if !isText && !isBlock {
			d.add(line(n), field, "not_text", "must be text; put it in quotes")
		}
	case reflect.Bool:
		if !isBool {
			d.add(line(n), field, "not_bool", "must be true or false")
		}
	default:
		if !isNumber || strings.Trim(number.Token.Value, "-0123456789") != "" || len(number.Token.Value) > 9 {
			d.add(line(n), field, "not_number", "must be a whole number")
		}
	}
}

// keysOf gives the keys of a struct in the order of its fields.
func keysOf(t reflect.Type) (keys []string) {
	for i := range t.NumField() {
		switch key, how, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); {
		case how == "inline":
			keys = append(keys, keysOf(t.Field(i).Type)...)
		case key != "" && key != "-":
			keys = append(keys, key)
		}
	}
	return keys
}

// fieldOf gives the type of the field with this key, or nil.
func fieldOf(t reflect.Type, key string) reflect.Type {
	for i := range t.NumField() {
		have, how, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if have == key && key != "" && key != "-" {
			return t.Field(i).Type
		}
		if how != "inline" {
			continue
		}
		if of := fieldOf(t.Field(i).Type, key); of != nil {
			return of
		}
	}
	return nil
}
