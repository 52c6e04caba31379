package emulator

import "time"

// rowsPerMM is the resolution of the usual heads.
const rowsPerMM = 8

// Motion is what the motor did, in the printer's own clock.
type Motion struct {
	Rows    int           // that came out
	Starved int           // of them, those that the motor stood still for in the middle of a ticket
	Waited  time.Duration // how long it stood still in the middle of tickets
	Took    time.Duration // from the first byte of all to the last row
}

// motor is the printer's own clock. It carries each byte over the wire, makes the sender wait where
// the buffer is full, and lets each row go when it is there and the one before has moved on. The
// motor starts with a ticket's first row, which is the hardest case: real ones wait for some more.
type motor struct {
	row1, byte1 time.Duration // what a row and a byte take
	buffer      int
	epoch       time.Time
	now         time.Duration // when the byte that is interpreted had arrived
	free        time.Duration // when the rows so far have moved on
	moving      bool          // within a ticket
	fresh       int           // bytes since the last row
	held        int           // bytes of rows that wait for the motor
	queue       []waiting
	done        Motion
}

// waiting is a row that arrived before the motor was free.
type waiting struct {
	bytes int
	until time.Duration
}

func newMotor(o Options) *motor {
	m := &motor{buffer: o.Buffer}
	if o.Speed > 0 {
		m.row1 = time.Second / time.Duration(o.Speed*rowsPerMM)
	}
	if o.Wire > 0 {
		m.byte1 = time.Second / time.Duration(o.Wire)
	}
	return m
}

// offered says when, by the sender's clock, the next bytes are given to the wire.
func (m *motor) offered(at time.Time) {
	if m.epoch.IsZero() {
		m.epoch = at
	}
	m.now = max(m.now, at.Sub(m.epoch))
}

// arrive carries one byte.
func (m *motor) arrive() {
	if m.row1 == 0 {
		return
	}
	m.now += m.byte1
	for len(m.queue) > 0 && (m.queue[0].until <= m.now || m.held >= m.buffer) {
		m.now = max(m.now, m.queue[0].until)
		m.held -= m.queue[0].bytes
		m.queue = m.queue[1:]
	}
	m.fresh++
}

// row moves the paper on.
func (m *motor) row() {
	if m.row1 == 0 {
		return
	}
	start := max(m.now, m.free)
	if m.moving && m.now > m.free {
		m.done.Starved++
		m.done.Waited += m.now - m.free
	}
	if m.fresh > 0 {
		m.queue = append(m.queue, waiting{m.fresh, start})
		m.held += m.fresh
	}
	m.moving, m.fresh, m.free = true, 0, start+m.row1
	m.done.Rows++
	m.done.Took = m.free
}

// stop ends a ticket.
func (m *motor) stop() { m.moving = false }
