package report

import (
	"time"

	"layso/kiosk"
)

func (a *tally) figures() kiosk.Figures {
	f := a.Figures
	f.MeanWaitS, f.MeanServiceS, f.ForecastOffS = mean(a.waited, f.Called), mean(a.served, f.Timed), mean(a.off, f.Foretold)
	f.Within15 = share(a.short, f.Called)
	if f.ForecastWithin = share(a.within, a.told); f.Foretold > 0 && a.told == 0 {
		f.ForecastWithin = 1
	}
	return f
}

// mean gives whole seconds of a sum of milliseconds, 0 of none.
func mean(sum int64, n int) int {
	if n == 0 {
		return 0
	}
	return kiosk.Seconds(time.Duration(sum) * time.Millisecond / time.Duration(n))
}

func seconds(ms int64) int { return kiosk.Seconds(time.Duration(ms) * time.Millisecond) }

// share is part of all, 0-1; 0 of none.
func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}
