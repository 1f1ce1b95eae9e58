package handoff

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"
)

// Profile is what the site that embeds the chat says about a visitor.
type Profile struct {
	// ID is the site's own name for the visitor, set only when the site's server has
	// vouched for it: then the visitor is verified.
	ID         string            `json:"id,omitempty"`
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`
	Attributes map[string]string `json:"attributes,omitempty"`
}

// Verified reports whether the site's server has vouched for the visitor.
func (p Profile) Verified() bool { return p.ID != "" }

func (p Profile) equal(o Profile) bool {
	return p.ID == o.ID && p.Name == o.Name && p.Email == o.Email && maps.Equal(p.Attributes, o.Attributes)
}

// Arrival is what a visitor's connection needs of the conversation that it goes on with.
type Arrival struct {
	Conversation string
	LastSeq      int64
	State        State
	Known        Profile // what is known of the visitor

	seen *glimpse // of a conversation that has just begun
}

// Visitors keeps who the visitors are.
type Visitors interface {
	// Arrival finds the conversation that a token opens by the digest of the token, or
	// returns ErrNotFound.
	Arrival(ctx context.Context, tokenHash string) (Arrival, error)
	// Profile returns what is known of a conversation's visitor, zero when nothing is.
	Profile(ctx context.Context, conversation string) (Profile, error)
	// Identify notes it.
	Identify(ctx context.Context, conversation string, p Profile, now time.Time) error
	// ArrivalOf finds the newest conversation of a verified visitor that is not closed,
	// or returns ErrNotFound.
	ArrivalOf(ctx context.Context, visitor string) (Arrival, error)
	// AddToken gives a further device of the visitor a token of its own.
	AddToken(ctx context.Context, conversation, tokenHash string) error
}

// Reception lets visitors in. It knows verified ones again, on any device.
type Reception struct {
	desk     *Desk
	visitors Visitors
}

// NewReception makes the reception of a desk.
func NewReception(desk *Desk, visitors Visitors) *Reception { return &Reception{desk, visitors} }

// Profile returns what is known of a conversation's visitor, zero when nothing is.
func (r *Reception) Profile(ctx context.Context, conversation string) (Profile, error) {
	return r.visitors.Profile(ctx, conversation)
}

// Enter finds or begins the conversation of a visitor who holds a token, or none, and
// returns it with the token that opens it. A verified visitor without a conversation
// on this device gets the one that is open elsewhere. ErrNotFound means that the token
// is unknown or opens the conversation of another verified visitor.
func (r *Reception) Enter(ctx context.Context, token string, p Profile, language, page string) (Arrival, string, error) {
	var a Arrival
	var err error
	if token != "" {
		if a, err = r.visitors.Arrival(ctx, TokenHash(token)); err != nil {
			return Arrival{}, "", fmt.Errorf("recognising a visitor: %w", err)
		}
		if a.Known.ID != "" && p.ID != "" && a.Known.ID != p.ID {
			return Arrival{}, "", fmt.Errorf("the conversation of another visitor: %w", ErrNotFound)
		}
	}
	known := a.Known
	if p.ID != "" && known.ID == "" && a.LastSeq == 0 {
		found, err := r.visitors.ArrivalOf(ctx, p.ID)
		if err == nil {
			return r.admit(ctx, found)
		}
		if !errors.Is(err, ErrNotFound) {
			return Arrival{}, "", fmt.Errorf("looking for a visitor's conversation: %w", err)
		}
	}
	if token == "" {
		var c Conversation
		if c, token, err = r.desk.Begin(ctx, language, page); err != nil {
			return Arrival{}, "", err
		}
		g := glimpseOf(c)
		a = Arrival{Conversation: c.ID, LastSeq: c.LastSeq, State: c.State, seen: &g}
	}
	if p.ID == "" {
		p.ID = known.ID // a page that does not say who it is takes nothing away
	}
	if p.Name == "" && p.Email == "" {
		p.Name, p.Email = known.Name, known.Email
	}
	if len(p.Attributes) == 0 {
		p.Attributes = known.Attributes
	}
	if p.equal(known) {
		return a, token, nil
	}
	if err := r.visitors.Identify(ctx, a.Conversation, p, r.desk.now()); err != nil {
		return Arrival{}, "", fmt.Errorf("noting who a visitor is: %w", err)
	}
	a.Known = p
	return a, token, nil
}

// admit gives a further device a token of its own.
func (r *Reception) admit(ctx context.Context, a Arrival) (Arrival, string, error) {
	token := NewToken()
	if err := r.visitors.AddToken(ctx, a.Conversation, TokenHash(token)); err != nil {
		return Arrival{}, "", fmt.Errorf("admitting a visitor's device: %w", err)
	}
	return a, token, nil
}
