package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"layso/configs"
	"layso/web"
)

// backupRetry is how long after an automatic backup that failed the next one is tried.
const backupRetry = 15 * time.Minute

// run makes the backup of each business day when it has ended; one that ended while layso did not run gets its backup
// at the start. It returns when ctx ends.
func (b *backups) run(ctx context.Context) {
	retry := time.NewTicker(backupRetry)
	defer retry.Stop()
	for ctx.Err() == nil {
		changed := b.owner.Changed()
		b.look(ctx)
		select {
		case <-changed:
		case <-retry.C:
		case <-ctx.Done():
		}
	}
}

// look makes a backup if one is due, and deletes what is not kept any more.
func (b *backups) look(ctx context.Context) {
	v := b.owner.View()
	state := fmt.Sprint(v.Day(), v.DayClosed())
	if state == b.looked || !b.failed.IsZero() && time.Since(b.failed) < backupRetry {
		return
	}
	due, err := b.due()
	if err == nil && due {
		_, err = b.make(ctx, "auto", "system")
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		b.failed = time.Now()
		b.say(err.Error())
		b.log.Error("the backup of the day failed", "err", err)
	default:
		b.looked, b.failed = state, time.Time{}
		if due {
			b.rotate()
		}
	}
}

// due reports whether a business day has ended that no good backup holds. One of a log that ended when a backup was restored
// does not hold the days of this one.
func (b *backups) due() (bool, error) {
	closed, err := b.journal.LastClosed()
	if err != nil || closed == "" {
		return false, err
	}
	list, err := b.List()
	if err != nil {
		return false, err
	}
	for _, x := range list {
		l := readLabel(filepath.Join(b.folder, x.Name))
		if l.Verified && (l.Kind == "auto" || l.Kind == "hand") && l.Epoch == b.journal.Epoch() && l.Closed >= closed {
			return false, nil
		}
	}
	return true, nil
}

// rotate deletes the automatic backups that are not kept any more. The newest has just been read back. Those that were made
// while the clock was ahead of now count for nothing and stay.
func (b *backups) rotate() {
	list, err := b.List()
	if err != nil {
		b.log.Warn("looking which backups are kept", "err", err)
		return
	}
	now := b.now()
	list = slices.DeleteFunc(list, func(x web.Backup) bool { return x.At.After(now) })
	for _, name := range expendable(list, b.keep) {
		b.log.Info("an old backup is deleted", "name", name)
		remove(filepath.Join(b.folder, name))
	}
}

// expendable gives the automatic backups of a list, newest first, that are not kept: the newest of each of
// so many days, weeks and months stays. One that was not read back counts for nothing and stays.
func expendable(list []web.Backup, keep configs.Keep) (gone []string) {
	kept := map[string]bool{}
	for _, span := range []struct {
		n  int
		of func(time.Time) string
	}{
		{keep.Daily, func(t time.Time) string { return t.Format(time.DateOnly) }},
		{keep.Weekly, func(t time.Time) string { return fmt.Sprint(t.ISOWeek()) }},
		{keep.Monthly, func(t time.Time) string { return t.Format("2006-01") }},
	} {
		seen := map[string]bool{}
		for _, x := range list {
			if at := span.of(x.At); automatic(x) && !seen[at] && len(seen) < span.n {
				seen[at], kept[x.Name] = true, true
			}
		}
	}
	for _, x := range list {
		if automatic(x) && !kept[x.Name] {
			gone = append(gone, x.Name)
		}
	}
	return gone
}

func automatic(x web.Backup) bool { return x.Kind == "auto" && x.Verified }
