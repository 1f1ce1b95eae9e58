package handoff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"emma/bot"
)

const (
	visitorSender = "visitor"
	emmaSender    = "emma"
	systemSender  = "system"
	// defaultTeam takes every hand-off that names no other.
	defaultTeam = "general"
)

// Desk is the service through which visitors and staff act on conversations. It is
// safe for concurrent use.
type Desk struct {
	store Store
	emma  Decider
	bus   Bus
	hours Hours
	now   func() time.Time

	presence presence
	line     lineCache
}

// NewDesk makes a desk. now gives the time that is written into the log.
func NewDesk(store Store, emma Decider, bus Bus, hours Hours, now func() time.Time) *Desk {
	d := &Desk{store: store, emma: emma, bus: bus, hours: hours, now: now}
	d.presence.here = map[string]*attendance{}
	// The desk lives as long as the bus, so the subscription is never cancelled.
	bus.Subscribe(TopicDesk, func(Signal) { d.line.outdate() })
	return d
}

// Hours are the opening hours of the desk.
func (d *Desk) Hours() Hours { return d.hours }

// Receipt says where a command stands in the log.
type Receipt struct {
	Seq       int64
	Duplicate bool
	// Owed is true when Emma has to answer: call Answer after the receipt was sent.
	Owed bool

	conversation string
	single       *question
}

// question is one visitor message together with what was known when it was stored.
type question struct {
	seq      int64
	answered int64 // AnsweredSeq at that time
	text     string
	choice   string
	memory   bot.Memory
	waiting  bool
}

// Open finds the visitor's conversation by its token, or ErrNotFound.
func (d *Desk) Open(ctx context.Context, token string) (Conversation, error) {
	c, err := d.store.ConversationByToken(ctx, TokenHash(token))
	if err != nil {
		return Conversation{}, fmt.Errorf("opening a conversation by its token: %w", err)
	}
	return c, nil
}

// Begin starts a conversation and returns it with its token: 256 random bits that
// are stored only as a digest. language is a hint of the page, or empty.
func (d *Desk) Begin(ctx context.Context, language, page string) (Conversation, string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return Conversation{}, "", fmt.Errorf("making a conversation id: %w", err)
	}
	token := NewToken()
	now := d.now()
	c := Conversation{
		ID: id.String(), TokenHash: TokenHash(token), State: StateBot, Page: page,
		OpenedAt: now, ChangedAt: now, Memory: bot.Memory{Language: language},
	}
	if err := d.store.Create(ctx, c); err != nil {
		return Conversation{}, "", fmt.Errorf("beginning a conversation: %w", err)
	}
	return c, token, nil
}

// Conversation returns one conversation, or ErrNotFound.
func (d *Desk) Conversation(ctx context.Context, id string) (Conversation, error) {
	return d.store.Conversation(ctx, id)
}

// EventsAfter returns at most limit events above seq, in order.
func (d *Desk) EventsAfter(ctx context.Context, id string, seq int64, limit int) ([]Event, error) {
	return d.store.EventsAfter(ctx, id, seq, limit)
}

// NewToken returns 256 bits from the system's source of randomness, as URL-safe text.
func NewToken() string {
	var b [32]byte
	// Read fills b and never fails: the runtime stops the program instead.
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// TokenHash is the digest under which a token is stored.
func TokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// key digests what a command says, so that the same id with other content is noticed.
func key(sender, id string, content ...string) Key {
	sum := sha256.Sum256([]byte(strings.Join(content, "\x00")))
	return Key{Sender: sender, ID: id, Content: hex.EncodeToString(sum[:16])}
}

// change applies a step and wraps its error with what was being done.
func (d *Desk) change(ctx context.Context, doing, id string, k Key, step Step) (Receipt, error) {
	change, err := d.store.Change(ctx, id, k, step)
	if err != nil {
		return Receipt{}, fmt.Errorf("%s: %w", doing, err)
	}
	return Receipt{Seq: change.Seq, Duplicate: change.Duplicate, conversation: id}, nil
}

// presence counts the agents that are signed in at this node.
type presence struct {
	mu   sync.Mutex
	here map[string]*attendance
}

type attendance struct{ connections, available int }

// Attend notes a connection of an agent. The returned functions change its status
// and end it; both wake the desk, whose waits depend on it.
func (d *Desk) Attend(staff string, available bool) (set func(available bool), leave func()) {
	p := &d.presence
	p.mu.Lock()
	a := p.here[staff]
	if a == nil {
		a = &attendance{}
		p.here[staff] = a
	}
	a.connections++
	current := false
	p.mu.Unlock()
	set = func(available bool) {
		p.mu.Lock()
		switch {
		case available && !current:
			a.available++
		case !available && current:
			a.available--
		}
		current = available
		p.mu.Unlock()
		d.bus.Publish(Signal{Topic: TopicDesk})
	}
	set(available)
	leave = func() {
		set(false)
		p.mu.Lock()
		defer p.mu.Unlock()
		if a.connections--; a.connections == 0 {
			delete(p.here, staff)
		}
	}
	return set, leave
}

// availableAgents counts the agents who take conversations at this node.
func (d *Desk) availableAgents() int {
	d.presence.mu.Lock()
	defer d.presence.mu.Unlock()
	n := 0
	for _, a := range d.presence.here {
		if a.available > 0 {
			n++
		}
	}
	return n
}
