package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
)

// The command line asks a running server over a Unix socket in the data folder, which only the
// server's own user can open. No other process can open the journal meanwhile.
func socketOf(data string) string { return filepath.Join(data, "control.sock") }

// maxSocketPath is what Linux allows in bytes (unix(7)); beyond it, it speaks of an invalid argument.
const maxSocketPath = 107

// listenControl takes the socket over; the journal's lock has made sure that nobody else has it.
func listenControl(data string) (net.Listener, error) {
	path := socketOf(data)
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("the path of the data folder is too long: %s has %d bytes, a control socket's may have %d", path, len(path), maxSocketPath)
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("removing the old control socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("opening the control socket: %w", err)
	}
	return l, os.Chmod(path, 0o600)
}

type backupRequest struct {
	To   string `json:"to"`   // absolute path
	Name string `json:"name"` // that the log gets; the file's own where it is empty
}

func (h *hall) controlHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /backup", func(w http.ResponseWriter, r *http.Request) {
		var in backupRequest
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil || !filepath.IsAbs(in.To) {
			http.Error(w, "want {\"to\": absolute path}", http.StatusBadRequest)
			return
		}
		if err := makeBackup(r.Context(), h.journal, h.data, in.To, h.owner.Now()); err != nil {
			h.log.Error("backup failed", "to", in.To, "err", err)
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		note := kiosk.Note{Event: kiosk.Event{Type: kiosk.BackupMade, By: "system", What: cmp.Or(in.Name, filepath.Base(in.To))}}
		if _, err := h.owner.Do(r.Context(), note); err != nil {
			h.log.Error("noting that a backup was made", "to", in.To, "err", err)
		}
		h.log.Info("backup made", "to", in.To)
	})
	return mux
}

// backup copies the hall's data, through the running server where one runs.
func backup(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var data, to string
	err := flags("backup", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&data, "data", "", "the hall's data folder")
		f.StringVar(&to, "to", "", "the file to write; must not exist")
	})
	if err != nil {
		return err
	}
	if err := required("data", data, "to", to); err != nil {
		return err
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	running, err := askBackup(ctx, data, to)
	if !running {
		err = backupFile(ctx, data, to)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "backup written to %s\n", to)
	return nil
}

// askBackup asks the running server; running is false where none listens. A server that runs as another user than
// whoever asks need not be able to write where he can (systemd hides most of the disk from it): it writes into its
// own folder then, and its copy is brought to where it belongs.
func askBackup(ctx context.Context, data, to string) (running bool, err error) {
	mine, err := ownedByCaller(data)
	if err != nil {
		return false, nil // there is no data: who copies it says so
	}
	if mine {
		return requestBackup(ctx, data, backupRequest{To: to})
	}
	for _, path := range []string{to, voiceBeside(to)} {
		if exists(path) {
			return true, fmt.Errorf("%s: %w", path, journal.ErrExists)
		}
	}
	staged, err := filepath.Abs(filepath.Join(data, ".copy-"+filepath.Base(to)))
	if err != nil {
		return true, err
	}
	remove(staged) // of one that was broken off
	defer remove(staged)
	if running, err = requestBackup(ctx, data, backupRequest{staged, filepath.Base(to)}); !running || err != nil {
		return running, err
	}
	return true, errors.Join(copyBeside(voiceBeside(staged), voiceBeside(to)), copyBeside(staged, to))
}

func requestBackup(ctx context.Context, data string, in backupRequest) (running bool, err error) {
	conn, err := net.Dial("unix", socketOf(data))
	if err != nil {
		return false, nil
	}
	defer conn.Close()
	client := http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return conn, nil },
	}}
	body, err := json.Marshal(in)
	if err != nil {
		return true, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://layso/backup", bytes.NewReader(body))
	if err != nil {
		return true, err
	}
	answer, err := client.Do(r)
	if err != nil {
		return true, fmt.Errorf("asking the running server: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		why, _ := io.ReadAll(answer.Body)
		return true, fmt.Errorf("the running server could not: %s", bytes.TrimSpace(why))
	}
	return true, nil
}

func backupFile(ctx context.Context, data, to string) error {
	file := filepath.Join(data, dataFile)
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("no hall's data here: %w", err)
	}
	j, err := journal.Open(file, journal.Options{})
	if err != nil {
		return err
	}
	defer j.Close()
	return makeBackup(ctx, j, data, to, time.Now())
}

// restore puts a checked backup into an empty data folder.
func restore(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var data, from string
	err := flags("restore", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&data, "data", "", "the data folder to fill; must hold no hall yet")
		f.StringVar(&from, "from", "", "the backup file")
	})
	if err != nil {
		return err
	}
	if err := required("data", data, "from", from); err != nil {
		return err
	}
	if err := makeFolder(data); err != nil {
		return err
	}
	if exists(filepath.Join(data, voiceFile)) {
		return fmt.Errorf("%s: %w", filepath.Join(data, voiceFile), journal.ErrExists)
	}
	report, err := journal.Restore(ctx, from, filepath.Join(data, dataFile))
	if err != nil {
		return err
	}
	if err := copyBeside(voiceBeside(from), filepath.Join(data, voiceFile)); err != nil {
		return fmt.Errorf("the data is restored, but not the recordings: %w", err)
	}
	for _, name := range []string{dataFile, voiceFile} {
		if path := filepath.Join(data, name); exists(path) {
			if err := ownedAs(path, data); err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(stdout, "restored %d events of %d business days into %s\n", report.Events, report.Days, data)
	return nil
}

// verify checks a hall's data offline.
func verify(_ context.Context, args []string, stdout, stderr io.Writer) error {
	var data string
	var today bool
	var slips []journal.Mark
	err := flags("verify", args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&data, "data", "", "the hall's data folder")
		f.BoolVar(&today, "open-day", false, "look at the newest business day alone, as quickly as a start of layso does")
		f.Func("slip", "`NUMBER:CODE` of the record on a closing slip; may be given for several slips", func(s string) error {
			m, err := journal.ParseMark(s)
			slips = append(slips, m)
			return err
		})
	})
	if err != nil {
		return err
	}
	if err := required("data", data); err != nil {
		return err
	}
	if today {
		return journal.CheckToday(filepath.Join(data, dataFile))
	}
	report, err := journal.Verify(filepath.Join(data, dataFile), slips...)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d events, %d business days, %d tickets: nothing wrong\nhead of the chain: %s\n",
		report.Events, report.Days, report.Tickets, report.Head)
	if n := len(slips); n > 0 {
		fmt.Fprintf(stdout, "closing slips that agree: %d\n", n)
	}
	return nil
}
