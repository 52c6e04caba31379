package simulate_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"layso/kiosk/forecast/simulate"
)

const header = "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver\n"

// line is a row of a log.
func line(priority int, kind, start, exit string, waited int, outcome, from, to, server string) string {
	return fmt.Sprintf("AA\t1\t0\t%d\t%s\t990101\t0:00:00\t0:00:00\t0\t%s\t%s\t%d\t%s\t%s\t%s\t0\t%s\n", priority, kind, start, exit, waited, outcome, from, to, server)
}

func TestReadLog(t *testing.T) {
	got, err := simulate.ReadLog(strings.NewReader(strings.ReplaceAll(header+
		line(2, "PS", "8:00:10", "8:01:00", 50, "AGENT", "8:00:59", "8:02:00", "ANA")+ // the clocks differ by a second
		line(0, "NW", "0:00:00", "0:00:00", 0, "AGENT", "7:59:00", "7:59:30", "BEN")+
		"\n"+
		line(1, "PS", "9:00:00", "9:00:30", 30, "HANG", "0:00:00", "0:00:00", "NO_SERVER")+
		line(0, "PS", "0:00:00", "0:00:00", 0, "HANG", "0:00:00", "0:00:00", "NO_SERVER")+ // wanted nobody
		line(0, "PS", "8:00:00", "8:00:01", 1, "PHANTOM", "8:00:01", "8:00:02", "NO_SERVER")+
		line(0, "PS", "0:00:00", "0:00:00", 0, "AGENT", "0:00:00", "0:00:00", "ANA")+ // no time
		line(0, "PS", "23:59:50", "0:00:10", 20, "AGENT", "0:00:10", "0:01:00", "ANA"), "\n", "\r\n")))
	want := &simulate.Log{Types: []string{"NW", "PS"}, Days: []simulate.LogDay{{Date: "990101", Calls: []simulate.LogCall{
		{Type: "NW", At: 28740, Called: 28740, Ended: 28770, Served: true, Server: "BEN"},
		{Type: "PS", Class: simulate.Priority, At: 28810, Called: 28860, Ended: 28920, Served: true, Queued: true, Server: "ANA"},
		{Type: "PS", At: 32400, Called: 32430, Queued: true, Server: "NO_SERVER"},
		{Type: "PS", At: 86390, Called: 86410, Ended: 86460, Served: true, Queued: true, Server: "ANA"},
	}}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestReadLogSaysWhatIsWrongWhere(t *testing.T) {
	good := line(2, "PS", "8:00:10", "8:01:00", 50, "AGENT", "8:01:00", "8:02:00", "ANA")
	for text, want := range map[string]string{
		"":                           `line 1: no column "priority"`,
		"priority;type;date\n":       `line 1: no column "priority"`,
		header + good + "AA\t1\t0\n": `line 3: 3 cells, too few for type`,
		header + strings.Replace(good, "8:01:00", "8:61:00", 1):      `line 2: q_exit "8:61:00": want hh:mm:ss`,
		header + "\n" + strings.Replace(good, "8:02:00", "8:02", 1):  `line 3: ser_exit "8:02": want hh:mm:ss`,
		header + good + strings.Replace(good, "\t50\t", "\t-1\t", 1): `line 3: q_time "-1": want a whole number`,
		header + strings.Replace(good, "\t2\t", "\t3\t", 1):          `line 2: priority 3: want 0, 1 or 2`,
		header + good + strings.Repeat("x", 1<<17):                   `line 3: `,
	} {
		_, err := simulate.ReadLog(strings.NewReader(text))
		if wrong := new(simulate.LineError); !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.60q…: got %v, want %s", text, err, want)
		}
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add(header + line(2, "PS", "8:00:10", "8:01:00", 50, "AGENT", "8:00:59", "8:02:00", "ANA"))
	f.Add(header + line(1, "PS", "23:59:50", "0:00:10", 20, "HANG", "0:00:00", "0:00:00", "NO_SERVER"))
	f.Add("priority\ttype\n1")
	f.Fuzz(func(t *testing.T, text string) {
		log, err := simulate.ReadLog(strings.NewReader(text))
		if err != nil {
			if wrong := new(simulate.LineError); !errors.As(err, &wrong) || wrong.Line < 1 {
				t.Fatalf("the error names no line: %v", err)
			}
			return
		}
		for _, day := range log.Days {
			for _, c := range day.Calls {
				if c.At > c.Called || c.Served && c.Called > c.Ended || c.At < 0 {
					t.Fatalf("a call goes back in time: %+v", c)
				}
			}
		}
		r, err := log.Replay(t.Context(), 1, 90*time.Second, nil)
		if err != nil || r.Policies[0].Late+r.Policies[4].Late > 0 {
			t.Fatalf("late overtakes: %+v, %v", r, err)
		}
	})
}

// bank gives the bank's log. It is not part of layso: a test without it is skipped, and says so.
func bank(t *testing.T) *simulate.Log {
	t.Helper()
	const variable = "LAYSO_BANK_LOG"
	path := os.Getenv(variable)
	if path == "" {
		path = filepath.Join("..", "..", "..", "..", "shared", "data", "bank-1999-01.txt")
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Fprintf(os.Stderr, "%s is SKIPPED: there is no log of a bank at %s; name one with %s\n", t.Name(), path, variable)
		t.Skipf("there is no log of a bank at %s; name one with %s", path, variable)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	log, err := simulate.ReadLog(file)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// Property 11 of the facts: the bank's calls again with a credit of 90 s, and nobody is overtaken late.
// The other orders show that somebody can be. The log itself keeps the 90 s in 99 of 100 pairs.
func TestBankReplay(t *testing.T) {
	r, err := bank(t).Replay(t.Context(), 1, 90*time.Second, nil)
	if err != nil {
		t.Fatal(err)
	}
	fcfs, strict, credit := r.Policies[0], r.Policies[1], r.Policies[4]
	if credit.Late != 0 || fcfs.Late != 0 {
		t.Errorf("late overtakes: %d with a credit, %d with FCFS, want none", credit.Late, fcfs.Late)
	}
	if strict.Late == 0 {
		t.Error("nobody is overtaken late even with the strict order: the test proves nothing")
	}
	if r.Near.N < 1000 || r.Near.Share < 0.3 || r.Far.N < 300 || r.Far.Share > 0.02 {
		t.Errorf("in the log: %+v, %+v", r.Near, r.Far)
	}
	if credit.Regular.N+credit.Priority.N < 27_000 {
		t.Errorf("only %d and %d calls are answered", credit.Regular.N, credit.Priority.N)
	}
}
