package main

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"time"

	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/handoff"
)

const (
	// mailEvery is how often the outbox is looked at without a signal.
	mailEvery = 5 * time.Second
	// mailLease is longer than any delivery takes: several steps of mailTimeout.
	mailLease = 10 * mailTimeout
	// mailStop is how long a delivery that was begun may go on after the stop.
	mailStop = 2 * time.Second
)

// postman carries letters from the outbox to the mail server, one after the other.
type postman struct {
	outbox handoff.Outbox
	mailer *mailer
	taker  string
	first  time.Duration // pause before a second try
	log    *zap.Logger
	now    func() time.Time
}

func newPostman(outbox handoff.Outbox, m *mailer, first time.Duration, log *zap.Logger) *postman {
	return &postman{outbox: outbox, mailer: m, taker: uuid.NewString(), first: first, log: log, now: time.Now}
}

// run delivers what is due, at each signal and every mailEvery, until ctx ends.
func (p *postman) run(ctx context.Context, asked <-chan struct{}) {
	every(ctx, min(mailEvery, p.first), 0, asked, func() {
		for ctx.Err() == nil {
			if more, err := p.deliverNext(ctx); err != nil || !more {
				if err != nil && ctx.Err() == nil {
					p.log.Error("the outbox of mails", zap.Error(err))
				}
				return
			}
		}
	})
}

// deliverNext takes one letter and sees it through; false when none is due.
func (p *postman) deliverNext(ctx context.Context) (bool, error) {
	now := p.now()
	l, err := p.outbox.TakeLetter(ctx, p.taker, now, now.Add(mailLease))
	if errors.Is(err, handoff.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if l.State == handoff.LetterDoubtful {
		p.report(l, handoff.LetterDoubtful, errors.New(l.Problem))
		return true, nil
	}
	// A stop does not cut a delivery off at once, so that its end is known.
	stopping := ctx
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(stopping, func() { time.AfterFunc(mailStop, cancel) })()
	result, problem := p.mailer.deliver(ctx, l, func() error {
		return p.outbox.ChangeLetter(ctx, l.ID, p.taker, (*handoff.Letter).HandOver)
	})
	state := l.State
	settle := func(l *handoff.Letter) (err error) {
		switch now := p.now(); result {
		case delivered:
			err = l.Sent(now)
		case unknown:
			err = l.Doubtful(problem.Error(), now)
		default:
			err = l.Refused(problem.Error(), result == refusedForGood, p.first, now)
		}
		state = l.State
		return err
	}
	// The outcome must not be lost to a moment's trouble of the database. If it is, the
	// letter stays in handing and becomes doubtful when the lease ends.
	for try := range 5 {
		if err = p.outbox.ChangeLetter(ctx, l.ID, p.taker, settle); !errors.Is(err, handoff.ErrBusy) {
			break
		}
		time.Sleep(time.Duration(100<<try) * time.Millisecond)
	}
	if err != nil {
		return false, err
	}
	p.report(l, state, problem)
	return true, nil
}

// mailProblem is what may stand in the log: the answer of a server may hold an address.
func mailProblem(err error) string {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return fmt.Sprintf("the mail server answered %d", answer.Code)
	}
	return "the mail server was not reached, or did not answer"
}

// report writes what became of a letter, without address and words.
func (p *postman) report(l handoff.Letter, state handoff.LetterState, problem error) {
	fields := []zap.Field{zap.String("letter", l.ID), zap.String("case", l.Reference), zap.String("state", string(state)), zap.Int("tries", l.Tries)}
	switch state {
	case handoff.LetterSent:
		p.log.Info("a mail was sent", fields...)
	case handoff.LetterWaiting:
		p.log.Warn("a mail is tried again later", append(fields, zap.String("problem", mailProblem(problem)))...)
	default:
		p.log.Error("a mail was not sent for sure; see emma cases mail", append(fields, zap.String("problem", mailProblem(problem)))...)
	}
}
