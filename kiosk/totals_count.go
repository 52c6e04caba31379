package kiosk

import (
	"slices"
	"time"
)

func (d *Trips) totals() Totals {
	out := Totals{Day: d.Day, Sums: sumsOf(d.All), Services: []ServiceTotals{}}
	of := map[string][]*Trip{}
	for _, t := range d.All {
		of[t.Service] = append(of[t.Service], t)
	}
	for _, s := range d.Services {
		out.Services = append(out.Services, ServiceTotals{Service: s.ID, Name: s.Name, Sums: sumsOf(of[s.ID])})
	}
	return out
}

func sumsOf(trips []*Trip) Sums {
	s := Sums{Taken: len(trips)}
	var waits []time.Duration
	for _, t := range trips {
		switch t.State {
		case Finished:
			s.Served++
		case NoShow:
			s.NoShows++
		case Cancelled:
			s.Cancelled++
			if t.SentHome {
				s.SentHome++
			}
		}
		s.Reprints += max(0, t.Papers-1)
		if t.Wait >= 0 {
			waits = append(waits, t.Wait)
		}
	}
	s.waited(waits)
	return s
}

// waited fills in what the waits came to.
func (s *Sums) waited(waits []time.Duration) {
	if s.Called = len(waits); s.Called == 0 {
		return
	}
	slices.Sort(waits)
	sum, short := time.Duration(0), 0
	for _, w := range waits {
		sum += w
		if w <= ShortWait {
			short++
		}
	}
	rank := func(tenths int) int { return Seconds(waits[Rank(len(waits), tenths)]) }
	s.MeanWaitS, s.MedianWaitS, s.P90WaitS = Seconds(sum/time.Duration(len(waits))), rank(5), rank(9)
	s.LongestS, s.Within15 = Seconds(waits[len(waits)-1]), float64(short)/float64(len(waits))
}

// Rank gives where, of n ascending values, at least one, that one stands which so many tenths of them do not
// exceed.
func Rank(n, tenths int) int { return (n*tenths+9)/10 - 1 }

// Seconds gives whole seconds, the nearest.
func Seconds(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }
