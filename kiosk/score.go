package kiosk

// EstimatorScore is how well one way to foretell a wait did, in seconds.
type EstimatorScore struct {
	Name     string  `json:"name"` // forecast, les, hol, ql or avg10
	N        int     `json:"n"`    // tickets scored
	MAES     float64 `json:"mae_s"`
	RMSES    float64 `json:"rmse_s"`
	BiasS    float64 `json:"bias_s"`       // mean of foretold minus true: negative when people wait longer than they are told
	Relative float64 `json:"relative_mae"` // mae_s by the mean wait; 0 when nobody waited
}

// ForecastScore is how well the printed ranges of a group of tickets came true.
type ForecastScore struct {
	Group      string           `json:"group"` // empty, a service, a priority class ("regular", "priority", "appointment") or an hour ("08")
	N          int              `json:"n"`
	MeanWaitS  float64          `json:"mean_wait_s"`
	Cover80    float64          `json:"cover_80"`   // share of waits within the printed P80, of the tickets that were told a wait, 0-1; 1 without any
	PinballS   float64          `json:"pinball_s"`  // pinball loss of the P80
	Late10     float64          `json:"late_10"`    // share called more than ten minutes after the P50, 0-1
	Estimators []EstimatorScore `json:"estimators"` // the forecast first
}

// ForecastDay is the score of one business day.
type ForecastDay struct {
	Day      string          `json:"day"`
	Total    ForecastScore   `json:"total"`
	Services []ForecastScore `json:"services"`
	Classes  []ForecastScore `json:"classes"`
	Hours    []ForecastScore `json:"hours"`
	Factor   float64         `json:"factor"` // of the calibration at the end of the day, 0.5-4
}
