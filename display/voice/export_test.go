package voice

import "time"

// Hurry takes so much of the time away that the program has.
func (p *Player) Hurry(d time.Duration) { p.grace -= d }
