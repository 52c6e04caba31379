package report_test

import (
	"fmt"
	"maps"
	"slices"

	"layso/kiosk"
)

// slowMean gives half-up seconds of a mean of milliseconds.
func slowMean(ms []int64) int {
	sum := int64(0)
	for _, x := range ms {
		sum += x
	}
	n := int64(len(ms))
	if n == 0 {
		return 0
	}
	return int((2*sum + 1000*n) / (2000 * n))
}

// quantile is the least of the values that so many of ten do not exceed.
func quantile(ms []int64, tenths int) int {
	for _, x := range slices.Sorted(slices.Values(ms)) {
		n := 0
		for _, y := range ms {
			if y <= x {
				n++
			}
		}
		if 10*n >= tenths*len(ms) {
			return int((x + 500) / 1000)
		}
	}
	return 0
}

// keys say under which rows a fact counts: as taken, as served or missed, and each of its parts.
type keys struct {
	taken, ended func(fact) string
	part         func(fact, part) string
}

func same(of func(fact) string) keys {
	return keys{of, of, func(f fact, _ part) string { return of(f) }}
}

// slowFigures are the figures by row.
func slowFigures(all []fact, k keys) map[string]kiosk.Figures {
	names := map[string]bool{}
	for _, f := range all {
		names[k.taken(f)], names[k.ended(f)] = true, true
		for _, p := range f.parts {
			names[k.part(f, p)] = true
		}
	}
	delete(names, "")
	out := map[string]kiosk.Figures{}
	for name := range names {
		out[name] = slowRow(all, k, name)
	}
	maps.DeleteFunc(out, func(_ string, f kiosk.Figures) bool { return f == kiosk.Figures{} })
	return out
}

func slowRow(all []fact, k keys, name string) (x kiosk.Figures) {
	var waits, times, off []int64
	short, asked, kept := 0, 0, 0
	for _, f := range all {
		if k.taken(f) == name {
			x.Taken++
			if f.outcome == kiosk.TicketCancelled {
				x.Cancelled++
				if f.sent {
					x.SentHome++
				}
			}
			if f.wait >= 0 {
				waits = append(waits, f.wait)
				if f.wait <= 15*60*1000 {
					short++
				}
			}
			if f.told != nil {
				d := f.wait - int64(f.told.P50S)*1000
				off = append(off, max(d, -d))
				if f.told.P80S > 0 {
					asked++
					if f.wait <= int64(f.told.P80S)*1000 {
						kept++
					}
				}
			}
		}
		if k.ended(f) == name {
			switch f.outcome {
			case kiosk.TicketFinished:
				x.Served++
			case kiosk.TicketNoShow:
				x.NoShows++
			}
		}
		for _, p := range f.parts {
			if k.part(f, p) == name {
				x.Dossiers += p.dossiers
				if p.took >= 0 {
					times = append(times, p.took)
				}
			}
		}
	}
	x.Called, x.MeanWaitS, x.MedianWaitS, x.P90WaitS = len(waits), slowMean(waits), quantile(waits, 5), quantile(waits, 9)
	x.LongestS = quantile(waits, 10)
	x.Timed, x.MeanServiceS, x.MedianServiceS, x.P90ServiceS = len(times), slowMean(times), quantile(times, 5), quantile(times, 9)
	x.Foretold, x.ForecastOffS = len(off), slowMean(off)
	if len(waits) > 0 {
		x.Within15 = float64(short) / float64(len(waits))
	}
	switch {
	case asked > 0:
		x.ForecastWithin = float64(kept) / float64(asked)
	case len(off) > 0:
		x.ForecastWithin = 1
	}
	return x
}

func hourName(f fact) string {
	if f.hour < 0 {
		return ""
	}
	return fmt.Sprint(f.hour)
}
