package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/web"
)

// fakeFile writes a hall as JSON; what is wrong with one stands on line 7.
type fakeFile struct{}

func (fakeFile) Export(s *kiosk.Setup) []byte {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return out
}

func (fakeFile) Import(raw []byte) (*kiosk.Setup, error) {
	s := &kiosk.Setup{}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, kiosk.Faults{{Field: "", Problem: "yaml", Detail: err.Error(), Line: 7}}
	}
	return s, s.Validate()
}

// fakeBackups has one backup, a.db.
type fakeBackups struct {
	uploaded int
	restored []string
	deleted  []string
	err      error
}

func (f *fakeBackups) one() web.Backup {
	return web.Backup{Name: "a.db", Kind: "hand", By: "user:admin", At: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC), Verified: true}
}

func (f *fakeBackups) List() ([]web.Backup, error) { return []web.Backup{f.one()}, f.err }

func (f *fakeBackups) Make(context.Context, string) (web.Backup, error) { return f.one(), f.err }

func (f *fakeBackups) Open(name string) (io.ReadSeekCloser, error) {
	if name != "a.db" {
		return nil, web.ErrUnknownBackup
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{strings.NewReader("the file"), io.NopCloser(nil)}, nil
}

func (f *fakeBackups) Upload(_ context.Context, r io.Reader, _ string) (web.BackupReport, error) {
	raw, err := io.ReadAll(r)
	f.uploaded = len(raw)
	if err == nil && string(raw) != "good" {
		err = web.ErrBackupDamaged
	}
	return web.BackupReport{Backup: f.one(), Schema: 4}, err
}

func (f *fakeBackups) Check(_ context.Context, name string) (web.BackupReport, error) {
	if name != "a.db" {
		return web.BackupReport{}, web.ErrUnknownBackup
	}
	return web.BackupReport{Backup: f.one(), Schema: 4, Older: true, Lost: 3}, nil
}

func (f *fakeBackups) Restore(_ context.Context, name, by, reason string) error {
	f.restored = append(f.restored, name+" "+by+" "+reason)
	return f.err
}

func (f *fakeBackups) Delete(_ context.Context, name, by, reason string) error {
	if name != "a.db" {
		return web.ErrUnknownBackup
	}
	f.deleted = append(f.deleted, name+" "+by+" "+reason)
	return f.err
}

type changes struct {
	Changes []change
	Next    *uint64
}

type change struct {
	Seq         uint64
	By          string
	ByName      string `json:"by_name"`
	Reason      string
	Of          uint64
	First       bool
	Count       int
	Differences []struct {
		Path, Kind string
		Entry      kiosk.Text
		Was, Is    any
	}
}

// put changes the hall as admin.
func (h *hall) put(reason string, edit func(*kiosk.Setup)) answer {
	h.t.Helper()
	raw, err := json.Marshal(h.owner.View().Setup())
	h.must(err)
	s := &kiosk.Setup{}
	h.must(json.Unmarshal(raw, s))
	edit(s)
	body, err := json.Marshal(map[string]any{"seq": h.owner.View().SetupSeq(), "setup": s, "reason": reason})
	h.must(err)
	return h.do(h.admin, "PUT", "/api/setup", string(body))
}

func (h *hall) changes(query string) changes {
	h.t.Helper()
	return into[changes](h, h.do(h.admin, "GET", "/api/changes"+query, ""))
}

// TestChangesAndBack: a list of what was changed, each in pages and in full, and one change taken back while a later
// one stays.
func TestChangesAndBack(t *testing.T) {
	h := newHall(t)
	h.put("Tết", func(s *kiosk.Setup) { s.Services[0].Quota = 100; s.Services[1].Name.VI = "Hộ tịch, chứng thực" })
	first := h.owner.View().SetupSeq()
	h.put("", func(s *kiosk.Setup) { s.Users[0].Name = "Lan" })
	h.take("dat-dai")
	all := h.changes("").Changes
	if len(all) != 3 || !all[2].First || all[1].Reason != "Tết" || all[1].Count != 2 || all[1].By != "user:admin" || all[1].ByName != "Quản trị" {
		t.Fatalf("%+v", all)
	}
	if d := all[1].Differences[0]; d.Path != "services[dat-dai].quota" || d.Was != 0.0 || d.Is != 100.0 || d.Entry.VI != "Đất đai" {
		t.Errorf("%+v", d)
	}
	page := h.changes("?limit=1")
	if len(page.Changes) != 1 || page.Next == nil {
		t.Fatalf("%+v", page)
	}
	if next := h.changes(fmt.Sprintf("?limit=2&before=%d", *page.Next)); len(next.Changes) != 2 || next.Next != nil || next.Changes[0].Seq != first {
		t.Errorf("the next page: %+v", next)
	}
	one := into[change](h, h.do(h.admin, "GET", fmt.Sprintf("/api/changes/%d", first), ""))
	if one.Count != 2 || len(one.Differences) != 2 {
		t.Errorf("%+v", one)
	}

	undo := fmt.Sprintf("/api/changes/%d/undo", first)
	if a := h.do(h.admin, "POST", undo, `{"reason":"nhầm"}`); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s := h.owner.View().Setup()
	if s.Services[0].Quota != 0 || s.Services[1].Name.VI != "Hộ tịch" || s.Users[0].Name != "Lan" {
		t.Errorf("after it was taken back: %+v %+v", s.Services[:2], s.Users[0])
	}
	if x := h.changes("?limit=1").Changes[0]; x.Of != first || x.Reason != "nhầm" || x.Count != 2 {
		t.Errorf("%+v", x)
	}
	h.all([]expect{
		{"taken back twice", h.admin, "POST", undo, "", 409, "nothing_to_undo"},
		{"the first", h.admin, "POST", fmt.Sprintf("/api/changes/%d/undo", all[2].Seq), "", 409, "nothing_to_undo"},
		{"no change", h.admin, "POST", fmt.Sprintf("/api/changes/%d/undo", h.owner.View().Seq()-1), "", 404, "not_found"},
		{"nonsense", h.admin, "GET", "/api/changes/x", "", 404, "not_found"},
		{"limit 0", h.admin, "GET", "/api/changes?limit=0", "", 422, "invalid_field"},
		{"a manager", h.manager, "GET", "/api/changes", "", 403, "forbidden"},
	})
}

func TestChangeIsInTheWay(t *testing.T) {
	h := newHall(t)
	h.put("", func(s *kiosk.Setup) {
		s.Services = append(s.Services, kiosk.Service{ID: "moi", Name: kiosk.Text{VI: "Mới"}, Prefix: "M", MeanS: 60})
	})
	added := h.owner.View().SetupSeq()
	h.put("", func(s *kiosk.Setup) { s.Services[4].Quota = 5 })
	a := h.do(h.admin, "POST", fmt.Sprintf("/api/changes/%d/undo", added), "")
	h.refused("changed again", a, 409, "change_overwritten")
	clash := into[struct{ Overwritten []struct{ Path string } }](h, a)
	if len(clash.Overwritten) != 1 || clash.Overwritten[0].Path != "services[moi].quota" {
		t.Errorf("%s", a.body)
	}
	h.put("", func(s *kiosk.Setup) {
		s.Services = append(s.Services, kiosk.Service{ID: "khac", Name: kiosk.Text{VI: "Khác"}, Prefix: "K", MeanS: 60})
		for i := range s.Counters {
			s.Counters[i].Services = append(s.Counters[i].Services, "khac")
		}
	})
	h.take("khac")
	before := h.owner.View().Seq()
	h.refused("it has tickets", h.do(h.admin, "POST", fmt.Sprintf("/api/changes/%d/undo", h.owner.View().SetupSeq()), ""), 409, "service_in_use")
	if h.owner.View().Seq() != before {
		t.Error("the refusal wrote events")
	}
}

func TestSetupAsAFile(t *testing.T) {
	h := newHall(t)
	file := h.do(h.admin, "GET", "/api/setup.yaml", "")
	if file.status != 200 || !strings.HasPrefix(file.header.Get("Content-Disposition"), `attachment; filename="layso-2026-11-24.yaml"`) {
		t.Fatalf("%d %v", file.status, file.header)
	}
	post := func(who, query string, body []byte) answer {
		return h.do(who, "POST", "/api/setup.yaml"+query, string(body), "Content-Type", "application/yaml")
	}
	other := bytes.Replace(file.body, []byte("Đất đai"), []byte("Đất"), 1)
	seq := h.owner.View().SetupSeq()
	a := post(h.admin, "?check=true", other)
	look := into[struct {
		Seq         uint64
		Differences []struct{ Path string }
	}](h, a)
	if look.Seq != seq || len(look.Differences) != 1 || look.Differences[0].Path != "services[dat-dai].name.vi" || h.owner.View().SetupSeq() != seq {
		t.Fatalf("%s", a.body)
	}
	if a := post(h.admin, "?reason=t%E1%BB%AB+t%E1%BB%87p", other); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if x := h.changes("?limit=1").Changes[0]; x.Reason != "từ tệp" || x.Count != 1 {
		t.Errorf("%+v", x)
	}
	h.refused("changed since", post(h.admin, fmt.Sprint("?seq=", seq), file.body), 409, "setup_changed")
	before := h.owner.View().Seq()
	if a := post(h.admin, "", other); a.status != 200 || h.owner.View().Seq() != before {
		t.Errorf("the same file again: %d, %d events", a.status, h.owner.View().Seq()-before)
	}
	if a := post(h.admin, "?check=true", []byte("{")); a.status != 422 || !bytes.Contains(a.body, []byte(`"line":7`)) {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.refused("no admin left", post(h.admin, "?check=true", bytes.Replace(file.body, []byte(`"role":"admin"`), []byte(`"role":"clerk"`), 1)), 422, "invalid_field")
	h.refused("JSON", h.do(h.admin, "POST", "/api/setup.yaml", "{}"), 400+15, "bad_request")
	h.refused("too large", post(h.admin, "", bytes.Repeat([]byte(" "), 1<<20+1)), 413, "bad_request")
	h.refused("a manager", post(h.manager, "", file.body), 403, "forbidden")
}

func TestBackupRoutes(t *testing.T) {
	h := newHall(t, func(_ *kiosk.Setup, o *web.Options) {
		o.Upkeep = func() web.Upkeep { return web.Upkeep{BackupFault: "no space"} }
	})
	list := h.do(h.admin, "GET", "/api/backups", "")
	for _, want := range []string{`"name":"a.db"`, `"by_name":"Quản trị"`, `"last":{"at":null,"failed":true}`, `"kept":"a.db"`, `"at":"2026-11-24T08:00:00+07:00"`} {
		if !bytes.Contains(list.body, []byte(want)) {
			t.Errorf("%s lacks %s", list.body, want)
		}
	}
	since := h.owner.View().Seq()
	h.do(h.admin, "HEAD", "/api/backups/a.db", "") // takes nothing along
	file := h.do(h.admin, "GET", "/api/backups/a.db", "")
	h.wrote(since, "backup.downloaded by=user:admin what=a.db")
	if string(file.body) != "the file" || file.header.Get("Content-Disposition") != `attachment; filename="a.db"` {
		t.Errorf("%s %v", file.body, file.header)
	}
	upload := func(body string) answer {
		return h.do(h.admin, "POST", "/api/backups/check", body, "Content-Type", "application/octet-stream")
	}
	if a := upload("good"); a.status != 200 || h.backups.uploaded != 4 {
		t.Errorf("%d %s", a.status, a.body)
	}
	h.refused("damaged", upload("bad"), 422, "backup_damaged")
	if a := h.do(h.admin, "POST", "/api/backups", ""); a.status != 201 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.do(h.admin, "POST", "/api/backups/a.db/check", ""); a.status != 200 || !bytes.Contains(a.body, []byte(`"lost":3`)) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.do(h.admin, "POST", "/api/backups/a.db/restore", `{"reason":"hỏng đĩa"}`); a.status != http.StatusAccepted || !bytes.Contains(a.body, []byte(`"epoch":"epoch"`)) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if len(h.backups.restored) != 1 || h.backups.restored[0] != "a.db user:admin hỏng đĩa" {
		t.Errorf("%q", h.backups.restored)
	}
	if a := h.do(h.admin, "DELETE", "/api/backups/a.db?reason=th%E1%BB%ABa", ""); a.status != http.StatusNoContent || len(h.backups.deleted) != 1 || h.backups.deleted[0] != "a.db user:admin thừa" {
		t.Errorf("%d %s: %q", a.status, a.body, h.backups.deleted)
	}
	h.all([]expect{
		{"unknown to delete", h.admin, "DELETE", "/api/backups/b.db", "", 404, "unknown_backup"},
		{"a manager's deletion", h.manager, "DELETE", "/api/backups/a.db", "", 403, "forbidden"},
		{"a long reason", h.admin, "DELETE", "/api/backups/a.db?reason=" + strings.Repeat("x", 201), "", 422, "invalid_field"},
		{"unknown", h.admin, "GET", "/api/backups/b.db", "", 404, "unknown_backup"},
		{"a way out", h.admin, "GET", "/api/backups/..%2Fa.db", "", 404, "not_found"},
		{"a manager's list", h.manager, "GET", "/api/backups", "", 403, "forbidden"},
		{"a manager's restore", h.manager, "POST", "/api/backups/a.db/restore", "", 403, "forbidden"},
		{"nobody", "", "GET", "/api/backups/a.db", "", 401, "unauthenticated"},
		{"unknown field", h.admin, "POST", "/api/backups/a.db/restore", `{"x":1}`, 422, "invalid_field"},
		{"JSON", h.admin, "POST", "/api/backups/check", "{}", 415, "bad_request"},
	})
	h.backups.err = web.ErrBackupFailed
	h.refused("full", h.do(h.admin, "POST", "/api/backups", ""), 500, "backup_failed")
	h.backups.err = web.ErrBackupKept
	h.refused("the newest", h.do(h.admin, "DELETE", "/api/backups/a.db", ""), 409, "backup_kept")
}
