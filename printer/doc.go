// Package printer is the spooler: it reads which tickets want paper from the hall, prints them, and
// tells the hall what became of each.
//
// There is no second list of jobs: what is to be printed is part of the hall's state, every step goes
// back to the hall as a command, and all that the spooler decides by is in the log. It never holds the
// hall up. Each printer has a worker with one ticket in flight. A ticket whose printer can't print goes
// to the stand-in, or waits until the printer can; old ones expire, so that a printer that comes back
// to life does not spit out the whole morning. A paper that was lost is printed again by itself, with
// the same number and a mark that says so.
//
//	s := printer.New(owner, printer.Options{
//		Printers: []printer.Printer{{Name: "kiosk-1", Profile: printer.Profiles()["epson-80"], Open: open}},
//		BaseURL:  base, Now: owner.Now,
//	})
//	s.Run(ctx)
//
// A job's way: queued, sending (on the disk before the first byte), then confirmed (the printer said
// that it is printed), processed (it said that it has taken all), sent (it says nothing, ever),
// uncertain (nobody knows) or failed (it said why). [Profile] says which of these a kind of printer
// can come to.
//
// It lays tickets out with [layso/printer/paper], speaks [layso/printer/escpos], and does not care
// what the bytes travel over: package link opens wires, package emulator is a printer in software.
package printer
