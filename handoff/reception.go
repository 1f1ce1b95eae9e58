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

// Visitors keeps who the visitors are.
type Visitors interface {
	// Profile returns what is known of a conversation's visitor, zero when nothing is.
	Profile(ctx context.Context, conversation string) (Profile, error)
	// Identify notes it.
	Identify(ctx context.Context, conversation string, p Profile, now time.Time) error
	// OpenConversationOf returns the newest conversation of a verified visitor that is
	// not closed, or ErrNotFound.
	OpenConversationOf(ctx context.Context, visitor string) (Conversation, error)
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
func (r *Reception) Enter(ctx context.Context, token string, p Profile, language, page string) (Conversation, string, error) {
	var c Conversation
	var known Profile
	var err error
	if token != "" {
		if c, err = r.desk.Open(ctx, token); err != nil {
			return Conversation{}, "", err
		}
		if known, err = r.visitors.Profile(ctx, c.ID); err != nil {
			return Conversation{}, "", fmt.Errorf("recognising a visitor: %w", err)
		}
		if known.ID != "" && p.ID != "" && known.ID != p.ID {
			return Conversation{}, "", fmt.Errorf("the conversation of another visitor: %w", ErrNotFound)
		}
	}
	if p.ID != "" && known.ID == "" && c.LastSeq == 0 {
		found, err := r.visitors.OpenConversationOf(ctx, p.ID)
		if err == nil {
			return r.admit(ctx, found)
		}
		if !errors.Is(err, ErrNotFound) {
			return Conversation{}, "", fmt.Errorf("looking for a visitor's conversation: %w", err)
		}
	}
	if token == "" {
		if c, token, err = r.desk.Begin(ctx, language, page); err != nil {
			return Conversation{}, "", err
		}
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
		return c, token, nil
	}
	if err := r.visitors.Identify(ctx, c.ID, p, r.desk.now()); err != nil {
		return Conversation{}, "", fmt.Errorf("noting who a visitor is: %w", err)
	}
	return c, token, nil
}

// admit gives a further device a token of its own.
func (r *Reception) admit(ctx context.Context, c Conversation) (Conversation, string, error) {
	token := NewToken()
	if err := r.visitors.AddToken(ctx, c.ID, TokenHash(token)); err != nil {
		return Conversation{}, "", fmt.Errorf("admitting a visitor's device: %w", err)
	}
	return c, token, nil
}
