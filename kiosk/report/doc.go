// Package report says what spans of business days came to: a day, a week, a month, a half-year, or any
// other. It is made of the log alone, and exact to the ticket: medians are over all tickets of the span.
//
//	reader := report.New(owner, journal, nil)
//	go reader.Run(ctx)                                          // keeps a roll-up of each day that ends
//	r, err := reader.Report(ctx, "2026-07-01", "2026-12-31")    // with today, as far as it has come
//
// # What is counted
//
// A ticket counts once, on the business day on which it was taken and, where hours and weekdays are told
// apart, in the hour when the citizen got the number, in the hall's zone: a number written by hand when it was
// written. Who got his while nobody knew the time is in no hour, so that the hours may come to less than the total. It counts
// for what became of it in the end: a finish, a step of a route or a no-show that was taken back has not been.
//
//   - Services: everything under the service that the ticket was taken for, wherever it went from there, so
//     that they add up; only service times and dossiers under the service that they were for.
//   - Counters and clerks: tickets (taken), waits, forecasts and cancellations under who called the ticket
//     first; served under who finished it, no-shows under who noted at last that nobody came; service times and
//     dossiers under whose they were. Tickets that were never called are no counter's. The clerk is who acted, also where the
//     counter was opened by a colleague or is handed over.
//   - A business day is one on which a ticket was taken; days, hours, weeks and months without are left out.
//   - Sent home, a part of the cancelled, are tickets that the end of the day cancelled.
//
// A wait is that of [kiosk.Totals]: to the first call, from the taking, from the slot of an appointment where
// that begins later, or from when a number was written by hand; not known where the ticket was taken or called while
// the clock was suspect.
//
// A service goes from the call to what ends it at the counter: the finish, the next service of the route, or
// a transfer, each recorded by itself (so there may be more of them than tickets served). When the ticket is put on
// hold, what it was in hand before adds up to what follows; breaks of the counter count. What ends otherwise, in a no-show
// or because the citizen leaves, is no service. Its length is not known where one of these moments was in
// doubt. Dossiers are those of the finishes and of the steps of routes.
//
// A forecast is scored as package forecast does it: the wait that was printed on the ticket against the true
// one. Not compared are tickets that were booked, written by hand, called by hand or moved in the order by a change of
// their priority, those during whose wait the hall's time leapt, and those whose wait is not known. The
// error is that of the median; within is the share called by the P80, of those that were told to wait.
//
// Ratings count while their ticket is finished, the last one of each, under the counter that the rating is about.
// They are kept apart from clerks: no figure here joins the two. Reasons are codes ([kiosk.ReasonCode]), each
// counted once for a ticket.
//
// Medians and 90th percentiles are ranks ([kiosk.Rank]): a time that was measured, none between two. Means and
// times are rounded to whole seconds at the end.
//
// # Roll-ups
//
// At the end of a day all that a report asks of a ticket is written down in some 20 bytes and kept in the journal as
// the state of the reader "report/YYYY-MM-DD", with the seq of the day.closed. The log is the truth: a roll-up
// that is missing, damaged or of another version is made anew, also of days that ended while nobody
// looked. The open day is folded while it goes on. A roll-up is
//
//	version (1 byte) | services | counters | clerks | reasons | number of tickets | tickets
//
// where the four are dictionaries: a number of entries, each id, Vietnamese and English name with their lengths before them. They
// are those of the day's last setup and then those that it had no longer; the clerks are all users. All numbers are unsigned varints; "+1" is one more than the value, and 0 where there is none. A ticket is
//
//	service | hour+1 | how it stands | ms of the wait+1 | counter+1 and clerk+1 of the first call |
//	counter+1 and clerk+1 of the finish or no-show (only where it stands so) | seconds of the P50+1, and of the P80 where there is one |
//	number of steps | each: service, counter+1, clerk+1, ms+1, dossiers |
//	stars (only of a finished one) | where there are any: counter+1, number of reasons, reasons
//
// # What it costs
//
// A report reads the roll-ups of its span, and of the span before, from the disk each time; between two
// reports the reader holds the open day and nothing else. On one core a half-year of 300,000 tickets, with
// as many in the half-year before, takes about 100 ms and 80 MB for that long, a thousand 4 ms, a million 420 ms
// (BenchmarkHalfYear). A ticket takes 23 bytes on the disk. A day whose roll-up is missing costs the reading
// of its events: some 60 ms for 2,300 tickets (BenchmarkLostRollup).
package report
