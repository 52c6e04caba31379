// Package forecast says how long a ticket will wait. It plays the hall forward some hundred times
// (rollouts): every counter that works gets free, calls what the production policy ([kiosk.Play.First])
// gives it, is busy for a service time drawn by chance from what has been seen, and gets free again. Of
// the moments at which a waiting ticket is called in these rollouts the median and the 80th
// percentile are its forecast.
//
//	f := forecast.Simulate(forecast.MomentOf(view, now), model, forecast.Rollouts{Seed: 1})
//	f.New("land", 0)  // the range for a ticket taken now
//
// In a running hall a [Reader] does so after commits, learns from the log, and scores what was printed
// on the tickets against what happened, beside what simpler ways would have said.
//
//	reader := forecast.New(owner, forecast.Options{}) // the first forecast is there from now on
//	go reader.Run(ctx)                                // and follows the hall
//
// # Who works
//
// An open counter is free when its ticket in hand is done, at once where it has none. A paused one
// comes back a quarter of an hour after it paused, or in five minutes when that is over. Between the
// opening hours of what they serve (lunch) counters call nobody, except one that has called somebody
// in that break already; one that closed for it comes back after it. After the last closing time they
// go on until nobody waits. A service that no open or paused counter serves is served by the counters
// planned for it, from the next opening today, or from now on while the hall is open. A service that no
// counter serves at all is treated as if one counter did.
//
// # Service times
//
// A service time is drawn from the last 300 that were seen of the service and, with the weight of 8
// of them, from a lognormal distribution with the configured mean and the coefficient of variation
// [CV]. For a ticket in hand only those count that are longer than it has been there, but after three
// means it may be a forgotten one, and counts as if it had been there for three. A ticket that has a
// route goes back into the queue, for its next service, when its service is done.
//
// # Who else comes
//
// Priority tickets that are still to come overtake: they come by chance, at the rate that the half-hour
// has had on the days before and that the last hour has had today. So do appointments of today. Other tickets that
// are still to come are called later than all that are here and are left out. To some calls nobody
// comes: that costs the clerk a moment, and the ticket is called again after three further calls.
//
// # A ticket that is taken now
//
// It needs no rollouts of its own. A ticket that is not there changes nothing until it is called, and
// it is called at the first moment when a counter that serves it gets free and the policy has nothing
// for that counter that it would rather call. So the same rollouts answer for every service and every credit.
//
// # The range
//
// P50 is the median. What is told as P80 is P50 + g·(P80 − P50): the factor g, which starts at 1.2
// because rollouts know less than happens in a hall, follows every call that is scored so that one
// call in five comes later than it was told. Tickets that found an idle counter, and were told no
// wait, are not among these: in a quiet hall they are half of all, and would make the others' P80 worthless.
//
// # What it costs
//
// 300 waiting tickets of 5 services at 25 counters take about 20 ms on one core for 500 rollouts. With
// far more waiting there are fewer rollouts, down to 50, so that one forecast does not take much longer.
package forecast
