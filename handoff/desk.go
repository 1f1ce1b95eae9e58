package handoff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
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

// Config is what a Desk needs. All fields are required, but Idle and AlwaysOpen.
type Config struct {
	Store Store
	Floor Floor
	Emma  Decider
	Bus   Bus
	// Now gives the time that is written into the log.
	Now func() time.Time
	// Grace is how long an agent may be without a sign of life before their
	// conversations go back to the line; see DefaultGrace.
	Grace time.Duration
	// Idle is how long nobody may be at an agent's desk before the agent is set away; 0
	// for never. See DefaultIdle.
	Idle time.Duration
	// AlwaysOpen ignores the opening hours of all teams.
	AlwaysOpen bool
}

// Desk is the service through which visitors and staff act on conversations. It is
// safe for concurrent use. Somebody has to call Tick every second.
type Desk struct {
	store Store
	floor Floor
	emma  Decider
	bus   Bus
	now   func() time.Time
	grace time.Duration
	idle  time.Duration

	teams      teams
	attendance attendance
	line       lineCache
	paces      paceCache
	intake     *intake
}

// NewDesk makes a desk and reads its teams.
func NewDesk(ctx context.Context, cfg Config) (*Desk, error) {
	d := &Desk{store: cfg.Store, floor: cfg.Floor, emma: cfg.Emma, bus: cfg.Bus, now: cfg.Now, grace: cfg.Grace, idle: cfg.Idle, intake: newIntake()}
	d.teams.always = cfg.AlwaysOpen
	d.attendance.started = cfg.Now()
	if err := d.readTeams(ctx); err != nil {
		return nil, err
	}
	// The desk lives as long as the bus, so the subscriptions are never cancelled.
	cfg.Bus.Subscribe(TopicDesk, func(Signal) { d.line.outdate() })
	cfg.Bus.Subscribe(TopicTeams, func(Signal) { d.teams.stale.Store(true); d.line.outdate() })
	return d, nil
}

// Hours are the opening hours of the team that takes what names no other.
func (d *Desk) Hours() Hours { return d.Team(defaultTeam).Hours }

// Grace is how long an agent may be without a sign of life.
func (d *Desk) Grace() time.Duration { return d.grace }

// Receipt says where a command stands in the log.
type Receipt struct {
	Seq       int64
	Duplicate bool
	// Owed is true when Emma has to answer: call Answer after the receipt was sent.
	Owed bool

	conversation string
	single       *question
	seen         glimpse
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
	return Receipt{Seq: change.Seq, Duplicate: change.Duplicate, conversation: id, seen: glimpseOf(change.Conversation)}, nil
}

// assign is change for a step that gives an agent more to do.
func (d *Desk) assign(ctx context.Context, doing, id string, k Key, agent string, now time.Time, step AssignStep) (Receipt, error) {
	change, err := d.store.Assign(ctx, id, k, agent, now, step)
	if err != nil {
		return Receipt{}, fmt.Errorf("%s: %w", doing, err)
	}
	return Receipt{Seq: change.Seq, Duplicate: change.Duplicate, conversation: id}, nil
}
