package web_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"layso/kiosk"
)

// TestChangesInBrief: whatever was asked for before, a list says of each change what the change says of itself.
func TestChangesInBrief(t *testing.T) {
	h := newHall(t)
	for i := range 6 {
		h.put(fmt.Sprint("lần ", i), func(s *kiosk.Setup) {
			for n := range 4 {
				s.Services[n].Quota = 100*i + n*(i%3) + 1
			}
			s.Users[i%2].Name = fmt.Sprint("Cán bộ ", i)
		})
	}
	seqs, err := h.journal.ChangesAt(0, 100)
	h.must(err)
	for _, query := range []string{fmt.Sprintf("?limit=1&before=%d", seqs[2]), "", "?limit=4"} {
		list := h.changes(query).Changes
		if len(list) == 0 {
			t.Fatalf("%s lists nothing", query)
		}
		for _, got := range list {
			want := into[change](h, h.do(h.admin, "GET", fmt.Sprintf("/api/changes/%d", got.Seq), ""))
			want.Differences = want.Differences[:min(3, len(want.Differences))]
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s has %+v, want %+v", query, got, want)
			}
		}
	}
}

// BenchmarkListChanges lists a hundred changes of a hall with forty services and a picture of 60 KB.
func BenchmarkListChanges(b *testing.B) {
	h := newHall(b)
	for i := range 100 {
		v := h.owner.View()
		s := *v.Setup()
		s.Users = slices.Clone(s.Users)
		s.Users[0].Name = fmt.Sprintf("Cán bộ %d", i)
		if i == 0 {
			for n := range 40 {
				s.Services = append(slices.Clone(s.Services), kiosk.Service{ID: fmt.Sprintf("them-%d", n), Name: kiosk.Text{VI: fmt.Sprintf("Lĩnh vực thứ %d", n), EN: fmt.Sprintf("Service %d", n)}, Prefix: fmt.Sprintf("%c%c", 'K'+n/26, 'A'+n%26), MeanS: 300})
			}
			s.Notices = []kiosk.Notice{{Title: kiosk.Text{VI: "Bản đồ"}, Picture: picture(b)}}
		}
		_, err := h.owner.Do(b.Context(), kiosk.ChangeSetup{Setup: &s, Seq: v.SetupSeq(), By: "user:admin"})
		h.must(err)
	}
	for b.Loop() {
		if a := h.do(h.admin, "GET", "/api/changes?limit=100", ""); a.status != 200 || bytes.Count(a.body, []byte(`"by_name"`)) != 100 {
			b.Fatalf("%d %s", a.status, a.body)
		}
	}
}

// picture is a PNG of about 60 KB that does not shrink.
func picture(tb testing.TB) string {
	img := image.NewGray(image.Rect(0, 0, 250, 250))
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = byte(noise.Uint32())
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		tb.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}
