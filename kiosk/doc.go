// Package kiosk is the domain of layso: the reception hall of a Vietnamese one-stop office
// (Bộ phận Một cửa), its tickets, services, counters and business days.
//
// Everything that happens in the hall is an [Event]. [Hall.Decide] turns a [Command] into events
// or refuses it; [Hall.Apply] folds an event into the state and cannot fail. Both are pure: time,
// random tokens and the forecast come in with the command, so the same log always rebuilds the
// same hall. One [Owner] holds the hall, commits the events of all waiting commands to a [Log] in
// one step, and only then publishes an immutable [View] and answers.
//
//	owner, err := kiosk.Start(log, kiosk.Options{Seed: setup})
//	res, err := owner.Do(ctx, kiosk.Take{Service: "dat-dai", Token: kiosk.NewToken()})
//	fmt.Println(res.Ticket().Number) // A001
//
// # Time and days
//
// The hall's time is [Owner.Now]: the PC's clock while that can be trusted. It is suspect when it starts
// before the program was built or before the last event, when it starts more than 45 days after that,
// or when it jumps while the hall runs. Then the hall's time goes on from the last trusted one by the
// monotonic clock, so that a wrong clock never gets into an event; numbers go on in the open business
// day, without a time on the paper, until staff say what time it is ([SetClock]). On an empty log nothing
// tells that a clock is too far ahead: look at the date before the first number is given.
//
// The business day is state, opened and closed by events. It opens with its date, and closes itself
// after its last closing time when nobody is left ([Hall.DecideDay]); bookings and changes of the hall go
// on in between and are carried into the next day.opened.
//
// The package imports the standard library only and does no I/O of its own: the disk is behind
// [Log], the PC's clock behind [Options].
package kiosk
