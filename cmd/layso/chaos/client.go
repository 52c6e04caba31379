package chaos

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"time"
)

// answerTime is how long somebody waits for an answer before he asks again.
const answerTime = 5 * time.Second

// client is somebody's browser.
type client struct {
	base, user, pin string
	http            *http.Client
}

func newClient(base, user, pin string) *client {
	jar, _ := cookiejar.New(nil) // fails only for a bad public suffix list, and there is none
	return &client{base, user, pin, &http.Client{Jar: jar, Timeout: answerTime, Transport: &http.Transport{}}}
}

// refusal is an answer that is no success.
type refusal struct {
	Status int
	Code   string
}

func (r refusal) Error() string { return fmt.Sprintf("%d %s", r.Status, r.Code) }

// refused gives the code of a refusal, or nothing: what became of the request is unknown then.
func refused(err error) string {
	var r refusal
	if !errors.As(err, &r) || r.Status == http.StatusServiceUnavailable || r.Status == http.StatusTooManyRequests {
		return ""
	}
	return r.Code
}

// ask sends a request and reads the answer. Who has to be signed in signs in where the server does not know him.
func (c *client) ask(ctx context.Context, method, path string, body, into any, header ...string) error {
	err := c.send(ctx, method, path, body, into, header...)
	if r := (refusal{}); errors.As(err, &r) && r.Status == http.StatusUnauthorized && c.user != "" {
		if err := c.send(ctx, "POST", "/api/session", map[string]string{"user": c.user, "pin": c.pin}, nil); err != nil {
			return err
		}
		return c.send(ctx, method, path, body, into, header...)
	}
	return err
}

func (c *client) send(ctx context.Context, method, path string, body, into any, header ...string) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if body == nil {
		text = nil
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		out := refusal{Status: answer.StatusCode}
		json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&out) // what is no problem has no code
		out.Status = answer.StatusCode
		return out
	}
	return read(answer, into)
}

func read(answer *http.Response, into any) error {
	if raw, ok := into.(*[]byte); ok {
		var err error
		*raw, err = io.ReadAll(answer.Body)
		return err
	}
	if into == nil || answer.StatusCode == http.StatusNoContent {
		_, err := io.Copy(io.Discard, answer.Body)
		return err
	}
	return json.NewDecoder(answer.Body).Decode(into)
}
