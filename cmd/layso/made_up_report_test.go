package main

import (
	"fmt"
	"math"
	"time"

	"layso/kiosk"
)

// aHalfYear makes up the second half of 2024.
func aHalfYear() kiosk.Report {
	r := kiosk.NewReport("2024-07-01", "2024-12-31")
	add := func(n int, wait float64) kiosk.Figures {
		return kiosk.Figures{
			Taken: n, Served: n * 93 / 100, NoShows: n * 4 / 100, Cancelled: n - n*93/100 - n*4/100, Dossiers: n * 61 / 100,
			Called: n * 98 / 100, MeanWaitS: int(wait * 60), MedianWaitS: int(wait * 51), P90WaitS: int(wait * 125), LongestS: int(wait * 280), Within15: math.Max(.2, 1-wait/40),
			Timed: n * 97 / 100, MeanServiceS: 465, MedianServiceS: 390, P90ServiceS: 980, Foretold: n * 9 / 10, ForecastOffS: 205, ForecastWithin: .836,
		}
	}
	weeks, months := map[string]*kiosk.WeekFigures{}, map[string]*kiosk.MonthFigures{}
	total, i := 0, 0
	for d := time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC); d.Format(time.DateOnly) <= r.To; d = d.AddDate(0, 0, 1) {
		if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
			continue
		}
		i++
		n := 96 + int(30*math.Sin(float64(i)/9)) + 25*int(time.Friday-d.Weekday())/4
		wait := 8.5 + 4*math.Sin(float64(i)/9) + 2*math.Cos(float64(i)*2)
		total += n
		day := d.Format(time.DateOnly)
		r.Days = append(r.Days, kiosk.DayFigures{Day: day, Figures: add(n, wait)})
		year, week := d.ISOWeek()
		name := fmt.Sprintf("%d-W%02d", year, week)
		if weeks[name] == nil {
			weeks[name] = &kiosk.WeekFigures{Week: name, From: day}
			r.Weeks = append(r.Weeks, kiosk.WeekFigures{Week: name})
		}
		w := weeks[name]
		w.To, w.Figures = day, add(w.Taken+n, 8.5+6.8*math.Sin(float64(i)/9))
		if months[day[:7]] == nil {
			months[day[:7]] = &kiosk.MonthFigures{Month: day[:7]}
			r.Months = append(r.Months, kiosk.MonthFigures{Month: day[:7]})
		}
		months[day[:7]].Figures = add(months[day[:7]].Taken+n, 8.5+2*math.Sin(float64(d.Month())))
	}
	for i := range r.Weeks {
		r.Weeks[i] = *weeks[r.Weeks[i].Week]
	}
	for i := range r.Months {
		r.Months[i] = *months[r.Months[i].Month]
	}
	r.BusinessDays, r.Total = len(r.Days), add(total, 9.2)
	for i, s := range []kiosk.ServiceFigures{{ID: "dat-dai", Name: "Đất đai", NameEN: "Land"}, {ID: "ho-tich", Name: "Hộ tịch", NameEN: "Civil status"}, {ID: "chung-thuc", Name: "Chứng thực", NameEN: "Certification"}, {ID: "tra-ket-qua", Name: "Trả kết quả", NameEN: "Results"}} {
		s.Figures = add(total*(38-9*i)/100, 12.5-3*float64(i))
		r.Services = append(r.Services, s)
	}
	for i := range 4 {
		c := kiosk.CounterFigures{ID: fmt.Sprint(i + 1), Name: fmt.Sprintf("Quầy %d", i+1), NameEN: fmt.Sprintf("Counter %d", i+1), Figures: add(total*(28-2*i)/100, 9+float64(i)/2)}
		r.Counters = append(r.Counters, c)
		rated := kiosk.Rated{Finished: c.Served, Rated: c.Served / 4, Rate: .25, Mean: 4.6 - .1*float64(i), Stars: [5]int{3, 6, 22, 140, c.Served/4 - 171}}
		r.Ratings.Counters = append(r.Ratings.Counters, kiosk.CounterRatings{ID: c.ID, Name: c.Name, NameEN: c.NameEN, Rated: rated})
	}
	for i, name := range []string{"Nguyễn Thị Lan", "Trần Văn Minh", "Lê Thu Hà", "Phạm Quốc Bảo"} {
		r.Clerks = append(r.Clerks, kiosk.ClerkFigures{ID: fmt.Sprintf("clerk%d", i+1), Name: name, Figures: add(total*(28-2*i)/100, 9)})
	}
	for _, hour := range []int{7, 8, 9, 10, 11, 13, 14, 15, 16} {
		busy := math.Exp(-math.Pow(float64(hour)-9, 2)/3) + .6*math.Exp(-math.Pow(float64(hour)-14.4, 2)/2)
		r.Hours = append(r.Hours, kiosk.HourFigures{Hour: hour, Figures: add(int(busy*3900), 3+11*busy)})
		for weekday := 1; weekday <= 5; weekday++ {
			r.Heat = append(r.Heat, kiosk.HeatCell{Weekday: weekday, Hour: hour, Taken: int(busy * float64(940-60*weekday)), Days: 26, MeanWaitS: int(60 * (4 + 13*busy - float64(weekday)/2))})
		}
	}
	r.Ratings.Rated = kiosk.Rated{Finished: r.Total.Served, Rated: r.Total.Served / 4, Rate: .25, Mean: 4.52, Stars: [5]int{12, 24, 88, 560, r.Total.Served/4 - 684}}
	for i, reason := range kiosk.RatingReasons() {
		r.Ratings.Reasons = append(r.Ratings.Reasons, kiosk.ReasonCount{Reason: reason.Code, N: 420 - 50*i})
	}
	r.Before = &kiosk.SpanFigures{From: "2024-01-01", To: "2024-06-30", Total: add(11874, 11.4)}
	return r
}
