package report_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/kiosk/report"
)

// real is a hall with its owner, on a journal on the disk.
type real struct {
	*testing.T
	path    string
	mu      sync.Mutex
	t       time.Time
	journal *journal.Journal
	owner   *kiosk.Owner
	reader  *report.Reader
}

func newReal(t *testing.T) *real {
	h := &real{T: t, path: filepath.Join(t.TempDir(), "hall.db"), t: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	h.start()
	t.Cleanup(h.kill)
	return h
}

func (h *real) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.t
}

func (h *real) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.t = h.t.Add(d)
}

func (h *real) start() {
	h.Helper()
	var err error
	if h.journal, err = journal.Open(h.path, journal.Options{}); err != nil {
		h.Fatal(err)
	}
	if h.owner, err = kiosk.Start(h.journal, kiosk.Options{Seed: setup("Asia/Ho_Chi_Minh"), Now: h.now, Log: slog.New(slog.DiscardHandler)}); err != nil {
		h.Fatal(err)
	}
	h.reader = report.New(h.owner, h.journal, slog.New(slog.DiscardHandler))
}

// kill ends the hall; the reader has no end of its own.
func (h *real) kill() {
	h.owner.Close()
	h.journal.Close()
}

func (h *real) do(cmd kiosk.Command) string {
	h.Helper()
	res, err := h.owner.Do(h.Context(), cmd)
	if err != nil {
		h.Fatalf("%T: %v", cmd, err)
	}
	return res.Token
}

func (h *real) report(from, to string) kiosk.Report {
	h.Helper()
	r, err := h.reader.Report(h.Context(), from, to)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

// serve gives a number, calls it at counter 1 after so many minutes and finishes it after five more.
func (h *real) serve(service string, wait int) string {
	at := kiosk.Operator{Counter: "1", User: "an"}
	h.do(kiosk.OpenCounter{Operator: at})
	token := h.do(kiosk.Take{Service: service, Token: kiosk.NewToken(), By: "device:k"})
	h.move(time.Duration(wait) * time.Minute)
	h.do(kiosk.Next{Operator: at})
	h.move(5 * time.Minute)
	h.do(kiosk.Finish{Operator: at, Dossiers: 2})
	return token
}

// Today is in the report at once; a day that has ended stays the same over restarts, with and without its
// roll-up, and keeps the names that it had.
func TestReportOfARealHall(t *testing.T) {
	h := newReal(t)
	token := h.serve("civil", 20)
	h.do(kiosk.Rate{Token: token, Stars: 4, Reasons: []string{"kind"}, By: "citizen"})
	today := h.report("2026-11-24", "2026-11-24")
	if !today.Provisional || today.Total.Served != 1 || today.Total.MedianWaitS != 1200 || today.Total.MeanServiceS != 300 || today.Total.Dossiers != 2 || today.Ratings.Mean != 4 {
		t.Fatalf("the open day came to %+v", today)
	}
	h.kill() // and the next day begins without anybody having looked
	h.move(24 * time.Hour)
	h.start()
	setup := *h.owner.View().Setup()
	setup.Services = setup.Services[:1:1]
	setup.Services = append(setup.Services, kiosk.Service{ID: "result", Name: kiosk.Text{VI: "Trả kết quả mới"}, Prefix: "C", MeanS: 60})
	setup.Counters[1].Services = []string{"result"}
	setup.Counters[0].Services = []string{"land", "result"}
	h.do(kiosk.ChangeSetup{Setup: &setup, Seq: h.owner.View().SetupSeq(), By: "user:admin"})
	h.serve("result", 1)
	for range 2 {
		got := h.report("2026-11-24", "2026-11-25")
		if got.Total.Served != 2 || got.BusinessDays != 2 || len(got.Services) != 3 {
			t.Fatalf("the two days came to %+v", got)
		}
		for i, want := range []kiosk.ServiceFigures{{ID: "land", Name: "Việc land"}, {ID: "result", Name: "Trả kết quả mới"}, {ID: "civil", Name: "Việc civil"}} {
			if s := got.Services[i]; s.ID != want.ID || s.Name != want.Name || i > 0 && s.Served != 1 {
				t.Errorf("service %d is %+v", i, s)
			}
		}
		last, _, err := h.journal.Seal("2026-11-24")
		if seq, _, e := h.journal.State("report/2026-11-24"); err != nil || e != nil || seq != last {
			t.Fatalf("the roll-up has seq %d (%v), the day ends with %d (%v)", seq, e, last, err)
		}
		if err := h.journal.SaveState("report/2026-11-24", 0, nil); err != nil {
			t.Fatal(err)
		}
		h.kill()
		h.start()
	}
}

// A reader that runs keeps the roll-up of a day when it ends, while others ask it for reports.
func TestRunningReader(t *testing.T) {
	h := newReal(t)
	ctx, stop := context.WithCancel(t.Context())
	asking, enough := context.WithCancel(ctx)
	var done, asked sync.WaitGroup
	done.Go(func() { h.reader.Run(ctx) })
	asked.Go(func() {
		for asking.Err() == nil {
			if r, err := h.reader.Report(t.Context(), "2026-11-24", "2026-11-24"); err != nil || r.Total.Taken < r.Total.Served {
				t.Errorf("%+v %v", r.Total, err)
			}
		}
	})
	for range 5 {
		h.serve("land", 3)
	}
	enough()
	asked.Wait() // a report would make the roll-up as well
	h.do(kiosk.CloseDay{By: "user:dung"})
	kept := func() bool {
		_, state, err := h.journal.State("report/2026-11-24")
		return err == nil && state != nil
	}
	for tries := 0; !kept(); tries++ {
		if tries > 10_000 {
			t.Fatal("no roll-up is kept")
		}
		<-time.After(time.Millisecond)
	}
	stop()
	done.Wait()
}
