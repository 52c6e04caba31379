package kiosk

import "time"

// serve decides the whole batch, commits it, and answers. Refusals wait for the commit as well:
// they may rest on what another command of the batch did.
func (o *Owner) serve(batch []request) {
	if o.broken {
		o.recover()
	}
	answers := make([]answer, len(batch))
	if o.broken || o.decide(batch, answers) != nil {
		for i := range answers {
			answers[i] = answer{err: ErrStorage}
		}
	}
	view := o.View()
	for i, r := range batch {
		answers[i].View = view
		r.answer <- answers[i]
	}
}

// decide fills in the answers and commits; on an error they are void.
func (o *Owner) decide(batch []request, answers []answer) error {
	reading := o.opts.Now()
	at, steps := o.clock.stamp(reading)
	events := o.apply(nil, steps)
	for _, e := range steps {
		o.opts.Log.Warn("the PC's clock is in doubt: staff are asked what time it is", "reason", e.Reason, "step_s", e.StepS)
	}
	o.unsure = unsure{reading: reading, steps: len(steps), seq: o.hall.Seq()}
	events = o.apply(events, o.hall.DecideDay(o.opts.Seed, at))
	for i, r := range batch {
		d, err := o.hall.Decide(o.prepared(r.cmd, reading, at), at)
		events = o.apply(events, d.Events)
		if _, ok := r.cmd.(SetClock); ok && err == nil {
			at = d.Events[0].At
			o.unsure.set, o.unsure.seq = at, o.hall.Seq()
			events = o.apply(events, o.hall.DecideDay(o.opts.Seed, at))
		}
		answers[i] = answer{Result{Decision: d}, err}
	}
	return o.publish(events)
}

// prepared gives the command what only the owner knows: the forecast's current range, and the PC's
// clock where staff say that it is right.
func (o *Owner) prepared(cmd Command, reading, at time.Time) Command {
	switch c := cmd.(type) {
	case Take:
		credit, _ := o.hall.credit(c.Priority)
		c.Wait = o.Forecast().New(c.Service, credit)
		return c
	case CheckIn:
		if a := o.hall.appointment(c); a != nil {
			credit, _ := o.hall.credit(c.Priority)
			c.Wait = o.Forecast().Kept(a.Service, max(credit, a.creditS(at)), a.Slot.Add(-SlotLead).Sub(at))
		}
		return c
	case SetClock:
		c.wall = reading.Round(0)
		if c.wall.Sub(c.Now).Abs() < saidToTheMinute {
			c.Now = c.wall
		}
		return c
	}
	return cmd
}

// apply numbers the events of one decision and folds them in.
func (o *Owner) apply(events, decided []Event) []Event {
	for _, e := range decided {
		e.Seq = o.hall.Seq() + 1
		o.hall.Apply(e)
		events = append(events, e)
	}
	return events
}

// publish stores the events and shows the new view. After a failed commit nobody knows what the
// disk holds, so the hall is folded anew from what it does hold, and the events that did get there
// are told like any others.
func (o *Owner) publish(events []Event) error {
	if len(events) == 0 {
		return nil
	}
	if err := o.log.Append(events); err != nil {
		o.opts.Log.Error("a commit failed, its outcome is unknown", "events", len(events), "err", err)
		o.recover()
		return err
	}
	o.settle()
	o.view.Store(o.hall.Snapshot())
	o.feed.add(events)
	return nil
}

// recover brings the hall back to what the log holds. Where that fails too, the old view stays
// published, commands are refused, and the next batch tries again.
func (o *Owner) recover() {
	err := o.log.Reopen()
	if err == nil {
		err = o.fold()
	}
	o.broken = err != nil
	if o.broken {
		o.opts.Log.Error("the log can't be opened again", "err", err)
	}
}

// fold builds the hall from the log and publishes it, with the events that nobody was told yet.
func (o *Owner) fold() error {
	hall := NewHall()
	var fresh []Event
	told := uint64(0)
	if v := o.View(); v != nil {
		told = v.Seq()
	}
	err := o.log.Today(func(e Event) error {
		hall.Apply(e)
		if e.Seq > told {
			fresh = append(fresh, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	o.hall = hall
	o.settle()
	o.view.Store(hall.Snapshot())
	if told > 0 {
		o.feed.add(fresh)
	} else {
		o.feed.begin(fresh)
	}
	return nil
}

// unsure is what the clock hears of a batch once its events are in the log.
type unsure struct {
	reading time.Time // of the PC's clock
	steps   int       // how many of the clock's steps stand in the log
	set     time.Time // what staff said that it was at the reading; zero: nothing
	seq     uint64    // of the last event of these
}

// settle tells the clock what got into the log. After a failed commit that shows when the log has been
// folded anew.
func (o *Owner) settle() {
	if u := o.unsure; u.seq > 0 && o.hall.Seq() >= u.seq {
		o.clock.recorded(u.steps)
		if !u.set.IsZero() {
			o.clock.set(u.reading, u.set)
		}
	}
	o.unsure = unsure{}
}
