// Package forecast says how long a ticket will wait. It plays the hall forward once, at mean
// service times: every counter that works gets free, calls what the production policy
// ([kiosk.Pool.First]) gives it, is busy for the service's mean, and gets free again. The moments
// at which the waiting tickets are called are the forecast.
//
//	reader := forecast.New(owner, forecast.Options{}) // the first forecast is there from now on
//	go reader.Run(ctx)                                // and follows the hall
//
// It is not a promise: people who will not come when called, tickets that are on hold, priority
// tickets that are still to be taken and the clerk's lunch are not in it.
//
// # Who works
//
// An open counter is free when its ticket in hand is done, at once where it has none. A paused one
// comes back after its break as well. A service that no open or paused counter serves is served by
// the counters planned for it, from the next opening today, or from now on while the hall is open.
// A service that no counter serves at all is treated as if one counter did.
//
// # The ticket in hand
//
// Its service goes on for the mean residual life of a lognormal time with the coefficient of
// variation [CV]: the mean at the start, then hardly less (0.73 of the mean after half of it, 0.76
// after all of it), because who sits there longer than usual has a long matter. From about three
// means on that rises above the mean; there the mean is taken, for such a ticket may be a forgotten one.
//
// # The range
//
// P50 is the simulated wait m. The wait is made of the services that the k counters able to call
// the ticket finish until then. Each of them, of mean d, shifts the call by about d/k and by its own
// chance with a standard deviation of CV·d/k; they are independent, so
//
//	sd = CV/k · sqrt(Σ d²)    and    P80 = m + 0.8416·sd,
//
// the 80th percentile of a normal distribution. With equal services that is the familiar
// m + 0.8416·CV·sqrt(m·g), g being the mean time between two calls. A wait of 0 is sure.
//
// # A ticket that is taken now
//
// It needs no run of its own. A ticket that is not there changes nothing until it is called, and it
// is called at the first moment when a counter that serves it gets free and the policy has nothing,
// or nothing older, for that counter. So the same run answers for every service and every credit.
package forecast
