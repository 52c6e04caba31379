package simulate

import "time"

// The profiles of the facts ("The load"): a Vietnamese office with its lunch, and Warsaw's without.
var (
	office = []Stretch{
		{450, 480, .06}, {480, 540, .22}, {540, 600, .21}, {600, 660, .15}, {660, 690, .03},
		{810, 840, .10}, {840, 900, .12}, {900, 960, .08}, {960, 1020, .03},
	}
	lunch = []Stretch{{From: 690, To: 810}}
	flat  = []Stretch{
		{480, 540, .12}, {540, 600, .10}, {600, 660, .13}, {660, 720, .15}, {720, 780, .14},
		{780, 840, .12}, {840, 900, .13}, {900, 960, .07}, {960, 1020, .02},
	}
)

// The indexes of the services of a one-stop office.
const (
	land = iota
	business
	civil
	certified
)

// lab is the lab hall of the facts: five counters, four services, of which the hall believes wrong
// times on its first day.
func lab(name string, perDay float64) Hall {
	return Hall{
		Name: name, PerDay: perDay, Profile: office, Lunch: lunch, Priority: .4, Credit: 30 * time.Minute, NoShow: .05,
		Services: []Service{{"land", 14, 10, .31}, {"business", 9, 12, .15}, {"civil status", 7, 5, .25}, {"certification", 4, 6, .29}},
		Counters: [][]int{{land}, {land}, {land, business}, {business, civil, certified}, {civil, certified}},
	}
}

// Halls gives the scenarios of the facts.
func Halls() []Hall {
	small := lab("small-20", 20)
	small.Counters = [][]int{{land, business}, {land, civil, certified}}
	crowd := lab("crowd-235", 235) // against a capacity of 165-180
	crowd.Services = []Service{{"land", 14, 10, .80}, {"business", 9, 12, .07}, {"civil status", 7, 5, .07}, {"certification", 4, 6, .06}}
	crowd.Counters = [][]int{{land}, {land}, {land}, {land, business}, {land, civil, certified}}
	noisy := lab("lab-190-noisy", 190)
	noisy.Uneven, noisy.Pauses = .25, 2
	return []Hall{small, lab("lab-165", 165), noisy, lab("lab-200", 200), crowd, branch(), warsaw()}
}

// branch is a branch with 25 counters, where one of five can do everything.
func branch() Hall {
	h := lab("branch-500", 500)
	h.Services = []Service{{"land", 20, 15, .40}, {"business", 16, 20, .20}, {"civil status", 18, 12, .20}, {"certification", 10, 12, .20}}
	h.Counters = nil
	for i := range 25 {
		h.Counters = append(h.Counters, [][]int{{land}, {land}, {business, civil}, {civil, certified}, {land, business, civil, certified}}[i%5])
	}
	return h
}

// warsaw is the busiest day of an office in Warsaw, with the times of the facts.
func warsaw() Hall {
	h := lab("warsaw-2549", 2549)
	h.Profile, h.Lunch = flat, nil
	h.Services = []Service{{"filing", 10, 8, .35}, {"identity", 12.6, 10, .25}, {"vehicles", 18.3, 15, .20}, {"residence", 16.6, 20, .10}, {"cash", 4.8, 5, .10}}
	h.Counters = nil
	for i := range 70 {
		h.Counters = append(h.Counters, [][]int{{0}, {0, 1}, {1, 4}, {2}, {2, 3}, {0, 1, 4}, {2, 3, 0}}[i%7])
	}
	return h
}
