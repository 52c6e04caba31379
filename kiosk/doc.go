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
// The package imports the standard library only and does no I/O of its own: the disk is behind
// [Log], the wall clock behind [Clock].
package kiosk
