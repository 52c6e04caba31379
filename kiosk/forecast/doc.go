// Package forecast says how long a ticket will wait. It plays the hall forward some hundred times
// (rollouts): every counter that works gets free, calls what the production policy ([kiosk.Play.First])
// gives it, is busy for a service time drawn by chance from what has been seen, and gets free again. Of
// the moments at which a waiting ticket is called in these rollouts the median and the 80th
// percentile are its forecast.
//
//	var s forecast.Simulation
//	f := s.Run(forecast.MomentOf(view, now, model), model, forecast.Rollouts{Seed: 1})
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
// in that break already; one that closed for it comes back after it. Until a quarter of an hour after an
// opening those that are late are expected in five minutes: in the morning the counters that are open on most
// days, in the afternoon those that were open before lunch. After the last closing time they
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
// comes: that costs the clerk a moment, and the ticket is called again after three further calls, to half of
// which nobody comes either. 85 of 100 appointments are taken to be kept.
//
// # A ticket that is taken now
//
// It needs no rollouts of its own. A ticket that is not there changes nothing until it is called, and
// it is called at the first moment when a counter that serves it gets free and the policy has nothing
// for that counter that it would rather call. So the same rollouts answer for every service and every credit.
// (Where counters assist it can make them take a queue for their own, ten minutes from now; that is left out.)
//
// # The range
//
// P50 is the median. What is told as P80 is P50 + g·(P80 − P50): the factor g, which starts at 1.2
// because rollouts know less than happens in a hall, follows every call that is scored so that one
// call in five comes later than it was told. Tickets that found an idle counter, and were told no
// wait, are not among these: in a quiet hall they are half of all, and would make the others' P80 worthless.
//
// # What is learned
//
// A service time is the time at counters from the call to the end of the service, without pauses of
// the counter; 5 s at least, and 4 hours at most. Being put on hold, or sent to another counter for the same
// service, does not end it: the stays add up, because what counts is how long the ticket keeps counters busy. Being sent on
// to another service does, also where that was the wrong one: the next ticket is as likely to be sent on.
// The time from its end to the next call, while that ticket waits already, comes on top: its mean is learned for the hall.
// What a counter did last is learned when it calls the next ticket, for until then it can be taken back.
//
// # How well it does
//
// What is printed on a ticket is compared with the wait until its first call, and so is what simpler
// ways would have said at that moment ([Baseline]), by service, class and hour ([Scores]). Not compared
// are tickets that were booked, returned, called by hand or moved in the order by a change of their
// priority, and those during whose wait the hall's clock was set.
//
// All of this is what the reader makes of the log. It keeps it in the journal, at the end of a day, of the
// program, and every five minutes, and goes on from there; without it, at most the newest 20,000 events are read again.
//
// # What it costs
//
// 300 waiting tickets of 5 services at 25 counters take under 20 ms on one core for 500 rollouts. With
// far more waiting there are fewer rollouts, down to 50, so that one forecast does not take much longer.
//
// # How good it is
//
// "layso simulate forecast" plays the lab hall of the facts (package simulate): five counters, four services
// (land 14, business 9, civil status 7, certification 4 minutes, 31, 15, 25 and 29 % of the tickets, lognormal,
// cv 0.8), two counters for land alone, one for land and business, one for all but land, one for civil status and
// certification; lunch from 11:30 to 13:30, 40 % priority tickets with a credit of 30 minutes, 5 % no-shows; the hall
// believes 10, 12, 5 and 6 minutes at first. In the noisy one clerks are up to 25 % faster or slower and take
// two breaks a day that nobody has planned. 30 runs of 15 days, each learning from nothing; the other ways
// use the learned means too. The hall QL is what other systems print: the place in the order of the whole
// hall, times the mean, by the counters. The cover is of the tickets that were told to wait.
//
//	MAE / RMSE, minutes             lab-165     lab-190-noisy  lab-200
//	tickets                         74183       85406          89912
//	mean wait                       7.2         17.2           18.6
//	own-service QL                  4.9 / 12.7  11.7 / 26.7    12.6 / 28.0
//	hall QL (eappointment)          4.1 / 11.6  9.5 / 23.9     10.0 / 24.7
//	LES                             6.4 / 15.4  15.4 / 32.7    16.5 / 34.3
//	HOL                             5.6 / 13.4  13.2 / 28.7    14.3 / 30.2
//	avg-10                          6.3 / 14.7  15.4 / 30.6    16.7 / 32.0
//	rollout P50                     3.0 / 9.0   5.7 / 15.7     5.7 / 15.6
//	told to wait                    0.564       0.716          0.738
//	of these, P80 cover, raw        0.802       0.778          0.804
//	  calibrated                    0.808       0.803          0.804
//	  calibrated, day one           0.820       0.803          0.822
//	more than 10 minutes after P50  0.053       0.100          0.090
//	priority tickets: LES           4.5 / 12.1  11.2 / 27.3    12.1 / 28.7
//	priority tickets: rollout P50   1.6 / 5.0   3.0 / 10.1     3.1 / 10.3
//
// It is our own world, whose policy the forecast knows: an upper bound on the gain.
//
// # The order of calling on a bank's calls
//
// "layso simulate log --credit 90s" on a month of a bank's call centre (Technion, January 1999; facts: "It is used
// in practice"): the calls come when they came and take as long as they took, answered by the agents that the
// log shows at work, for the types that they served. Agents who serve nobody for a quarter of an hour are in a
// break, and begin none while somebody waits for them; the log does not say more of their rosters, so
// all orders come out faster, on average, than the log itself. A late overtake is a call answered after one of the same
// type that came more than 90 seconds later.
//
//	seconds            regular mean / p95 / max  priority mean / p95 / max  late overtakes  not answered
//	  the log          23.4 / 138 / 810          63.7 / 192 / 1500          26              3080
//	  FCFS             12.9 / 81 / 873           36.1 / 166 / 698           0               1558
//	  strict           19.4 / 109 / 1817         20.4 / 96 / 355            355             1488
//	  ratio 1:2        10.3 / 66 / 807           50.4 / 246 / 1116          426             1437
//	  accumulating ×3  14.2 / 89 / 915           25.0 / 116 / 403           155             1513
//	  credit 90 s      14.8 / 106 / 873          27.2 / 134 / 554           0               1575
//
//	In the log a later priority call overtook an earlier regular one of the same type in 36.4 % of 1850 pairs
//	less than 90 s apart, and in 0.9 % of 571 pairs further apart.
package forecast
