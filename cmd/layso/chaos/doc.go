// Package chaos lets everything happen to a running layso at once, and looks all the time whether it keeps what it has
// promised: kiosks whose answers get lost, counters, displays and phones, a printer with faults, a network that is cut, kills,
// clock steps, backups and changes of the setup. It is "layso bench --chaos".
//
// It knows layso only as its users do: the program, its HTTP and WebSocket sides, a printer's wire. What is true it
// takes from the log that the server gives out, folded by a model of its own that is as simple as can be, and holds what
// was answered against it. It is no measure of speed; package load is.
//
//	err := chaos.Run(ctx, chaos.Options{Hall: hall, Span: 10 * time.Minute, Seed: 1}, os.Stdout)
package chaos
