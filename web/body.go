package web

import (
	"bytes"
	"encoding/json"
	"errors"
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
	maxSetupBody = 512 << 10
)

// decode reads the request's JSON object into v, strictly: one object, no unknown fields, no text
// with control or direction characters. An empty body is an empty object.
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
	if err := checkTexts(body); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	return decodeError(d.Decode(v))
}

// checkTexts walks all of the body: it must be one JSON object, and every string in it clean.
func checkTexts(body []byte) error {
	if !utf8.Valid(body) || bytes.TrimLeft(body, " \t\r\n")[0] != '{' || !json.Valid(body) {
		return errBadRequest
	}
	d := json.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errBadRequest
		}
		if text, ok := token.(string); ok && !kiosk.CleanText(text) {
			return invalid("text")
		}
	}
}

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
	return errors.Join(kiosk.ErrInvalidField, err)
}

// maxText bounds the free texts that people type: reasons.
const maxText = 200

func checkText(field, s string) error {
	if utf8.RuneCountInString(s) > maxText {
		return invalid(field)
	}
	return nil
}
