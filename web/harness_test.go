package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/web"
)

// demoSetup is the demo hall of the public contract.
func demoSetup() *kiosk.Setup {
	s := &kiosk.Setup{
		Name: kiosk.Text{VI: "Bộ phận Một cửa", EN: "One-stop office"}, TimeZone: "Asia/Ho_Chi_Minh",
		Phone: kiosk.Phone{Mode: kiosk.PhoneOff}, Hours: kiosk.Hours{Always: true},
	}
	for _, x := range [][4]string{
		{"dat-dai", "Đất đai", "Land", "A"}, {"ho-tich", "Hộ tịch", "Civil status", "B"},
		{"chung-thuc", "Chứng thực", "Certification", "C"}, {"tra-ket-qua", "Trả kết quả", "Results", "D"},
	} {
		s.Services = append(s.Services, kiosk.Service{ID: x[0], Name: kiosk.Text{VI: x[1], EN: x[2]}, Prefix: x[3], MeanS: 300})
	}
	for i := range 4 {
		id := fmt.Sprint(i + 1)
		s.Counters = append(s.Counters, kiosk.Counter{ID: id, Name: kiosk.Text{VI: "Quầy " + id}, Services: []string{"dat-dai", "ho-tich", "chung-thuc", "tra-ket-qua"}})
		s.Users = append(s.Users, kiosk.User{ID: "clerk" + id, Name: "Cán bộ " + id, Role: kiosk.Clerk})
	}
	for _, id := range []string{"elderly", "disabled", "pregnant", "small-child", "meritorious"} {
		s.Priorities = append(s.Priorities, kiosk.Priority{ID: id, Name: kiosk.Text{VI: id}, CreditS: 1800})
	}
	s.Users = append(s.Users, kiosk.User{ID: "manager", Name: "Trưởng bộ phận", Role: kiosk.Manager}, kiosk.User{ID: "admin", Name: "Quản trị", Role: kiosk.Admin})
	return s
}

// hall is a whole server over a real queue on a real journal.
type hall struct {
	t       testing.TB
	clock   *stepClock
	journal *journal.Journal
	owner   *kiosk.Owner
	opts    web.Options
	server  *web.Server
	http    *httptest.Server
	paper   *fakePaper
	press   *fakePress
	proofs  []web.Proof // that were asked for
	speech  *fakeSpeech
	backups *fakeBackups
	kiosk   string // cookies
	clerk   string // clerk1
	manager string
	admin   string
}

// newHall starts the demo hall as change leaves it and its options.
func newHall(t testing.TB, change ...func(*kiosk.Setup, *web.Options)) *hall {
	t.Helper()
	h := &hall{t: t, clock: &stepClock{t: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}, paper: &fakePaper{}, press: &fakePress{state: kiosk.Confirmed}, speech: &fakeSpeech{}, backups: &fakeBackups{}}
	var err error
	h.journal, err = journal.Open(filepath.Join(t.TempDir(), "hall.db"), journal.Options{})
	h.must(err)
	setup, log := demoSetup(), slog.New(slog.DiscardHandler)
	h.opts = web.Options{
		History: h.journal, Changes: h.journal, SetupFile: fakeFile{}, Backups: h.backups, Epoch: "epoch", Secrets: h.journal.Secrets(), Live: fakeLive{}, Paper: h.paper, Press: h.press, Log: log, Now: h.clock.now, Speech: h.speech,
		Proofs: func(p web.Proof) ([]byte, error) {
			h.proofs = append(h.proofs, p)
			return []byte("\x89PNG"), nil
		},
		Printers: func() []kiosk.PrinterStatus { return []kiosk.PrinterStatus{{Name: "paper", OK: true}} },
		QR:       func(string) ([][]bool, error) { return [][]bool{{true, false}, {false, true}}, nil },
		Metrics:  http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "up 1\n") }),
		BaseURL:  "http://hall.test",
		Contacts: openContacts(t, filepath.Join(t.TempDir(), "contacts")),
		CA:       func() []byte { return []byte("-----BEGIN CERTIFICATE-----\n") },
	}
	for _, f := range change {
		f(setup, &h.opts)
	}
	h.owner, err = kiosk.Start(h.journal, kiosk.Options{Seed: setup, Now: h.clock.now, Log: log})
	h.must(err)
	h.opts.Hall = h.owner
	for _, u := range setup.Users {
		h.must(h.opts.Secrets.Put("pin", u.ID, pinHash()))
	}
	h.serve()
	t.Cleanup(func() {
		h.http.Close()
		h.owner.Close()
		h.journal.Close()
	})
	return h
}

// serve starts the HTTP side, or starts it again on the same secrets.
func (h *hall) serve() {
	h.t.Helper()
	var err error
	h.server, err = web.New(h.opts)
	h.must(err)
	if h.http != nil {
		h.http.Close()
	}
	h.http = httptest.NewServer(h.server)
	h.http.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	h.signIn()
}

// signIn opens new sessions for the three roles and pairs the kiosk.
func (h *hall) signIn() {
	h.clerk, h.manager, h.admin = h.server.Begin("clerk1"), h.server.Begin("manager"), h.server.Begin("admin")
	if h.kiosk == "" {
		h.kiosk, _ = h.server.Pair("kiosk")
	}
}

func (h *hall) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// answer is an HTTP answer with its body read.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request with a JSON body (none where it is empty) as who, a cookie. The headers are
// name and value in turn; one without a value is left out.
func (h *hall) do(who, method, path, body string, headers ...string) answer {
	h.t.Helper()
	r, err := http.NewRequest(method, h.http.URL+path, strings.NewReader(body))
	h.must(err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if who != "" {
		r.Header.Set("Cookie", who)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Del(headers[i])
		if v := headers[i+1]; v != "" {
			r.Header.Set(headers[i], v)
		}
	}
	return h.send(r)
}

func (h *hall) send(r *http.Request) answer {
	h.t.Helper()
	res, err := h.http.Client().Do(r)
	h.must(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	h.must(err)
	return answer{res.StatusCode, res.Header, b}
}

// into reads the answer's JSON.
func into[T any](h *hall, a answer) T {
	h.t.Helper()
	var v T
	if err := json.NewDecoder(bytes.NewReader(a.body)).Decode(&v); err != nil {
		h.t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	return v
}

// ticket reads an answer that has to be a ticket with this status.
func (h *hall) ticket(a answer, status int) kiosk.TicketStatus {
	h.t.Helper()
	if a.status != status {
		h.t.Fatalf("answered %d %s, want %d", a.status, a.body, status)
	}
	return into[kiosk.TicketStatus](h, a)
}

func (h *hall) take(service string) kiosk.TicketStatus {
	h.t.Helper()
	return h.ticket(h.do(h.clerk, "POST", "/api/tickets", `{"service":"`+service+`"}`), 201)
}

// at sends a counter's command as clerk1.
func (h *hall) at(counter, what, body string) answer {
	h.t.Helper()
	return h.do(h.clerk, "POST", "/api/counters/"+counter+"/"+what, body)
}

// problem is what a refusal looks like.
type problem struct {
	Type, Title, Detail, Code, Field string
	Status                           int
	Faults                           []kiosk.Fault
}

// refused checks that the answer is a whole problem document with this status and code.
func (h *hall) refused(what string, a answer, status int, code string) problem {
	h.t.Helper()
	if a.status != status || a.header.Get("Content-Type") != "application/problem+json" {
		h.t.Errorf("%s: answered %d %s %.200s, want %d %s", what, a.status, a.header.Get("Content-Type"), a.body, status, code)
		return problem{}
	}
	p := into[problem](h, a)
	if p.Type != "about:blank" || p.Status != status || p.Title == "" || p.Detail == "" || p.Code != code {
		h.t.Errorf("%s: problem document %s, want status %d and code %s", what, a.body, status, code)
	}
	return p
}

// expect is a request and the refusal, or the status without a code, that answers it.
type expect struct {
	name               string
	who                string
	method, path, body string
	status             int
	code               string
}

// all checks each line of a table; a refusal must leave the log as it is.
func (h *hall) all(table []expect) {
	h.t.Helper()
	for _, x := range table {
		before := h.owner.View().Seq()
		a := h.do(x.who, x.method, x.path, x.body)
		if x.code == "" {
			if a.status != x.status {
				h.t.Errorf("%s: answered %d %s, want %d", x.name, a.status, a.body, x.status)
			}
			continue
		}
		h.refused(x.name, a, x.status, x.code)
		if after := h.owner.View().Seq(); after != before {
			h.t.Errorf("%s: the refusal wrote %d events", x.name, after-before)
		}
	}
}

// dial opens a bare connection to the server.
func dial(t *testing.T, h *hall) *net.TCPConn {
	t.Helper()
	conn, err := net.Dial("tcp", h.http.Listener.Addr().String())
	h.must(err)
	t.Cleanup(func() { conn.Close() })
	return conn.(*net.TCPConn)
}

// putSetup saves the hall's setup as admin.
func (h *hall) putSetup(s *kiosk.Setup) answer {
	h.t.Helper()
	body, err := json.Marshal(map[string]any{"seq": h.owner.View().SetupSeq(), "setup": s})
	h.must(err)
	return h.do(h.admin, "PUT", "/api/setup", string(body))
}
