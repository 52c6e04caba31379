// Package panel shows each counter's number on small LED panels above the desks: seven-segment digits driven by
// MAX7219 chips over SPI, one chip a panel, many panels in one chain.
//
// A panel shows the number in hand, and blinks it once a second for five seconds after a call and a recall.
// A counter that is closed or paused shows dashes; one that is open and free shows a dot, so that a dead panel
// can be told from it. A ticket stays on the panel while it is in hand, also through a pause.
//
// Seven segments can't show every letter. The prefix of a number is left away where it has a K, M, V, W or X,
// and where the number is longer than the panel; then the digits stand alone, and of a number that is still too
// long the last ones. S and Z look like 5 and 2, which is no harm: a number begins with its letters.
//
// The chips only listen: nobody can tell whether a panel is there. So every few seconds everything is written
// anew, and a panel that lost its power comes back by itself. A bus that fails is opened again and again,
// more and more rarely, and never ends the hall.
//
//	p := panel.New(panel.Options{
//		Hall: owner, Counters: []string{"1", "2"}, Digits: 4, Brightness: 8,
//		Open: func() (spi.PortCloser, error) { return spireg.Open("SPI0.0") },
//	})
//	p.Run(ctx)
package panel
