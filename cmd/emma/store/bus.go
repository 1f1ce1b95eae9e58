package store

import (
	"hash/maphash"
	"sync"

	"emma/handoff"
)

// localBus carries signals within this process. Subscribers are spread over shards,
// so that ten thousand connections do not share one lock.
type localBus struct {
	seed   maphash.Seed
	shards [64]busShard
}

type busShard struct {
	mu     sync.RWMutex
	topics map[handoff.Topic][]*subscriber
}

type subscriber struct{ wake func(handoff.Signal) }

func newLocalBus() *localBus {
	b := &localBus{seed: maphash.MakeSeed()}
	for i := range b.shards {
		b.shards[i].topics = map[handoff.Topic][]*subscriber{}
	}
	return b
}

func (b *localBus) shard(topic handoff.Topic) *busShard {
	return &b.shards[maphash.String(b.seed, string(topic))%uint64(len(b.shards))]
}

func (b *localBus) subscribe(topic handoff.Topic, wake func(handoff.Signal)) (cancel func()) {
	sub := &subscriber{wake: wake}
	shard := b.shard(topic)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	shard.topics[topic] = append(shard.topics[topic], sub)
	return func() { shard.remove(topic, sub) }
}

// remove makes a new slice, since publish may be walking the old one.
func (s *busShard) remove(topic handoff.Topic, sub *subscriber) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []*subscriber
	for _, other := range s.topics[topic] {
		if other != sub {
			rest = append(rest, other)
		}
	}
	if len(rest) == 0 {
		delete(s.topics, topic)
		return
	}
	s.topics[topic] = rest
}

func (b *localBus) publish(signals []handoff.Signal) {
	for i, signal := range signals {
		if i > 0 && signal == signals[i-1] {
			continue
		}
		shard := b.shard(signal.Topic)
		shard.mu.RLock()
		subscribers := shard.topics[signal.Topic]
		shard.mu.RUnlock()
		for _, sub := range subscribers {
			sub.wake(signal)
		}
	}
}

// wakeAll wakes every subscriber of every topic: after a break of the connection to
// the other nodes nobody knows what was missed.
func (b *localBus) wakeAll() {
	for i := range b.shards {
		shard := &b.shards[i]
		shard.mu.RLock()
		var all []handoff.Signal
		for topic := range shard.topics {
			all = append(all, handoff.Signal{Topic: topic})
		}
		shard.mu.RUnlock()
		b.publish(all)
	}
}
