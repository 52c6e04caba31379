package report_test

import (
	"time"

	"layso/kiosk"
)

func (s *stage) heat(got kiosk.Report, all []fact) {
	want := map[[2]int]kiosk.HeatCell{}
	waits, days := map[[2]int][]int64{}, map[string]bool{}
	for _, f := range all {
		day, _ := time.Parse(time.DateOnly, f.day)
		weekday := (int(day.Weekday())+6)%7 + 1
		days[f.day] = true
		k := [2]int{weekday, f.hour}
		c := want[k]
		c.Weekday, c.Hour, c.Taken = weekday, f.hour, c.Taken+1
		if want[k] = c; f.wait >= 0 {
			waits[k] = append(waits[k], f.wait)
		}
	}
	for _, c := range got.Heat {
		k := [2]int{c.Weekday, c.Hour}
		w := want[k]
		w.MeanWaitS = slowMean(waits[k])
		for day := range days {
			if d, _ := time.Parse(time.DateOnly, day); int(d.Weekday()) == c.Weekday%7 {
				w.Days++
			}
		}
		s.same("heat", c, w)
		delete(want, k)
	}
	for k := range want {
		if k[1] >= 0 {
			s.Fatalf("no heat for %v", k)
		}
	}
}

func (s *stage) ratings(got kiosk.Report, all []fact) {
	want := slowRatings(all, func(fact) bool { return true }, func(fact) bool { return true })
	s.same("ratings", got.Ratings.Rated, want)
	reasons, counters := map[string]int{}, map[string]bool{}
	for _, f := range all {
		if f.outcome != kiosk.TicketFinished {
			continue
		}
		counters[f.last[0]] = true
		if f.stars > 0 {
			counters[f.ratedAt] = true
			said := map[string]bool{}
			for _, reason := range f.reasons {
				said[map[string]string{"quick": "quick", "Chờ lâu": "long_wait", "long_wait": "long_wait", "cô Hoa": "other", "other": "other"}[reason]] = true
			}
			for reason := range said {
				reasons[reason]++
			}
		}
	}
	for _, c := range got.Ratings.Counters {
		s.same("ratings of counter "+c.ID, c.Rated, slowRatings(all, func(f fact) bool { return f.last[0] == c.ID }, func(f fact) bool { return f.ratedAt == c.ID }))
		delete(counters, c.ID)
	}
	for i, x := range got.Ratings.Reasons {
		s.same("reason "+x.Reason, x.N, reasons[x.Reason])
		if i > 0 && got.Ratings.Reasons[i-1].N < x.N {
			s.Fatal("the reasons are not sorted")
		}
	}
	if len(counters) > 0 || len(reasons) != len(got.Ratings.Reasons) {
		s.Fatalf("no ratings of the counters %v, or not all of the reasons %v", counters, reasons)
	}
}

func slowRatings(all []fact, finished, rated func(fact) bool) (x kiosk.Rated) {
	sum := 0
	for _, f := range all {
		if f.outcome != kiosk.TicketFinished {
			continue
		}
		if finished(f) {
			x.Finished++
		}
		if f.stars > 0 && rated(f) {
			x.Stars[f.stars-1]++
			x.Rated++
			sum += f.stars
		}
	}
	if x.Rated > 0 {
		x.Mean = float64(sum) / float64(x.Rated)
	}
	if x.Finished > 0 {
		x.Rate = float64(x.Rated) / float64(x.Finished)
	}
	return x
}
