package report

// columns are the memory of a grouping, used by one after another.
func (t *table) columns() grouping {
	return grouping{first: make([]uint16, len(t.tickets)), last: make([]uint16, len(t.tickets)), step: make([]uint16, len(t.steps))}
}

// byTicket groups by what is the ticket's own: a step counts where its ticket does. of gives the number of
// the ticket's group, below n, or nobody.
func (t *table) byTicket(g grouping, n int, of func(*ticket) uint16) grouping {
	g.n = n
	for i := range t.tickets {
		g.first[i] = of(&t.tickets[i])
	}
	g.last = g.first
	for i := range t.steps {
		g.step[i] = g.first[t.steps[i].ticket]
	}
	return g
}

// byService groups tickets by what they were taken for, and steps by what they were.
func (t *table) byService(g grouping) grouping {
	g = t.byTicket(g, len(t.services.names), func(x *ticket) uint16 { return x.service })
	for i := range t.steps {
		g.step[i] = t.steps[i].service
	}
	return g
}

// byDesk groups by who called a ticket first, who ended it, and who made a step.
func (t *table) byDesk(g grouping, n int, of func(desk) uint16) grouping {
	g.n = n
	for i := range t.tickets {
		g.first[i], g.last[i] = of(t.tickets[i].firstDesk), of(t.tickets[i].lastDesk)
	}
	for i := range t.steps {
		g.step[i] = of(t.steps[i].desk)
	}
	return g
}
