// Package emulator is a receipt printer in software. It interprets the ESC/POS bytes that it gets,
// draws the paper that a real printer would put out, and answers the questions about its status.
//
// It is strict where real printers are forgiving: a byte that it does not know is an error, which it
// keeps. And it is real where that matters: off line it goes on answering status questions but
// prints nothing, its receive buffer fills up, a job that broke off leaves it in the middle of a
// picture, and it finds real-time commands in everything that it receives. It prints no text and
// knows no ticket.
//
//	p := emulator.New(emulator.Options{Dots: 576})
//	wire := p.Connect() // or p.Serve(ctx, listener)
//	wire.Write(job)
//	newest := p.Papers()[0]
//
// # Commands
//
// ESC @, FS ., ESC = 1, ESC d, ESC J, GS v 0 (normal size), GS V 66, ESC i, GS r 1, GS a, GS ( D
// (the drawer's pulse only), GS ( H (process ID); in real time DLE EOT 1-4, DLE ENQ 1-2 and DLE DC4
// 8. As on Epson's printers ESC @ ends what GS a and GS ( D have set, and DLE ENQ does something only
// when the cutter is jammed. [Options] say which of them a printer does not have.
//
// # Faults
//
// [Printer.SetFault] breaks the printer at once, [Printer.FailAfter] in the middle of a ticket. Not
// every piece of paper is a ticket then: [Paper.Torn] marks the others.
//
// # Its own clock
//
// Printing takes no time. With [Options].Speed and Wire the printer reckons how long it would have
// taken, and [Printer.Motion] says how often the motor stood still for want of data, which a citizen
// sees as a line across the ticket. At 200 mm/s and 576 dots the motor eats 115 bytes a millisecond.
// USB at full speed (1000 bytes/ms) and 100 Mbit TCP (11,700) never let it starve, with a receive
// buffer of 4 kB; a serial line at 115200 baud (11.5) does before nearly every row with dots in it,
// and prints a full 80 mm ticket in ten times the time.
package emulator
