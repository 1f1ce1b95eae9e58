package main

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"emma/handoff"
)

// step lets happen what is due, lets the desk see to it, and looks at the desk.
func (d *day) step(ctx context.Context) error {
	next := d.now.Add(d.plan.Step)
	for len(d.events) > 0 && !d.events[0].at.After(next) {
		e := heap.Pop(&d.events).(event)
		d.now = e.at
		if err := e.do(ctx); err != nil {
			return err
		}
	}
	d.now = next
	for _, w := range d.workers {
		if err := w.shift(ctx, d); err != nil {
			return err
		}
	}
	if err := d.desk.Tick(ctx); err != nil {
		return err
	}
	return d.look(ctx)
}

// shift begins and ends a worker's day, and gives signs of life.
func (w *worker) shift(ctx context.Context, d *day) (err error) {
	works := !d.now.Before(w.from) && d.now.Before(w.to)
	if works && d.now.After(w.lost) {
		w.seen = d.now
	}
	switch {
	case works && w.attendance == nil:
		w.attendance, err = d.desk.Attend(ctx, w.staff, !w.away, func() time.Time { return w.seen })
	case !works && w.attendance != nil && !w.away:
		return w.setAway(ctx, true) // takes no more, and finishes what there is
	}
	if w.attendance != nil && d.now.After(w.lost) {
		w.seen = d.now
	}
	return err
}

// arrive is a visitor who asks for a person, and loses patience after a while.
func (d *day) arrive(ctx context.Context) error {
	d.slot().arrived++
	language := "en"
	if d.random.Float64() < 0.2 {
		language = "es"
	}
	c, _, err := d.desk.Begin(ctx, language, "")
	if err != nil {
		return err
	}
	d.left[c.ID] = d.desk.Visit(c.ID)
	if _, err := d.desk.AskPerson(ctx, c.ID, uuid.NewString()); err != nil {
		return err
	}
	if d.random.Float64() < 0.02 { // a supervisor sees that it is urgent
		boss := handoff.Staff{ID: "supervisor", Name: "Sam", Role: handoff.RoleSupervisor}
		if _, err := d.desk.SetPriority(ctx, boss, c.ID, uuid.NewString(), handoff.High); err != nil {
			return err
		}
	}
	patience := time.Duration(d.random.ExpFloat64() * float64(90*time.Minute))
	d.plans(patience, func(ctx context.Context) error {
		now, err := d.desk.Conversation(ctx, c.ID)
		if err != nil || now.State != handoff.StateWaiting {
			return err
		}
		d.left[c.ID]()
		_, err = d.desk.End(ctx, c.ID, uuid.NewString())
		return err
	})
	return nil
}

// look notices new offers, which agents accept, and checks what the desk promises.
func (d *day) look(ctx context.Context) error {
	sup := handoff.Staff{ID: "supervisor", Name: "Sam", Role: handoff.RoleSupervisor}
	board, err := d.desk.Board(ctx, sup)
	if err != nil {
		return err
	}
	d.waiting, d.talks = board.Waiting, len(board.Held)
	s := d.slot()
	s.longest, s.looked = max(s.longest, len(board.Waiting)), s.looked+1
	for _, a := range board.Agents {
		if a.Load > a.Room() {
			d.breaks("%s has %d of %d at %s", a.Name, a.Load, a.Room(), d.now.Format("15:04:05"))
		}
		if a.Available {
			s.busy += float64(a.Load)
			s.room += float64(a.Room())
		}
	}
	for i, c := range board.Waiting {
		if c.Offer.Agent == "" || d.offers[c.ID] == c.Offer {
			continue
		}
		d.offers[c.ID] = c.Offer
		for _, ahead := range board.Waiting[:i] {
			if ahead.Priority == c.Priority && ahead.Offer.Agent == "" && !slices.Contains(ahead.Passed, c.Offer.Agent) {
				d.breaks("%s was asked before %s, who waits longer", c.ID, ahead.ID)
			}
		}
		d.offered(c)
	}
	return nil
}

func (d *day) breaks(text string, args ...any) {
	d.broken = append(d.broken, fmt.Sprintf(text, args...))
}

// offered lets the agent accept after some seconds; one in thirty does not see it.
func (d *day) offered(c handoff.Conversation) {
	i := slices.IndexFunc(d.workers, func(w *worker) bool { return w.staff.ID == c.Offer.Agent })
	w := d.workers[i]
	if d.random.IntN(30) == 0 {
		d.plans(2*time.Minute, func(ctx context.Context) error { return w.setAway(ctx, w.away || !d.now.Before(w.to)) })
		return
	}
	d.plans(d.about(5*time.Second, 0.5), func(ctx context.Context) error {
		if !d.now.After(w.lost) {
			return nil // the connection is gone
		}
		_, err := d.desk.Claim(ctx, w.staff, c.ID, uuid.NewString())
		if ruledOut(err) {
			return nil
		}
		if err == nil {
			d.plans(d.about(d.plan.Handling, 0.7), func(ctx context.Context) error { return d.close(ctx, w, c.ID) })
		}
		return err
	})
}

// close ends a talk, when the agent still has it.
func (d *day) close(ctx context.Context, w *worker, id string) error {
	if !d.now.After(w.lost) {
		d.plans(w.lost.Sub(d.now)+time.Second, func(ctx context.Context) error { return d.close(ctx, w, id) })
		return nil
	}
	_, err := d.desk.Close(ctx, w.staff, id, uuid.NewString(), "", nil)
	if err == nil {
		d.left[id]()
	}
	if ruledOut(err) {
		return nil
	}
	return err
}

// ruledOut reports whether the desk said no for a reason that a day has.
func ruledOut(err error) bool {
	var rule *handoff.Refusal
	var taken *handoff.TakenError
	return errors.As(err, &rule) || errors.As(err, &taken) || errors.Is(err, handoff.ErrState)
}

// hits counts the waits by whether they ended with an agent before the told p90.
func (d *day) hits() (served, within, left int) {
	for _, s := range d.samples {
		switch s.Kind {
		case handoff.Served:
			served++
			if s.Took <= s.Forecast.Told.P90 {
				within++
			}
		case handoff.Left:
			left++
		}
	}
	return served, within, left
}

// waits are the waits that ended with an agent, of the visitors who joined in a slot;
// of all with -1.
func (d *day) waits(slot int) []time.Duration {
	var waits []time.Duration
	for _, s := range d.samples {
		if s.Kind == handoff.Served && (slot < 0 || int(s.Forecast.At.Sub(d.begins)/slotLength) == slot) {
			waits = append(waits, s.Took)
		}
	}
	slices.SortFunc(waits, cmp.Compare[time.Duration])
	return waits
}
