// Package button lets citizens take a number with push buttons: one for each service, wired to GPIO
// pins, with a lamp each if wanted, where a hall has no touch screen.
//
// A press is one [kiosk.Take] that wants paper. In such a hall the paper is all that a citizen gets, so
// while neither the printer nor its stand-in would print, a press takes no number; the lamps say so
// and so does the log. What fails after the number was given is the spooler's business: it prints again.
//
// The package also has the small things that hang on the same pins: [Chime] sounds when somebody is called,
// [PaperSwitch] watches the paper of a printer that has no sensor of its own.
//
// It opens no hardware: pins come from periph's gpioreg, by way of package main.
//
//	board := button.New(button.Options{Hall: owner, Ready: spooler.Ready, Buttons: []button.Button{
//		{Pin: gpioreg.ByName("GPIO17"), Lamp: gpioreg.ByName("GPIO27"), Service: "dat-dai"},
//	}})
//	board.Run(ctx)
//
// # What a button's lamp says
//
// Lit: a press gives a number. Dark: it would give none. Blinking evenly, twice a second: working, the
// paper is coming. After a press that gives no number it blinks a count, twice a second, then rests:
//
//	2  closed (the hall or the service)
//	3  the day's numbers are used up, or there is no time left until closing
//	4  the clock is in doubt: staff must say what day it is
//	5  no paper: the printer needs somebody
//	6  anything else; the log says what
//
// No lamp ever changes more often than four times a second, which is two flashes.
package button
