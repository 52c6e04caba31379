package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"layso/kiosk"
	"layso/kiosk/journal"
	"layso/web"
)

// A backup is restored in steps, so that a power cut between any two of them leaves the old hall or the new one, whole:
//
//  1. it is copied to data/.restore.new, verified there, and the plan is written beside it;
//  2. the folder gets its name, data/restore: from here on every start finishes what was begun;
//  3. the server ends, and what it has is linked into the backups' folder under another name;
//  4. the new journal takes the old one's name, in one step;
//  5. the recordings follow, the log is told, and the folder goes.
const (
	restoreNew  = ".restore.new"
	restorePlan = "restore"
	planFile    = "plan.json"
)

// plan is what is being restored.
type plan struct {
	Name   string    `json:"name"` // of the backup
	By     string    `json:"by"`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
	Aside  string    `json:"aside"` // path that what was there before gets
	Voice  bool      `json:"voice"` // the backup has recordings
	Events uint64    `json:"events"`
	Done   bool      `json:"done"` // all is in its place, and only the log has to be told
}

// Restore implements web.Backups. The server starts anew once it has answered.
func (b *backups) Restore(ctx context.Context, name, by, reason string) error {
	if !b.busy.TryLock() {
		return web.ErrBackupBusy
	}
	path, err := b.path(name)
	if err == nil {
		err = b.prepare(ctx, path, plan{Name: name, By: by, Reason: reason})
	}
	if err != nil {
		b.busy.Unlock()
		return err
	}
	b.log.Warn("a backup is restored", "name", name, "by", by, "reason", reason)
	b.restart() // and nothing else is made or restored until then
	return nil
}

// prepare copies the backup into the data folder and makes the plan that the next start carries out.
func (b *backups) prepare(ctx context.Context, path string, p plan) error {
	staged := filepath.Join(b.data, restoreNew)
	if err := errors.Join(os.RemoveAll(staged), makeFolder(b.folder), os.Mkdir(staged, 0o700)); err != nil {
		return failedBackup(err)
	}
	defer os.RemoveAll(staged)
	info, err := os.Stat(path)
	if err == nil {
		err = b.room(b.data, info.Size())
	}
	if err != nil {
		return failedBackup(err)
	}
	report, err := journal.Restore(ctx, path, filepath.Join(staged, dataFile))
	if err != nil && (errors.Is(err, journal.ErrDamaged) || errors.Is(err, journal.ErrNewer)) {
		return badBackup(err)
	}
	if err != nil {
		return failedBackup(err)
	}
	p.Voice, p.Events, p.At = exists(voiceBeside(path)), report.Events, b.now()
	p.Aside = filepath.Join(b.folder, backupName("before-restore", p.At))
	for n := 2; exists(p.Aside); n++ {
		p.Aside = filepath.Join(b.folder, fmt.Sprintf("%s-%d.db", p.At.Format("before-restore-2006-01-02-150405"), n))
	}
	err = errors.Join(copyBeside(voiceBeside(path), filepath.Join(staged, voiceFile)), p.save(filepath.Join(staged, planFile)))
	if err == nil {
		err = os.Rename(staged, filepath.Join(b.data, restorePlan))
	}
	if err == nil {
		if err = syncFolder(b.data); err != nil {
			dropPlan(b.data) // who is told that it failed must not get it at the next start
		}
	}
	if err != nil {
		return failedBackup(err)
	}
	return nil
}

// dropPlan ends a restoration. The plan goes first: without the other files it would be taken for one that is nearly done.
func dropPlan(data string) error {
	folder := filepath.Join(data, restorePlan)
	if err := os.Remove(filepath.Join(folder, planFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if exists(folder) {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	return os.RemoveAll(folder)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// restoration carries a plan out. Each step can be done again after a power cut.
type restoration struct {
	plan
	data string
	step func(name string) error // called before each step; tests cut the power
}

// restoring gives the restoration that was begun in the data folder; nil where there is none, or none whose plan can be read.
func restoring(data string) (*restoration, error) {
	os.RemoveAll(filepath.Join(data, restoreNew)) // what was never said to be restored
	raw, err := os.ReadFile(filepath.Join(data, restorePlan, planFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // all was done but the end
	}
	r := &restoration{data: data}
	if err == nil {
		err = json.Unmarshal(raw, &r.plan)
	}
	if err != nil {
		return nil, fmt.Errorf("reading what is being restored: %w", err)
	}
	return r, nil
}

func (r *restoration) staged(name string) string  { return filepath.Join(r.data, restorePlan, name) }
func (r *restoration) present(name string) string { return filepath.Join(r.data, name) }

// change puts the backup in place of what is there. While nobody has touched what is there it can fail without harm,
// and leaves everything as it was; cut reports that a test has cut the power.
func (r *restoration) change() (cut bool, err error) {
	if r.Done {
		return false, nil // what is there since is not to be touched again
	}
	for _, s := range []struct {
		name string
		do   func() error
	}{{"aside", r.putAside}, {"switch", r.switchOver}, {"voice", r.switchVoice}, {"done", r.allThere}} {
		if r.step != nil {
			if err := r.step(s.name); err != nil {
				return true, err
			}
		}
		if err := s.do(); err != nil {
			err = fmt.Errorf("restoring %s: %w", r.Name, err)
			if exists(r.staged(dataFile)) { // not switched over
				r.giveUp()
			}
			return false, err
		}
	}
	return false, nil
}

// putAside makes what is there a backup, by a second name where the folder is on the same disk.
func (r *restoration) putAside() error {
	if !exists(r.staged(dataFile)) || !exists(r.present(dataFile)) {
		return nil // switched over already, or there was nothing
	}
	for _, f := range []struct{ from, to string }{{r.present(voiceFile), voiceBeside(r.Aside)}, {r.present(dataFile), r.Aside}} {
		if !exists(f.from) || exists(f.to) {
			continue
		}
		if os.Link(f.from, f.to) == nil {
			continue
		}
		if err := copyBeside(f.from, f.to); err != nil {
			return err
		}
	}
	l := label{Backup: web.Backup{Name: filepath.Base(r.Aside), Kind: "before-restore", At: r.At, By: r.By}}
	l.measure(r.Aside, r.Aside)
	return errors.Join(l.save(r.Aside), syncFolder(filepath.Dir(r.Aside)))
}

// giveUp leaves what is there as it is.
func (r *restoration) giveUp() {
	dropPlan(r.data)
	remove(r.Aside) // a second name of what stays in use, or a copy of it
}

func (r *restoration) switchOver() error {
	if !exists(r.staged(dataFile)) {
		return nil
	}
	return errors.Join(os.Rename(r.staged(dataFile), r.present(dataFile)), syncFolder(r.data), syncFolder(r.staged("")))
}

func (r *restoration) switchVoice() error {
	switch {
	case exists(r.staged(voiceFile)):
		return errors.Join(os.Rename(r.staged(voiceFile), r.present(voiceFile)), syncFolder(r.data))
	case !r.Voice:
		if err := os.Remove(r.present(voiceFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func (r *restoration) allThere() error {
	r.Done = true
	return r.plan.save(r.staged(planFile))
}

func (p plan) save(path string) error {
	return writeWhole(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(p) })
}

// finish tells the restored log what became of it, once, and ends the restoration.
func (r *restoration) finish(j *journal.Journal, owner *kiosk.Owner) error {
	told := false
	events, err := j.Since(r.Events, 1000)
	for _, e := range events {
		told = told || e.Type == kiosk.DataRestored && e.What == r.Name
	}
	if err == nil && !told {
		_, err = owner.Do(context.Background(), kiosk.Note{Event: kiosk.Event{Type: kiosk.DataRestored, By: r.By, What: r.Name, Reason: r.Reason}})
	}
	if err != nil {
		return fmt.Errorf("noting that a backup was restored: %w", err) // the next start tries again
	}
	return dropPlan(r.data)
}
