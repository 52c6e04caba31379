package kiosk

// ReachOf gives the reach of a counter that serves the services with these indexes in the setup.
// The forecast's simulation makes one for every counter that it lets work.
func ReachOf(counter string, services ...int) Reach {
	return Reach{counter: counter, services: services}
}

// Without gives the pool after t was called from it; service is the index of t.Service in the
// setup. For the tickets that [Pool.First] gives it costs a copy of the list of queues.
func (p Pool) Without(t *Ticket, service int) Pool { return p.without(t, service) }
