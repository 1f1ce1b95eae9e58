package main

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"

	"emma/handoff"
	"emma/knowledge"
)

const (
	// followEvery backs up lost signals about articles, and notices what a command
	// beside the server changed.
	followEvery = 2 * time.Second
	// recoverEvery looks for messages that a dead process left unanswered.
	recoverEvery = 10 * time.Second
	// owedFor is how old such a message is: younger ones are being answered.
	owedFor = 5 * time.Second
	// markEvery is how often it is looked whether another precision is promised.
	markEvery = 10 * time.Second
	// startRest leaves the first seconds to the visitors who come back after a restart.
	startRest = 10 * time.Second
	// tickEvery is how often the desk looks what is due.
	tickEvery = time.Second
	// deskRest is the least time between two looks at the desk: what changes meanwhile
	// is seen to together.
	deskRest = 200 * time.Millisecond
)

// keeper does what has to be done without anybody asking: the index follows the
// articles, the desk does what is due, messages that were left unanswered are
// answered, mails are sent, source links are looked at, and memory is given back.
type keeper struct {
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// keep starts the keeper; stop waits for its end.
func keep(desk *handoff.Desk, script *handoff.Script, base *knowledge.Base, workshop *knowledge.Workshop, press knowledge.Press, post *postman, links *linkWatch, bus handoff.Bus, log *zap.Logger) *keeper {
	ctx, cancel := context.WithCancel(context.Background())
	k := &keeper{cancel: cancel}
	changed, unsubscribe := knock(bus, handoff.TopicArticles)
	k.done.Go(func() {
		defer unsubscribe()
		every(ctx, followEvery, 0, changed, func() {
			if n, err := press.PublishDue(ctx); err != nil && ctx.Err() == nil {
				log.Error("publishing what was planned", zap.Error(err))
			} else if n > 0 {
				log.Info("published what was planned", zap.Int("articles", n))
			}
			if err := base.Refresh(ctx); err != nil && ctx.Err() == nil {
				log.Error("following the articles", zap.Error(err))
			}
		})
	})
	k.done.Go(func() {
		pause(ctx, startRest)
		every(ctx, markEvery, 0, nil, func() {
			if err := workshop.NotePrecision(ctx); err != nil && ctx.Err() == nil {
				log.Error("following the precision", zap.Error(err))
			}
		})
	})
	k.done.Go(func() {
		pause(ctx, startRest)
		every(ctx, markEvery, 0, nil, func() {
			if err := workshop.FollowCorrections(ctx); err != nil && ctx.Err() == nil {
				log.Error("following what became of the answers", zap.Error(err))
			}
		})
	})
	k.done.Go(func() { every(ctx, giveBackEvery, 0, nil, newThrift().look) })
	moved := make(chan struct{}, 1)
	stopHearing := bus.Subscribe(handoff.TopicDesk, func(handoff.Signal) {
		select {
		case moved <- struct{}{}:
		default: // a look is due already
		}
	})
	k.done.Go(func() {
		defer stopHearing()
		every(ctx, tickEvery, deskRest, moved, func() {
			if err := script.Follow(ctx); err != nil && ctx.Err() == nil {
				log.Error("following Emma's script", zap.Error(err))
			}
			if err := desk.Tick(ctx); err != nil && ctx.Err() == nil {
				log.Error("the desk", zap.Error(err))
			}
		})
	})
	k.done.Go(func() {
		age := time.Duration(0) // at the start nobody else is answering
		every(ctx, recoverEvery, 0, nil, func() {
			n, err := desk.Recover(ctx, age)
			if err != nil && ctx.Err() == nil {
				log.Error("looking for unanswered messages", zap.Error(err))
			}
			if n > 0 {
				log.Info("answered what was left unanswered", zap.Int("conversations", n))
			}
			age = owedFor
		})
	})
	if links != nil {
		k.done.Go(func() { links.run(ctx) })
	}
	if post != nil {
		letters, unsubscribe := knock(bus, handoff.TopicLetters)
		k.done.Go(func() {
			defer unsubscribe()
			post.run(ctx, letters)
		})
	}
	return k
}

// knock returns a channel that is ready after a signal on the topic, until cancel.
func knock(bus handoff.Bus, topic handoff.Topic) (asked <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	return c, bus.Subscribe(topic, func(handoff.Signal) {
		select {
		case c <- struct{}{}:
		default: // a look is due already
		}
	})
}

func (k *keeper) stop() {
	k.cancel()
	k.done.Wait()
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// every runs work now, then at each tick and whenever asked says so, with a rest after
// each time.
func every(ctx context.Context, interval, rest time.Duration, asked <-chan struct{}, work func()) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		work()
		pause(ctx, rest)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-asked:
		}
	}
}
