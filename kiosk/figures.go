package kiosk

// Figures are what a group of tickets came to. How each is counted stands in the comment of package report,
// which makes them. A duration is 0 where nothing was measured, and its count says so.
type Figures struct {
	Taken     int `json:"taken"`     // tickets given
	Served    int `json:"served"`    // finished
	NoShows   int `json:"no_shows"`  // nobody came to the call, nor later
	Cancelled int `json:"cancelled"` // by the citizen, or because the day ended
	SentHome  int `json:"sent_home"` // of these, because the day ended
	Dossiers  int `json:"dossiers"`  // handed in, as counted by the clerks

	// Waits until the first call, as in [Sums].
	Called      int     `json:"called"`         // waits that are known
	MeanWaitS   int     `json:"mean_wait_s"`    // seconds, as all that end in S
	MedianWaitS int     `json:"median_wait_s"`  //
	P90WaitS    int     `json:"p90_wait_s"`     //
	LongestS    int     `json:"longest_wait_s"` //
	Within15    float64 `json:"within_15"`      // share that waited 15 minutes at most, 0-1

	// Services at a counter, from the call to the finish, the next service of the route or the transfer.
	Timed          int `json:"timed"` // those whose length is known
	MeanServiceS   int `json:"mean_service_s"`
	MedianServiceS int `json:"median_service_s"`
	P90ServiceS    int `json:"p90_service_s"`

	// What was printed on the tickets against how long they waited.
	Foretold       int     `json:"foretold"`        // tickets that were scored
	ForecastOffS   int     `json:"forecast_off_s"`  // mean absolute error of the median that was told
	ForecastWithin float64 `json:"forecast_within"` // share called by the P80, of those that were told to wait, 0-1; 1 where none was
}

// ServiceFigures are the figures of a service, also of one that the hall has no longer.
type ServiceFigures struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"` // may be empty
	Figures
}

// CounterFigures are the figures of a counter, also of one that the hall has no longer.
type CounterFigures struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"` // may be empty
	Figures
}

// ClerkFigures are the figures of somebody who called tickets.
type ClerkFigures struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Figures
}

// HourFigures are the figures of the tickets that were taken in an hour of the day.
type HourFigures struct {
	Hour int `json:"hour"` // 0-23, in the hall's zone
	Figures
}

// DayFigures are the figures of a business day.
type DayFigures struct {
	Day string `json:"day"` // YYYY-MM-DD
	Figures
}

// WeekFigures are the figures of a week, as far as the report goes over it.
type WeekFigures struct {
	Week string `json:"week"` // ISO 8601, e.g. 2026-W48
	From string `json:"from"` // its first and last date in the report, YYYY-MM-DD
	To   string `json:"to"`   //
	Figures
}

// MonthFigures are the figures of a month, as far as the report goes over it.
type MonthFigures struct {
	Month string `json:"month"` // YYYY-MM
	Figures
}

// HeatCell is an hour of a weekday.
type HeatCell struct {
	Weekday   int `json:"weekday"`     // 1 Monday - 7 Sunday
	Hour      int `json:"hour"`        // 0-23, in the hall's zone
	Taken     int `json:"taken"`       // tickets taken then, on all of these weekdays
	Days      int `json:"days"`        // business days of the report on this weekday
	MeanWaitS int `json:"mean_wait_s"` // of those tickets; 0 where no wait is known
}

// Rated is what citizens said of the services that were finished.
type Rated struct {
	Finished int     `json:"finished"` // tickets that could be rated
	Rated    int     `json:"rated"`    // tickets that were
	Rate     float64 `json:"rate"`     // rated by finished, 0-1
	Mean     float64 `json:"mean"`     // 1-5; 0 where nobody has rated
	Stars    [5]int  `json:"stars"`    // tickets with one star, with two, to five
}

// ReasonCount is how often a reason was given for a rating.
type ReasonCount struct {
	Reason string `json:"reason"` // see [ReasonCode]
	N      int    `json:"n"`
}

// CounterRatings are the ratings of what was finished at a counter. They are tied to no person.
type CounterRatings struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"` // may be empty
	Rated
}

// Ratings are a span's ratings.
type Ratings struct {
	Rated
	Reasons  []ReasonCount    `json:"reasons"` // most frequent first
	Counters []CounterRatings `json:"counters"`
}

// SpanFigures are the figures of a whole span.
type SpanFigures struct {
	From  string  `json:"from"` // first and last date, YYYY-MM-DD
	To    string  `json:"to"`   //
	Total Figures `json:"total"`
}

// Report is what a span of business days came to. Its lists are never nil; hours, days, weeks and months
// in which nothing happened are left out of them.
type Report struct {
	From         string `json:"from"` // first and last date, YYYY-MM-DD
	To           string `json:"to"`   //
	BusinessDays int    `json:"business_days"`
	Provisional  bool   `json:"provisional"` // a day that has not ended is among them

	Total    Figures          `json:"total"`
	Services []ServiceFigures `json:"services"` // in the order of the hall, then those that it has no longer
	Counters []CounterFigures `json:"counters"` // in the order of the hall, then those that it has no longer
	Clerks   []ClerkFigures   `json:"clerks"`   // who called somebody or ended a service, in the order of the users
	Hours    []HourFigures    `json:"hours"`
	Days     []DayFigures     `json:"days"`
	Weeks    []WeekFigures    `json:"weeks"`
	Months   []MonthFigures   `json:"months"`
	Heat     []HeatCell       `json:"heat"` // by weekday and hour
	Ratings  Ratings          `json:"ratings"`
	Before   *SpanFigures     `json:"before"` // the span of the same kind just before; nil where the log has no business day there
}

// NewReport gives the report of a span in which nothing happened.
func NewReport(from, to string) Report {
	return Report{
		From: from, To: to, Services: []ServiceFigures{}, Counters: []CounterFigures{}, Clerks: []ClerkFigures{}, Hours: []HourFigures{}, Days: []DayFigures{},
		Weeks: []WeekFigures{}, Months: []MonthFigures{}, Heat: []HeatCell{}, Ratings: Ratings{Reasons: []ReasonCount{}, Counters: []CounterRatings{}},
	}
}
