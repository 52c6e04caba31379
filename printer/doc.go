// Package printer is the spooler: it reads which tickets want paper from the hall, prints them one
// after the other, and tells the hall what became of each.
//
// There is no second list of jobs: what is to be printed is part of the hall's state, and every step
// goes back to the hall as a command. The spooler never holds the hall up. Where its printer is known
// to be out of order, a job fails at once with the fault: the citizen has the number on the screen,
// the staff prints it again, and a printer that comes back to life does not spit out the whole
// morning.
//
//	s := printer.New(owner, printer.Options{Name: "kiosk-1", Profile: profile, Open: open, BaseURL: base})
//	s.Run(ctx)
//
// It lays tickets out with [layso/printer/paper], speaks [layso/printer/escpos], and does not care
// what the bytes travel over: package link opens wires, package emulator is a printer in software.
package printer
