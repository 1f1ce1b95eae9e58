package handoff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Saved is a reply that agents keep for use again, in one language. It belongs to
// one person, to one team, or to everybody.
type Saved struct {
	ID       string
	Short    string // what is typed after the slash: small letters, digits, hyphens
	Language string // en or es
	Text     string // with variables such as {agent}
	Owner    string // staff id of a personal reply, else empty
	Team     string // team of a shared reply; empty for everybody's
	By       string // display name of who saved it last
	At       time.Time
}

// ErrInvalid says that something cannot be saved; the message says what to mend.
var ErrInvalid = errors.New("this cannot be saved")

// Variables are the names that a saved reply may hold in braces. The console fills
// them in when the reply is inserted.
func Variables() []string { return []string{"agent", "team", "hours", "reference"} }

func validShort(short string) bool {
	return short != "" && len(short) <= 30 && strings.Trim(short, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// unknownVariable returns the first name in braces that is no variable.
func unknownVariable(text string) (name string, found bool) {
	for {
		_, rest, open := strings.Cut(text, "{")
		if !open {
			return "", false
		}
		name, _, closed := strings.Cut(rest, "}")
		if closed && !slices.Contains(Variables(), name) {
			return name, true
		}
		text = rest
	}
}

// Validate returns an error that wraps ErrInvalid and says in a sentence what to mend.
func (s Saved) Validate() error {
	switch {
	case !validShort(s.Short):
		return fmt.Errorf("%w: the short name %q may have 1 to 30 small letters, digits and hyphens", ErrInvalid, s.Short)
	case s.Language != "en" && s.Language != "es":
		return fmt.Errorf("%w: the language must be en or es", ErrInvalid)
	case strings.TrimSpace(s.Text) == "":
		return fmt.Errorf("%w: the text is empty", ErrInvalid)
	case utf8.RuneCountInString(s.Text) > MaxText:
		return fmt.Errorf("%w: the text is longer than %d characters", ErrInvalid, MaxText)
	case utf8.RuneCountInString(s.Team) > 60:
		return fmt.Errorf("%w: the team's name is longer than 60 characters", ErrInvalid)
	}
	if name, found := unknownVariable(s.Text); found {
		return fmt.Errorf("%w: {%.40s} is not known; the variables are {%s}", ErrInvalid, name, strings.Join(Variables(), "}, {"))
	}
	return nil
}

// MayChange reports whether somebody may save or delete the reply: their own, or as
// a senior of the team or a supervisor a shared one.
func (s Saved) MayChange(by Staff) bool {
	if s.Owner != "" {
		return s.Owner == by.ID
	}
	switch by.Role {
	case RoleSupervisor, RoleAdmin:
		return true
	case RoleSenior:
		return s.Team != "" && slices.Contains(by.Teams, s.Team)
	}
	return false
}

// Replies keeps the saved replies.
type Replies interface {
	// Saved lists what a person may use: their own, those of their teams and
	// everybody's, by short name. Supervisors see those of every team.
	Saved(ctx context.Context, staff Staff) ([]Saved, error)
	// SavedReply returns one, or ErrNotFound.
	SavedReply(ctx context.Context, id string) (Saved, error)
	// SaveReply adds or changes a reply. ErrExists means that the short name is used
	// already by the same owner or team in that language.
	SaveReply(ctx context.Context, s Saved) error
	// DeleteReply removes one; it is no error when there is none.
	DeleteReply(ctx context.Context, id string) error
}
