package web_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"layso/kiosk"
	"layso/web"
)

func openContacts(t testing.TB, path string) *web.ContactBook {
	t.Helper()
	b, err := web.OpenContacts(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// TestContactBook: whatever is put, erased and opened again, the book has what a map has, and not one byte of what was erased.
func TestContactBook(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		path := filepath.Join(dir, "contacts")
		os.Remove(path)
		book, err := web.OpenContacts(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { book.Close() }()
		model, erased := map[string]web.Contact{}, map[string]bool{}
		token := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
		n := 0
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				n++
				c := web.Contact{Token: token.Draw(t, "token"), Phone: "0" + strings.Repeat("7", 5) + string(rune('0'+n/100%10)) + string(rune('0'+n/10%10)) + string(rune('0'+n%10)), By: "user:clerk1", At: time.Unix(int64(n), 0).UTC()}
				if err := book.Put(c); err != nil {
					t.Fatal(err)
				}
				if old, ok := model[c.Token]; ok {
					erased[old.Phone] = true
				}
				model[c.Token] = c
				delete(erased, c.Phone)
			},
			"delete": func(t *rapid.T) {
				x := token.Draw(t, "token")
				had, err := book.Delete(x)
				old, want := model[x]
				if err != nil || had != want {
					t.Fatalf("had %v, %v; want %v", had, err, want)
				}
				if want {
					erased[old.Phone] = true
				}
				delete(model, x)
			},
			"open again": func(t *rapid.T) {
				book.Close()
				var err error
				if book, err = web.OpenContacts(path); err != nil {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) {
				var want []string
				for x, c := range model {
					want = append(want, x)
					if got, ok := book.Get(x); !ok || got != c {
						t.Fatalf("%s: %+v, want %+v", x, got, c)
					}
				}
				slices.Sort(want)
				if got := book.Tokens(); !slices.Equal(got, want) {
					t.Fatalf("tokens %v, want %v", got, want)
				}
				raw, err := os.ReadFile(path)
				if err != nil || len(model) == 0 && len(raw) != 0 {
					t.Fatalf("%d bytes for nobody, %v", len(raw), err)
				}
				for phone := range erased {
					if bytes.Contains(raw, []byte(phone)) {
						t.Fatalf("%s is erased and in the file", phone)
					}
				}
			},
		})
	})
}

// A slot that a power cut has torn is erased at the next start, and costs nobody else his.
func TestTornContact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contacts")
	book := openContacts(t, path)
	for _, x := range []string{"a", "b", "c"} {
		if err := book.Put(web.Contact{Token: x, Phone: "091234567" + x}); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(raw[256+20:], bytes.Repeat([]byte{0}, 10))
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := openContacts(t, path).Tokens(); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("%v", got)
	}
	if raw, _ = os.ReadFile(path); bytes.Contains(raw, []byte("1234567b")) || len(raw) != 3*256 {
		t.Errorf("%q", raw[256:512])
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("%v", info.Mode())
	}
}

// FuzzContacts opens whatever lies in the file: what is no contact is erased, and then opening changes nothing more.
func FuzzContacts(f *testing.F) {
	dir := f.TempDir()
	seed := filepath.Join(dir, "seed")
	book := openContacts(f, seed)
	for _, x := range []string{kiosk.NewToken(), kiosk.NewToken()} {
		if err := book.Put(web.Contact{Token: x, Phone: "0912345678"}); err != nil {
			f.Fatal(err)
		}
	}
	raw, _ := os.ReadFile(seed)
	f.Add(raw)
	f.Add(append(raw, raw...))
	f.Add(raw[:300])
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "contacts")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		first := openContacts(t, path)
		tokens := first.Tokens()
		kept, _ := os.ReadFile(path)
		again := openContacts(t, path)
		if got := again.Tokens(); !slices.Equal(got, tokens) {
			t.Fatalf("%v, then %v", tokens, got)
		}
		if now, _ := os.ReadFile(path); !bytes.Equal(now, kept) {
			t.Fatal("opening it again changes it")
		}
		for _, x := range tokens {
			if _, err := again.Delete(x); err != nil {
				t.Fatal(err)
			}
		}
		if now, _ := os.ReadFile(path); len(now) > 0 {
			t.Fatalf("%d bytes after all were erased", len(now))
		}
	})
}
