package web

import "layso/kiosk"

// deskRoutes are what the clerk does beside the queue.
func deskRoutes() []route {
	return []route{
		{"POST", "/api/counters/{id}/handover", signedIn, handOver},
		{"POST", "/api/tickets/written", signedIn, takeWritten},
		{"GET", "/api/tickets/{token}/history", signedIn, getTicketHistory},
	}
}

// handOver gives the counter to a colleague who types his PIN at it, and signs him in on this browser in the
// clerk's place. A request that was cut off can be repeated: the counter is his by then, and only the session is missing.
func handOver(c *call) error {
	to, err := c.pinned()
	if err != nil {
		return err
	}
	res, err := c.Hall.Do(c.r.Context(), kiosk.HandOver{Operator: c.operator(), To: to})
	if err != nil {
		return err
	}
	return c.admit(res.View, to)
}
