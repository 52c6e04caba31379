// Package link is the wire to a printer: a USB device file, a TCP socket or a serial line, with
// deadlines.
//
// A link is a periph [conn.Conn] with one transaction at a time, and a stream beside that, because a
// printer also says things unasked. It moves bytes, names the place where something went wrong, and
// knows no command.
//
//	l, err := link.Open(ctx, "tcp://192.168.1.50:9100")
//	l, err := link.Open(ctx, "file:///dev/usb/lp0")
//	l, err := link.Open(ctx, "serial:///dev/ttyUSB0?baud=115200&flow=rts")
package link
