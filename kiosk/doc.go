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
// before the program was built or before the last event, when it starts more than 45 days after that or
// perhaps as wrong as staff found it before, or when it jumps while the hall runs. Then the hall's time
// goes on from the last trusted one by the monotonic clock, so that a wrong clock never gets into an
// event; numbers go on in the open business day, without a time on the paper, until staff say what time
// it is ([SetClock]). On an empty log nothing tells that a clock is too far ahead: look at the date before
// the first number is given.
//
// The business day is state, opened and closed by events. It opens with its date, and closes itself
// after its last closing time when nobody is left ([Hall.DecideDay]); bookings and changes of the hall go
// on in between and are carried into the next day.opened.
//
// # The order of calling
//
// A ticket's key is the time of issue less the seniority credit of its priority class; of all that a
// counter can serve it calls the one with the smallest key ([Ticket.Key], [Pool.First]). Or, as a clerk
// says it: a priority number is treated as if taken 30 minutes earlier, and nobody who comes more than 30
// minutes after you can be called before you for the same service. From this follows, and the tests named
// TestProperty1 to 9 hold it to that over random days: the order of two tickets for the same service is
// fixed when they are issued, within a class it is first come, first served, nobody starves, no open
// counter idles while it can serve somebody, and after the longest credit people ahead only become fewer.
//
//   - A counter serves its own services first and assists with others when none of its own waits, or
//     once somebody there has waited for [AssistAfter].
//   - An appointment counts from its slot with [SlotCredit] and is called from [SlotLead] before it, or
//     when a counter would idle; a late one counts from the check-in with [LateCredit]. Credits never add.
//   - A ticket that goes on along its route or is transferred keeps its key. After a missed call it is
//     called again once three further calls were made by counters that serve it; after a second one, and
//     from a hold, it comes back by [Return], counted from [ReturnCredit] ago at most.
//   - A [CallTicket] is the clerk's own choice, which the log keeps with its reason.
//
// # Paper
//
// A print job is no thing of its own: ticket.taken or print.queued asks for the paper, print.sending names
// the printer before the first byte goes out, print.done or print.failed says what became of it
// ([PrintState]), and so every restart knows what was under way. The number stays, however often its paper is
// asked for; who holds an older paper holds the same ticket. Of a paper is known at most what the printer
// can say: that it is printed, that it was taken, or nothing.
//
// The roll in a printer is a fold too ([View.Roll]): what came out of it since somebody changed it, in
// millimetres. It lasts for days and is carried from one to the next. [TotalsOf] makes of a day's events
// what it came to.
//
// The package imports the standard library only and does no I/O of its own: the disk is behind
// [Log], the PC's clock behind [Options].
package kiosk
