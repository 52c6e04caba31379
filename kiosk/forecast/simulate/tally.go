package simulate

// Tally is what simulations of a Queue came to. Times are in mean service times.
type Tally struct {
	Waits   [classes]Mean       // of all, by class
	Delayed [estimators]Mistake // for all who must wait, those included who left before: against the wait that they would have had
	Served  [estimators]Mistake // for those who had to wait and were served
	Wait    Mean                // of all who must wait
}

// Mean is a sum and how many were added.
type Mean struct {
	N   int
	Sum float64
}

// Of gives the mean, 0 of nothing.
func (m Mean) Of() float64 { return m.Sum / float64(max(1, m.N)) }

func (m *Mean) add(x float64) { m.N++; m.Sum += x }

func (m *Mean) merge(o Mean) { m.N += o.N; m.Sum += o.Sum }

// Mistake is how wrong an estimator was.
type Mistake struct {
	N                   int
	abs, square, signed float64
}

// MSE is the mean squared error.
func (m Mistake) MSE() float64 { return m.square / float64(max(1, m.N)) }

// MAE is the mean absolute error.
func (m Mistake) MAE() float64 { return m.abs / float64(max(1, m.N)) }

// Bias is the mean of foretold minus true.
func (m Mistake) Bias() float64 { return m.signed / float64(max(1, m.N)) }

func (m *Mistake) add(e float64) {
	m.N++
	m.square += e * e
	m.signed += e
	if e < 0 {
		e = -e
	}
	m.abs += e
}

func (m *Mistake) merge(o Mistake) {
	m.N += o.N
	m.abs += o.abs
	m.square += o.square
	m.signed += o.signed
}

// settle counts a visitor whose wait is known.
func (t *Tally) settle(v *visitor, wait float64) {
	t.Waits[v.class].add(wait)
	if !v.delayed {
		return
	}
	t.Wait.add(wait)
	for i, g := range v.guesses {
		if g < 0 {
			continue
		}
		t.Delayed[i].add(g - wait)
		if !v.gone {
			t.Served[i].add(g - wait)
		}
	}
}

// Merge adds what another simulation of the same queue came to.
func (t *Tally) Merge(o *Tally) {
	for i := range t.Waits {
		t.Waits[i].merge(o.Waits[i])
	}
	for i := range t.Delayed {
		t.Delayed[i].merge(o.Delayed[i])
		t.Served[i].merge(o.Served[i])
	}
	t.Wait.merge(o.Wait)
}
