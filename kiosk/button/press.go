package button

import (
	"context"
	"errors"
	"time"

	"layso/kiosk"
)

// NoPaper is why a press gives no number while neither the printer nor its stand-in would print: without a
// screen the citizen would never learn it.
const NoPaper kiosk.Error = "no_paper"

const (
	// LockOut is how long a button is dead after a press that was dealt with.
	LockOut = 1500 * time.Millisecond
	// paperWithin is how long it stays so while the paper is on the way: who sees nothing come out presses
	// again.
	paperWithin = 5 * time.Second
	// tries and retryAfter are for a commit whose outcome is unknown; the key makes it one number.
	tries      = 5
	retryAfter = time.Second
)

// moved deals with a contact that has closed or opened. How it is found is no press.
func (b *Board) moved(ctx context.Context, k *key, closed, found bool) {
	if !k.press(closed, found) {
		return
	}
	b.work.Go(func() {
		defer k.done()
		if err := b.take(ctx, k); err != nil {
			k.turnedAway(err)
			pause(ctx, LockOut)
		}
	})
}

// press notes the contact's level and reports whether that is a press to deal with.
func (k *key) press(closed, found bool) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed, k.broken, k.moved = closed, false, time.Now()
	switch {
	case !closed || found:
		return false
	case k.busy:
		k.log.Debug("a press during the lock-out")
		return false
	}
	k.busy, k.code, k.told = true, 0, k.moved
	k.set(Working)
	return true
}

// done ends the lock-out.
func (k *key) done() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.busy = false
}

// turnedAway counts a press that gave no number, and has the lamp say why.
func (k *key) turnedAway(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.refused++
	k.code, k.told = blinks(err.Error()), time.Now()
	k.log.Warn("a press gave no number", "why", err, "printer", k.Printer)
}

// take takes a number and waits until its paper is out, or until it may be pressed again.
func (b *Board) take(ctx context.Context, k *key) error {
	if err := b.shut(k); err != nil {
		return err
	}
	token, err := b.ask(ctx, k)
	if err != nil {
		return err
	}
	k.gave()
	locked, cancel := context.WithTimeout(ctx, paperWithin)
	defer cancel()
	pause(ctx, LockOut)
	b.paper(locked, token)
	return nil
}

// gave counts a number that was given.
func (k *key) gave() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.taken++
}

// shut says why the button gives no number now, or nil when it does.
func (b *Board) shut(k *key) error {
	hall := b.opts.Hall
	v, credit := hall.View(), 0
	if p := v.Setup().Priority(k.Priority); p != nil {
		credit = p.CreditS
	} else if k.Priority != "" {
		return kiosk.ErrUnknownPriority
	}
	if err := v.Closed(k.Service, hall.Now(), hall.Forecast().New(k.Service, credit)); err != nil {
		return err
	}
	if !b.opts.Ready(k.Printer) {
		return NoPaper
	}
	return nil
}

// ask asks the hall for a number and gives its token. Every press has a key of its own, so that it stays one number when
// the outcome of a commit is unknown and the hall is asked again.
func (b *Board) ask(ctx context.Context, k *key) (token string, err error) {
	cmd := kiosk.Take{
		Service: k.Service, Priority: k.Priority, Lang: kiosk.Vietnamese, Token: kiosk.NewToken(), Key: kiosk.NewToken(),
		Device: k.device(), By: "device:" + k.device(), Print: true, Printer: k.Printer,
	}
	for range tries {
		if _, err = b.opts.Hall.Do(ctx, cmd); err == nil {
			return cmd.Token, nil
		}
		if !errors.Is(err, kiosk.ErrStorage) {
			break
		}
		pause(ctx, retryAfter)
	}
	return "", err
}

// paper waits until the ticket's paper has an outcome, or until ctx ends.
func (b *Board) paper(ctx context.Context, token string) {
	for ctx.Err() == nil {
		changed := b.opts.Hall.Changed()
		t := b.opts.Hall.View().Ticket(token)
		if t == nil || t.Print != kiosk.Queued && t.Print != kiosk.Sending {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}
