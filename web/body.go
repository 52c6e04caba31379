package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"layso/kiosk"
)

// Sizes of a request's body in bytes. A setup of the largest hall stays far below the second.
const (
	maxBody      = 16 << 10
	maxSetupBody = 1 << 20
)

// maxDepth bounds the nesting of a body; the setup, the deepest of all, has 5.
const maxDepth = 16

// decode reads the request's JSON object into v, strictly: one object, no unknown fields and none
// twice, no text with control or direction characters. An empty body is an empty object.
func decode(r *http.Request, v any, limit int64) error {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, limit))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return errTooLarge
	}
	if err != nil {
		return errBadRequest
	}
	if len(body) == 0 {
		return nil
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return errContentType
	}
	if err := checkBody(body); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	return decodeError(d.Decode(v))
}

// checkBody walks all of the body: it must be one JSON object in UTF-8, and every string in it clean.
func checkBody(body []byte) error {
	if !utf8.Valid(body) || !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) || !json.Valid(body) {
		return errBadRequest
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // a number too large for a float64 is valid JSON, and the field's business
	return checkValue(d, "", 0)
}

// checkValue walks the decoder's next value, which stands at path in the body.
func checkValue(d *json.Decoder, path string, depth int) error {
	token, err := d.Token()
	if err != nil || depth > maxDepth {
		return errBadRequest
	}
	switch token {
	case json.Delim('{'):
		err = checkObject(d, path, depth)
	case json.Delim('['):
		for i := 0; err == nil && d.More(); i++ {
			err = checkValue(d, fmt.Sprintf("%s[%d]", path, i), depth+1)
		}
	default:
		if text, ok := token.(string); ok && !kiosk.CleanText(text) {
			return fieldError{path, errCharacters}
		}
		return nil
	}
	if err == nil {
		_, err = d.Token() // the closing bracket
	}
	return err
}

func checkObject(d *json.Decoder, path string, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return errBadRequest
		}
		name, _ := token.(string)
		switch {
		case !kiosk.CleanText(name):
			return fieldError{path, errCharacters}
		case seen[name]:
			return invalid(join(path, name))
		}
		seen[name] = true
		if err := checkValue(d, join(path, name), depth+1); err != nil {
			return err
		}
	}
	return nil
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

func decodeError(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &kind):
		return invalid(kind.Field)
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return invalid(strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`))
	}
	return fmt.Errorf("%w: %w", kiosk.ErrInvalidField, err)
}

// maxText bounds the free texts that people type: reasons.
const maxText = 200

func checkText(field, s string) error {
	if utf8.RuneCountInString(s) > maxText {
		return invalid(field)
	}
	return nil
}
