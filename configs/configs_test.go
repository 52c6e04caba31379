package configs_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"layso/configs"
	"layso/kiosk"
	"layso/printer/link"
)

var update = flag.Bool("update", false, "write the golden files")

// load reads a file as what its name says that it is.
func load(path string) error {
	if strings.HasSuffix(path, ".hall.yaml") {
		_, err := configs.LoadHall(path)
		return err
	}
	_, err := configs.Load(path, link.Check)
	return err
}

// TestFaults compares what is said about each bad file, all of it, with its golden list.
func TestFaults(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	must(t, err)
	if len(files) < 9 {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			var faults configs.Faults
			if err := load(file); !errors.As(err, &faults) {
				t.Fatalf("no faults but %v", err)
			}
			golden, got := strings.TrimSuffix(file, ".yaml")+".faults", faults.Error()+"\n"
			if *update {
				must(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			must(t, err)
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestExampleIsRight(t *testing.T) {
	dir := t.TempDir()
	for from, to := range map[string]string{"example.yaml": "layso.yaml", "hall.example.yaml": "hall.example.yaml"} {
		text, err := os.ReadFile(from)
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, to), text, 0o600))
	}
	c, err := configs.Load(filepath.Join(dir, "layso.yaml"), link.Check)
	must(t, err)
	want := &configs.Config{
		Listen: ":80", Data: "/var/lib/layso", Hosts: []string{"layso.lan", "layso"},
		TrustLoopback: "kiosk", Metrics: "admin", Hall: filepath.Join(dir, "hall.example.yaml"), LogLevel: "info",
		Printers: []configs.Printer{{Name: "Cửa chính", Link: "software", Profile: "epson-80", RollMM: 80000}}, Expire: "5m",
		Backups: configs.Backups{Keep: configs.DefaultKeep},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Fatal(diff)
	}
	setup, err := configs.LoadHall(c.Hall)
	must(t, err)
	if len(setup.Services) != 5 || len(setup.Counters) != 3 || len(setup.Priorities) != 5 || setup.Priorities[0].CreditS != 1800 {
		t.Fatalf("%+v", setup)
	}
	if want := []kiosk.Span{{From: 450, To: 690}, {From: 810, To: 1020}}; !reflect.DeepEqual(setup.Hours.On(time.Friday), want) {
		t.Fatalf("%+v", setup.Hours)
	}
	if setup.Hours.On(time.Sunday) != nil {
		t.Fatal("open on Sunday")
	}
	checkLimits(t, setup)
}

// checkLimits wants the example to show every limit that a hall may have.
func checkLimits(t *testing.T, setup *kiosk.Setup) {
	t.Helper()
	land, results := setup.Service("dat-dai"), setup.Service("tra-ket-qua")
	want := &kiosk.Slots{Capacity: 2, Spans: []kiosk.Span{{From: 480, To: 660}, {From: 840, To: 990}}}
	if !reflect.DeepEqual(land.Slots, want) || land.Quota != 120 || results.Hours.On(time.Saturday) == nil {
		t.Errorf("%+v %+v", land, results)
	}
	if day := setup.ClosedOn("2027-09-02"); day == nil || day.Name.VI != "Quốc khánh" || len(setup.ClosedDays) != 4 {
		t.Errorf("%+v", setup.ClosedDays)
	}
	paper := kiosk.PaperTexts{
		Head:    kiosk.Text{VI: "Số 12 Trần Phú · Điện thoại 1022", EN: "12 Tran Phu Street · Telephone 1022"},
		Foot:    kiosk.Text{VI: "Vui lòng giữ phiếu đến khi xong việc.", EN: "Please keep this ticket until you are done."},
		Closing: true,
	}
	if setup.Paper != paper {
		t.Errorf("%+v", setup.Paper)
	}
	if setup.OvertimeS != 900 || setup.BookDays != 14 || setup.Counters[0].Assist[0] != "chung-thuc" {
		t.Errorf("%d %d %+v", setup.OvertimeS, setup.BookDays, setup.Counters[0])
	}
}

func TestDefaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "layso.yaml")
	for given, status := range map[string]string{"link: tcp://printer": "", "link: software, status: false": "false", "link: file:///dev/usb/lp0, status: true": "true"} {
		must(t, os.WriteFile(path, []byte("data: data\nhall: /etc/hall.yaml\nprinters: [{name: p, "+given+"}]\n"), 0o600))
		c, err := configs.Load(path, link.Check)
		must(t, err)
		if c.Listen != "127.0.0.1:8080" || c.TrustLoopback != "none" || c.Metrics != "admin" || c.LogLevel != "info" ||
			c.Data != filepath.Join(filepath.Dir(path), "data") || c.Hall != "/etc/hall.yaml" ||
			c.ExpireAfter() != 5*time.Minute || c.Printers[0].Paper != 0 || c.Printers[0].Status == nil != (status == "") || status != "" && fmt.Sprint(*c.Printers[0].Status) != status {
			t.Fatalf("%+v", c)
		}
	}
}

// TestDemo holds the demo's hall against the public contract.
func TestDemo(t *testing.T) {
	setup, err := configs.Demo()
	must(t, err)
	var services, counters, priorities, users []string
	for _, s := range setup.Services {
		services = append(services, s.Prefix+" "+s.ID+" "+s.Name.VI)
	}
	for _, c := range setup.Counters {
		counters = append(counters, c.ID)
		if len(c.Services) != 4 || c.Name.VI != "Quầy "+c.ID || c.Name.EN != "Counter "+c.ID {
			t.Errorf("%+v", c)
		}
	}
	for _, p := range setup.Priorities {
		priorities = append(priorities, p.ID)
	}
	for _, u := range setup.Users {
		users = append(users, u.ID+":"+string(u.Role))
	}
	for want, got := range map[string][]string{
		"A dat-dai Đất đai, B ho-tich Hộ tịch, C chung-thuc Chứng thực, D tra-ket-qua Trả kết quả": services,
		"1, 2, 3, 4": counters,
		"elderly, disabled, pregnant, small-child, meritorious":                                priorities,
		"clerk1:clerk, clerk2:clerk, clerk3:clerk, clerk4:clerk, manager:manager, admin:admin": users,
	} {
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s, want %s", s, want)
		}
	}
	if !setup.Hours.Always || len(setup.ClosedDays) > 0 {
		t.Error("the demo closes")
	}
	for _, id := range []string{"dat-dai", "ho-tich"} {
		if s := setup.Service(id).Slots; s == nil || s.Capacity != 2 || len(s.Spans) != 2 {
			t.Errorf("appointments with %s: %+v", id, s)
		}
	}
}

func TestMissingFile(t *testing.T) {
	for _, name := range []string{"none.config.yaml", "none.hall.yaml"} {
		if err := load(filepath.Join(t.TempDir(), name)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLoad gives both loaders any bytes: a value or faults with a text, never a panic; and what is
// accepted as a hall is a valid one.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("testdata/*.yaml")
	must(f, err)
	for _, file := range append(files, "demo.yaml", "example.yaml", "hall.example.yaml") {
		raw, err := os.ReadFile(file)
		must(f, err)
		f.Add(raw)
	}
	path := filepath.Join(f.TempDir(), "fuzz.yaml")
	f.Fuzz(func(t *testing.T, raw []byte) {
		must(t, os.WriteFile(path, raw, 0o600))
		if c, err := configs.Load(path, link.Check); err != nil && err.Error() == "" || err == nil && c.Data == "" {
			t.Fatalf("%+v %v", c, err)
		}
		setup, err := configs.LoadHall(path)
		if err == nil {
			err = setup.Validate()
		}
		if err != nil && err.Error() == "" {
			t.Fatal("a fault without a word")
		}
		if (setup == nil) != (err != nil) {
			t.Fatalf("%+v %v", setup, err)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Without a file layso runs, and without a hall's file it begins with a hall that gives no numbers yet.
func TestWithoutFiles(t *testing.T) {
	c := configs.Default()
	setup, err := c.Seed()
	must(t, err)
	if !setup.Blank() || len(setup.Priorities) == 0 || setup.TimeZone == "" || c.Listen == "" || len(c.Printers) != 1 {
		t.Errorf("the default is %+v with %+v", c, setup)
	}
	path := filepath.Join(t.TempDir(), "layso.yaml")
	must(t, os.WriteFile(path, []byte("data: data\nprinters: [{name: p, link: software}]\nbuttons: [{pin: GPIO17, service: dat-dai}]\n"), 0o600))
	if err := configs.Check(path, func(string) error { return nil }); err != nil {
		t.Errorf("a file without a hall: %v", err)
	}
	setup.Users = []kiosk.User{{ID: "an", Name: "An", Role: kiosk.Admin}}
	if setup.Validate() == nil {
		t.Error("with a user, a hall without services is valid")
	}
}
