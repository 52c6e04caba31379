package paper

import "layso/kiosk"

// Minutes rounds an expected wait to what may be said to a citizen, in whole minutes: the median
// down and the four-in-five value up to the next 5, and beyond an hour and a half to the next 15.
// A more exact figure would promise what a forecast cannot keep. 0, 0 means at once; 0, 5 means
// less than five minutes; otherwise low is at least 5 and less than high.
func Minutes(r kiosk.Range) (low, high int) {
	if r.P80S <= 0 {
		return 0, 0
	}
	if r.P80S <= 5*60 {
		return 0, 5
	}
	step := 5
	if r.P80S > 90*60 {
		step = 15
	}
	low = max(5, r.P50S/60/step*step)
	high = (r.P80S + step*60 - 1) / (step * 60) * step
	return low, max(high, low+step)
}
