// Package emulator is a receipt printer in software. It interprets the ESC/POS bytes that it gets,
// draws the paper that a real printer would put out, and answers the questions about its status.
//
// It is strict where real printers are forgiving: a byte that it does not know is an error, which it
// keeps. And it is real where that matters: off line it goes on answering status questions but
// prints nothing, its receive buffer fills up, and a job that broke off leaves it in the middle of a
// picture. It prints no text and knows no ticket.
//
//	p := emulator.New(emulator.Options{Dots: 576})
//	wire := p.Connect() // or p.Serve(ctx, listener)
//	wire.Write(job)
//	newest := p.Papers()[0]
package emulator
