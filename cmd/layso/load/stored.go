package load

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// again is how often what happens seldom is measured, the figure being the median: five times, unless the run is a short one.
func (b *bench) again() int {
	if b.Span < time.Second {
		return 1
	}
	return 5
}

// stored measures what a log of so many tickets costs, for each size.
func (b *bench) stored(ctx context.Context) error {
	for _, n := range b.Stored {
		dir, err := b.folder()
		if err != nil {
			return err
		}
		if err := b.log(ctx, dir, n); err != nil {
			return err
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// log measures a log of n tickets.
func (b *bench) log(ctx context.Context, dir string, n int) error {
	file := filepath.Join(dir, "layso.db")
	begun := time.Now()
	filled, err := Fill(ctx, file, n, begun)
	if err != nil {
		return err
	}
	b.of(n, "", fmt.Sprintf("making it (%d events)", filled.Events), time.Since(begun).Seconds(), "s")
	if info, err := os.Stat(file); err == nil {
		b.of(n, "", "the file", float64(info.Size())/1e6, "MB")
	}
	if err := b.first(ctx, dir, filled); err != nil {
		return err
	}
	if err := b.starts(ctx, dir, n); err != nil {
		return err
	}
	o := &office{Filled: filled, dir: dir}
	if err := b.staff(ctx, o); err != nil {
		return err
	}
	defer o.stop()
	for _, measure := range []func(context.Context, *office, int) error{b.reports, b.stream, b.backup} {
		if err := measure(ctx, o, n); err != nil {
			return err
		}
	}
	return o.stop()
}

// of keeps a figure of a log of n tickets.
func (b *bench) of(n int, series, what string, value float64, unit string) {
	b.add(Figure{Name: fmt.Sprintf("%d tickets stored: %s", n, what), Value: value, Unit: unit, Series: series, Size: n}, "")
}

// starts measures from the start of the process to the first answer, with the file in the system's memory and, where the
// system can be asked to forget it, without.
func (b *bench) starts(ctx context.Context, dir string, n int) error {
	var warm, cold, busy []time.Duration
	for range b.again() {
		took, u, err := b.firstAnswer(ctx, dir, nil)
		if err != nil {
			return err
		}
		warm, busy = append(warm, took), append(busy, u.cpu)
		forget(filepath.Join(dir, "layso.db"))
		if took, _, err = b.firstAnswer(ctx, dir, nil); err != nil {
			return err
		}
		cold = append(cold, took)
	}
	b.of(n, "start", "start, to the first answer", ms(median(warm)), "ms")
	b.of(n, "", "processor time up to there", ms(median(busy)), "ms")
	b.of(n, "start, file not cached", "start, to the first answer, file not cached", ms(median(cold)), "ms")
	_, m, err := b.firstAnswer(ctx, dir, func() error { b.settle(); return nil })
	b.of(n, "", "memory of the idle server, its own", m.own, "MB")
	b.of(n, "", "memory of the idle server, pages of the file and the program", m.files, "MB")
	return err
}

// first starts the server as an office starts it in the morning: what its readers keep is made, and the backup of the day
// before, which is read back.
func (b *bench) first(ctx context.Context, dir string, f Filled) error {
	var backed time.Duration
	took, _, err := b.firstAnswer(ctx, dir, func() error {
		begun := time.Now()
		for f.From != f.To { // a day has ended
			if found, _ := filepath.Glob(filepath.Join(dir, "backups", "*.db")); len(found) > 0 {
				backed = time.Since(begun)
				return nil
			}
			if !waitUntil(ctx, time.Now().Add(10*time.Millisecond)) {
				return ctx.Err()
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.of(f.Tickets, "", "first start on it, to the first answer", ms(took), "ms")
	if backed > 0 {
		b.of(f.Tickets, "", "backup at the end of a day, read back", backed.Seconds(), "s")
	}
	return nil
}

// used is what a server has used up to its first answer, and what it has in memory later.
type used struct {
	cpu time.Duration
	memory
}

// firstAnswer starts the server, asks what stands in the hall, and stops it again; not before meanwhile has returned, if that
// is given, and m is what its memory was then.
func (b *bench) firstAnswer(ctx context.Context, dir string, meanwhile func() error) (took time.Duration, m used, err error) {
	begun := time.Now()
	s, err := b.start(ctx, "serve", "--listen", "127.0.0.1:0", "--data", dir)
	if err != nil {
		return 0, m, err
	}
	defer s.stop()
	if _, err := s.get(ctx, "/api/hall"); err != nil {
		return 0, m, err
	}
	took, m.cpu = time.Since(begun), s.cpu()
	if meanwhile != nil {
		if err := meanwhile(); err != nil {
			return 0, m, err
		}
		m.memory = s.memory()
	}
	return took, m, s.stop()
}

const dontNeed = 4 // POSIX_FADV_DONTNEED, posix_fadvise(2)

// forget asks the system to take the file out of its memory.
func forget(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	if f.Sync() == nil {
		syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0) // a system that does not is measured warm
	}
}

// reports measures the reports of all days, and of the last month.
func (b *bench) reports(ctx context.Context, o *office, n int) error {
	month := o.From
	if to, err := time.Parse(time.DateOnly, o.To); err == nil {
		month = max(month, to.AddDate(0, -1, 1).Format(time.DateOnly))
	}
	for _, span := range []struct{ series, from string }{{"report of all days", o.From}, {"report of a month", month}} {
		var took []time.Duration
		for range b.again() {
			begun := time.Now()
			if _, err := o.get(ctx, "/api/reports?"+url.Values{"from": {span.from}, "to": {o.To}}.Encode()); err != nil {
				return err
			}
			took = append(took, time.Since(begun))
		}
		b.of(n, span.series, span.series, ms(median(took)), "ms")
	}
	return nil
}

// stream measures tickets and calls on top of what is stored.
func (b *bench) stream(ctx context.Context, o *office, n int) error {
	at, err := closed(ctx, 1, b.Span, 0, func(ctx context.Context, _ int) error {
		_, err := o.take(ctx)
		return err
	})
	if err != nil {
		return err
	}
	b.add(Figure{Name: fmt.Sprintf("%d tickets stored: a ticket, one caller", n), Value: ms(at.At(0.5)), Unit: "ms", Latency: at.latency(), Series: "a ticket", Size: n}, "")
	var c clerk
	if at, err = closed(ctx, 1, b.Span, at.n-1, func(ctx context.Context, _ int) error { return c.next(ctx, o.server, 0) }); err != nil {
		return err
	}
	b.add(Figure{Name: fmt.Sprintf("%d tickets stored: a call, one counter", n), Value: ms(at.At(0.5)), Unit: "ms", Latency: at.latency(), Series: "a call", Size: n}, "")
	return nil
}

// backup measures "layso backup" through the server that runs.
func (b *bench) backup(ctx context.Context, o *office, n int) error {
	to := filepath.Join(b.Dir, "backup.db")
	begun := time.Now()
	if out, err := exec.CommandContext(ctx, b.Program, "backup", "--data", o.dir, "--to", to).CombinedOutput(); err != nil {
		return fmt.Errorf("backup: %w: %s", err, out)
	}
	b.of(n, "backup", "backup", ms(time.Since(begun)), "ms")
	return os.Remove(to)
}
