package store

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"go.uber.org/zap"

	"emma/handoff"
)

const (
	// channel is the PostgreSQL channel of every node.
	channel = "emma"
	// notifyLimit is what fits into one notification (PostgreSQL takes 8,000 bytes).
	notifyLimit = 7_800
	// relayOutbox bounds the marks (typing, read) that wait to be sent to other
	// nodes; beyond it they are dropped, since they are worth nothing later.
	relayOutbox = 1024
	// pollEvery backs up lost notifications.
	pollEvery = 15 * time.Second
)

// relay carries signals between the nodes that share a PostgreSQL database. A
// notification is only a hint to read: whenever the connection had a break, and at
// every poll, it wakes everyone, so a lost hint is only late.
type relay struct {
	address string
	node    string
	bus     *localBus
	log     *zap.Logger
	outbox  chan handoff.Signal
	cancel  context.CancelFunc
	done    chan struct{}
}

// notification is the payload: who sent it and what to wake. Too many topics for
// one notification are sent as All.
type notification struct {
	Node    string           `json:"n"`
	Signals []handoff.Signal `json:"s,omitempty"`
	All     bool             `json:"a,omitempty"`
}

func startRelay(address string, bus *localBus, log *zap.Logger) *relay {
	ctx, cancel := context.WithCancel(context.Background())
	r := &relay{
		address: address, node: uuid.NewString(), bus: bus, log: log,
		outbox: make(chan handoff.Signal, relayOutbox), cancel: cancel, done: make(chan struct{}),
	}
	go r.run(ctx)
	return r
}

func (r *relay) stop() {
	r.cancel()
	<-r.done
}

// run listens until it is stopped, and connects again after a break.
func (r *relay) run(ctx context.Context) {
	defer close(r.done)
	for ctx.Err() == nil {
		if err := r.listen(ctx); err != nil && ctx.Err() == nil {
			r.log.Warn("the connection to the other nodes broke; connecting again", zap.Error(err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(200+rand.IntN(800)) * time.Millisecond):
		}
	}
}

func (r *relay) listen(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, r.address)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }() // nothing is lost with it
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	r.bus.wakeAll()
	sendCtx, stopSending := context.WithCancel(ctx)
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		r.sendMarks(sendCtx)
	}()
	defer func() { stopSending(); <-sent }()
	for {
		waitCtx, stop := context.WithTimeout(ctx, pollEvery)
		n, err := conn.WaitForNotification(waitCtx)
		expired := waitCtx.Err() != nil && ctx.Err() == nil
		stop()
		switch {
		case err == nil:
			r.receive(n.Payload)
		case expired && !conn.IsClosed():
			r.bus.wakeAll()
		default:
			return err
		}
	}
}

func (r *relay) receive(payload string) {
	var n notification
	if err := json.Unmarshal([]byte(payload), &n); err != nil {
		r.bus.wakeAll() // not ours or of another version: look at everything
		return
	}
	switch {
	case n.Node == r.node:
	case n.All:
		r.bus.wakeAll()
	default:
		r.bus.publish(n.Signals)
	}
}

// encode makes the payload of one notification.
func (r *relay) encode(signals []handoff.Signal) string {
	payload, err := json.Marshal(notification{Node: r.node, Signals: dedupe(signals)})
	if err != nil || len(payload) > notifyLimit {
		payload, _ = json.Marshal(notification{Node: r.node, All: true}) // two plain fields always encode
	}
	return string(payload)
}

func dedupe(signals []handoff.Signal) []handoff.Signal {
	seen := make(map[handoff.Signal]bool, len(signals))
	var unique []handoff.Signal
	for _, s := range signals {
		if !seen[s] {
			seen[s] = true
			unique = append(unique, s)
		}
	}
	return unique
}

// send hands marks that stand in no log to the other nodes.
func (r *relay) send(signals []handoff.Signal) {
	for _, s := range signals {
		select {
		case r.outbox <- s:
		default:
		}
	}
}

// sendMarks sends what collects within a moment as one notification.
func (r *relay) sendMarks(ctx context.Context) {
	conn, err := pgx.Connect(ctx, r.address)
	if err != nil {
		r.log.Warn("typing marks do not reach the other nodes", zap.Error(err))
		return
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for {
		var marks []handoff.Signal
		select {
		case <-ctx.Done():
			return
		case s := <-r.outbox:
			marks = append(marks, s)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
		for len(r.outbox) > 0 && len(marks) < 64 {
			marks = append(marks, <-r.outbox)
		}
		if _, err := conn.Exec(ctx, `SELECT pg_notify($1, $2)`, channel, r.encode(marks)); err != nil && ctx.Err() == nil {
			r.log.Warn("typing marks do not reach the other nodes", zap.Error(err))
			return
		}
	}
}
