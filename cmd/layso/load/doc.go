// Package load measures layso on the computer that it runs on: how many tickets and calls a second it makes durable and
// how long each takes, how soon displays and phones hear of a call, and what all of it costs as more tickets are stored
// and more clients hang on it. Servers run in processes of their own and are met as their users meet them.
//
//	err := load.Run(ctx, load.Options{Program: "/usr/bin/layso", Dir: "/var/tmp", Span: 3 * time.Second, Log: os.Stderr}, os.Stdout)
//
// Every run measures the floor as well, what the same disk and the same loopback socket can do at best, and gives figures
// as ratios to it: a ratio can be compared with one of another day and another computer, a rate can't.
//
// A load is a closed loop (so many callers, each of whom asks again once he is answered) or an open one: requests come at
// a fixed rate whether or not the earlier ones are answered, as citizens do. There the latency counts from the moment
// when the request was due, not from when it could be sent, so that a server that stops for a second
// is charged for all who would have come in that second (no coordinated omission).
package load
