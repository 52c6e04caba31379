package kiosk

import "slices"

// sortTickets puts tickets into calling order.
func sortTickets(list []*Ticket) {
	slices.SortFunc(list, func(a, b *Ticket) int {
		if a.Before(b) {
			return -1
		}
		return 1
	})
}
