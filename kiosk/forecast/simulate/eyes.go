package simulate

// The estimators of a Queue's waits (facts: "Estimators").
const (
	QL      = iota // (people waiting + 1) × mean service ÷ servers
	QLn            // the same, only where somebody waits
	QLm            // the same where people lose patience
	LES            // the wait of the last who entered service
	HOL            // the wait so far of the head of the line; only where there is one
	Refined        // ρ × HOL + two services of all servers
	NI             // the mean wait of those who must wait: no information
	Avg10          // the mean wait of the last ten who entered service
	Avg30          // of the last thirty
	estimators
)

// Names are the names of the estimators.
var Names = [estimators]string{"QL", "QL, n≥1", "QLm", "LES", "HOL", "HOL refined", "NI", "avg-10", "avg-30"}

// guesses is what the estimators say to one arrival, in mean service times; below 0 is nothing.
type guesses [estimators]float64

// eyes is what the estimators see of the hall.
type eyes struct {
	servers, load, rest float64 // rest: patience ends at this rate
	last                float64
	ten, thirty         window
	ladder              []float64 // QLm of n people waiting
}

func newEyes(q Queue) eyes {
	e := eyes{servers: float64(q.Servers), load: q.Load, ten: window{size: 10}, thirty: window{size: 30}}
	if q.Patience > 0 {
		e.rest = 1 / q.Patience
	}
	return e
}

// entered notes the wait of who enters service.
func (e *eyes) entered(wait float64) {
	e.last = wait
	e.ten.add(wait)
	e.thirty.add(wait)
}

// look gives what the estimators say to an arrival that must wait.
func (e *eyes) look(r *run, class int, now int64) guesses {
	g := guesses{QL: float64(r.waiting+1) / e.servers, LES: e.last, Avg10: e.ten.mean(), Avg30: e.thirty.mean()}
	g[QLn], g[QLm], g[HOL], g[Refined], g[NI] = -1, -1, -1, -1, -1
	if e.rest > 0 {
		g[QLm] = e.climb(r.waiting)
	} else if e.load < 1 {
		g[NI] = 1 / (e.servers * (1 - e.load))
	}
	for _, t := range r.line.queue(0, class) {
		if v := r.visitors[t.Ord]; !v.gone {
			g[QLn] = g[QL]
			g[HOL] = float64(now-v.at) / tick
			g[Refined] = e.load*g[HOL] + 2/e.servers
			break
		}
	}
	return g
}

// climb gives QLm: the i-th of n leaves at the rate sμ+iα, for i = 0..n.
func (e *eyes) climb(n int) float64 {
	for i := len(e.ladder); i <= n; i++ {
		sum := 1 / (e.servers + float64(i)*e.rest)
		if i > 0 {
			sum += e.ladder[i-1]
		}
		e.ladder = append(e.ladder, sum)
	}
	return e.ladder[n]
}

// window is a moving mean.
type window struct {
	values [30]float64
	size   int
	n      int
	sum    float64
}

func (w *window) add(x float64) {
	at := &w.values[w.n%w.size]
	w.sum += x - *at
	*at = x
	w.n++
}

func (w *window) mean() float64 { return max(0, w.sum) / float64(max(1, min(w.n, w.size))) }
