package kiosk

import "time"

// Closed says why the service takes no ticket at this time, where the next one is expected to wait so
// long: [ErrUnknownService], [ErrClockSuspect], [ErrHallClosed], [ErrServiceClosed], [ErrQuotaReached],
// [ErrNoTimeLeft], or nil when it does.
func (v *View) Closed(service string, at time.Time, wait Range) error {
	if err := v.shut(service, at); err != nil {
		return err
	}
	i := v.plan.service[service]
	s := &v.plan.setup.Services[i]
	switch {
	case s.Quota > 0 && v.taken[i]+v.expected(service) >= s.Quota:
		return ErrQuotaReached
	case !v.timeFor(s, at, wait):
		return ErrNoTimeLeft
	}
	return nil
}

// shut says why the service does not work at this time, whatever its limits. While the clock is
// suspect nobody knows the hours: the open day goes on.
func (v *View) shut(service string, at time.Time) error {
	local, setup := at.In(v.plan.zone), v.plan.setup
	if err := v.noDay(); err != nil {
		return err
	}
	s := setup.Service(service)
	switch {
	case s == nil:
		return ErrUnknownService
	case !v.suspect && !setup.OpenAt(service, local):
		if setup.OpenAt("", local) {
			return ErrServiceClosed
		}
		return ErrHallClosed
	case s.Closed:
		return ErrServiceClosed
	}
	return nil
}

// noDay says why there is no business day to work in, or nil when one is open.
func (v *View) noDay() error {
	switch {
	case v.day != "" && !v.closed:
		return nil
	case v.suspect:
		return ErrClockSuspect
	}
	return ErrHallClosed
}

// timeFor reports whether a ticket taken now is expected to be finished by the service's closing time
// and the hall's overtime.
func (v *View) timeFor(s *Service, at time.Time, wait Range) bool {
	end, ok := v.plan.setup.Closing(s.ID, at.In(v.plan.zone))
	if !ok || v.suspect {
		return true
	}
	done := at.Add(time.Duration(wait.P50S+s.MeanS) * time.Second)
	return !done.After(end.Add(time.Duration(v.plan.setup.OvertimeS) * time.Second))
}

// Door reports whether the hall is open at this time, and when it opens next while it is not, where
// somebody knows. While the clock is suspect an open business day is an open hall.
func (v *View) Door(now time.Time) (open bool, opens *time.Time) {
	local := now.In(v.plan.zone)
	switch works := v.noDay() == nil; {
	case v.suspect:
		return works, nil
	case works && v.plan.setup.OpenAt("", local):
		return true, nil
	}
	return false, v.opens("", local)
}

// opens gives the next opening by the hours, of the hall for "": on a later date when the business day
// is closed already.
func (v *View) opens(service string, local time.Time) *time.Time {
	find := v.plan.setup.NextOpen
	if v.closed && local.Format(time.DateOnly) <= v.day {
		find = v.plan.setup.nextDay
	}
	if at, ok := find(service, local); ok {
		return &at
	}
	return nil
}

// reopens gives when the service is expected to take tickets again that it does not take for this
// reason, or nil when nobody knows.
func (v *View) reopens(service string, now time.Time, why error) *time.Time {
	local := now.In(v.plan.zone)
	switch {
	case v.suspect || v.plan.setup.Service(service).Closed:
		return nil
	case why == ErrQuotaReached || why == ErrNoTimeLeft:
		if at, ok := v.plan.setup.nextDay(service, local); ok {
			return &at
		}
		return nil
	}
	return v.opens(service, local)
}

// closesAt gives the last closing time of the open business day until it is over.
func (v *View) closesAt(local time.Time) *time.Time {
	at, ok := v.plan.setup.Closing("", local)
	if v.closed || !ok || at.Before(local) {
		return nil
	}
	return &at
}
