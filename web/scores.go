package web

import "layso/kiosk"

// Days of scores in one answer of GET /api/forecast/scores.
const (
	defaultScoreDays = 30
	maxScoreDays     = 400
)

// getScores tells how well the forecast came true, newest day first.
func getScores(c *call) error {
	days, err := number(c.r, "days", defaultScoreDays)
	if err != nil {
		return err
	}
	if days < 1 || days > maxScoreDays {
		return invalid("days")
	}
	scores := []kiosk.ForecastDay{}
	if c.Scores != nil {
		scores = append(scores, c.Scores(int(days))...)
	}
	return c.json(200, scores)
}
