package display

import "testing"

func FuzzParseAck(f *testing.F) {
	for _, s := range []string{
		`{"type":"ack","seq":12,"sound":true}`, `{"type":"ack","seq":0}`, `{"type":"ack"}`, `{"type":"ack","seq":-1}`,
		`{"type":"ack","seq":1e3}`, `{"type":"ack","seq":18446744073709551616}`, `[]`, `null`, `{"type":"ack","seq":1}{}`, "\xff",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if a, err := parseAck(data); err != nil && a != (ack{}) {
			t.Errorf("%q is refused and gives %v", data, a)
		}
	})
}

func TestParseAck(t *testing.T) {
	for text, want := range map[string]ack{
		`{"type":"ack","seq":12,"sound":true,"later":1}`:                  {12, true, ""},
		`{"type":"ack","seq":12,"sound":false,"voice":"blocked"}`:         {12, false, "blocked"},
		`{"type":"ack","seq":12,"voice":"<script>alert(1)</script>"}`:     {12, false, ""},
		`{"type":"ack","seq":18446744073709551615,"voice":"a new state"}`: {1<<64 - 1, false, ""},
	} {
		if got, err := parseAck([]byte(text)); err != nil || got != want {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for _, s := range []string{``, `null`, `{"type":"ack"}`, `{"seq":1}`, `{"type":"ack","seq":-1}`, `{"type":"ack","seq":1.5}`, `{"type":"ack","seq":1}x`} {
		if a, err := parseAck([]byte(s)); err == nil {
			t.Errorf("%q gives %v", s, a)
		}
	}
}
