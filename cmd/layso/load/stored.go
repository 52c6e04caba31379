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
	var warm, cold []time.Duration
	again := b.again() + 1 // the first one is another thing
	for i := range 2 * again {
		if i >= again {
			forget(filepath.Join(dir, "layso.db"))
		}
		took, own, err := b.firstAnswer(ctx, dir, i == again-1)
		if err != nil {
			return err
		}
		switch {
		case i == 0: // makes what its readers keep, as an office's first start does
			b.of(n, "", "first start, to the first answer", ms(took), "ms")
		case i < again:
			warm = append(warm, took)
		default:
			cold = append(cold, took)
		}
		if i == again-1 { // it ran long enough
			b.of(n, "", "memory of the idle server, its own", own.own, "MB")
			b.of(n, "", "memory of the idle server, pages of the file and the program", own.files, "MB")
		}
	}
	b.of(n, "start", "start, to the first answer", ms(median(warm)), "ms")
	b.of(n, "start, file not cached", "start, to the first answer, file not cached", ms(median(cold)), "ms")
	return nil
}

// firstAnswer starts the server, asks what stands in the hall, and stops it again; idle: not before it has come to rest.
func (b *bench) firstAnswer(ctx context.Context, dir string, idle bool) (took time.Duration, m memory, err error) {
	begun := time.Now()
	s, err := b.start(ctx, "serve", "--listen", "127.0.0.1:0", "--data", dir)
	if err != nil {
		return 0, m, err
	}
	defer s.stop()
	if _, err := s.get(ctx, "/api/hall"); err != nil {
		return 0, m, err
	}
	took = time.Since(begun)
	if idle {
		b.settle()
		m = s.memory()
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
