package journal_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"layso/kiosk/journal"
)

func TestSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hall.db")
	j := open(t, path)
	s := j.Secrets()
	must(t, s.Put("pin", "lan", []byte("one")))
	must(t, s.Put("pin", "lan", []byte("two")))
	must(t, s.Put("pin", "hoa", []byte{}))
	must(t, s.Put("pins", "minh", []byte("other kind")))
	must(t, s.Put("session", "lan", []byte("three")))
	must(t, s.Delete("session", "lan"))
	must(t, s.Delete("session", "nobody"))
	must(t, j.Close())

	s = open(t, path).Secrets()
	if value, ok, err := s.Get("pin", "lan"); string(value) != "two" || !ok || err != nil {
		t.Fatalf("%q %v %v", value, ok, err)
	}
	if _, ok, err := s.Get("session", "lan"); ok || err != nil {
		t.Fatalf("%v %v", ok, err)
	}
	all, err := s.All("pin")
	must(t, err)
	if diff := cmp.Diff(map[string][]byte{"lan": []byte("two"), "hoa": {}}, all); diff != "" {
		t.Fatal(diff)
	}
	none, err := s.All("session")
	if len(none) != 0 || err != nil {
		t.Fatalf("%v %v", none, err)
	}
}

func TestSecretNames(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "hall.db")).Secrets()
	for _, name := range [][2]string{{"", "lan"}, {"pin\x00", "lan"}, {"pin", "l\x00an"}} {
		for what, err := range map[string]error{
			"put": s.Put(name[0], name[1], nil), "delete": s.Delete(name[0], name[1]), "all": second(s.All(name[0] + "\x00")),
		} {
			if !errors.Is(err, journal.ErrSecretName) {
				t.Errorf("%s %q: %v", what, name, err)
			}
		}
		if _, _, err := s.Get(name[0], name[1]); !errors.Is(err, journal.ErrSecretName) {
			t.Errorf("get %q: %v", name, err)
		}
	}
}
