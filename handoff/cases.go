package handoff

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"emma/bot"
)

// RequestType is what a service request may be about.
type RequestType struct {
	ID     string
	Label  map[string]string // by language
	Within time.Duration     // when an answer is due, in plain time
}

// CaseStore keeps cases.
type CaseStore interface {
	// Case returns one, or ErrNotFound.
	Case(ctx context.Context, reference string) (Case, error)
	// Entries returns the history of a case, first to last.
	Entries(ctx context.Context, reference string) ([]Entry, error)
	// Cases lists what a filter lets through: open cases by when they are due, the
	// others by when they were done, latest first.
	Cases(ctx context.Context, f CaseFilter) ([]Case, error)
	// CountCases counts the cases that are not done and those of them that were due at now.
	CountCases(ctx context.Context, now time.Time) (pending, late int, err error)
	// ChangeCase is Store.Change for a step that also makes (reference is empty) or
	// changes a case. Events, case, history and sealed number are stored in one
	// transaction, or nothing. ErrExists says that the new reference is taken.
	ChangeCase(ctx context.Context, conversation string, key Key, reference string, step CaseStep) (CaseChange, error)
	// ReceiptFits reports whether this receipt number is sealed with the case.
	ReceiptFits(ctx context.Context, reference, receipt string) (bool, error)
	// Receipt returns the sealed receipt number of a case, or ErrNotFound.
	Receipt(ctx context.Context, reference string) (string, error)
	// SealedValue is Store.SealedValue.
	SealedValue(ctx context.Context, conversation string, seq int64, number int) (bot.Sealed, error)
}

// CaseFilter selects cases. Empty fields select all.
type CaseFilter struct {
	Kind     CaseKind
	Team     string
	Assignee string
	Done     bool // the answered and closed ones instead of the open ones
	// Conversation selects all cases of one conversation, open and done, the newest first.
	Conversation string
	Limit        int
}

// CaseStep changes a locked conversation and a case; the rules of Step hold.
type CaseStep func(c *Conversation, k *Case) (CaseWork, error)

// CaseWork is what a step adds.
type CaseWork struct {
	Events  []Event
	Entry   Entry
	Receipt string // a receipt number to seal with the case, or empty
	Letters []Letter
}

// CaseChange is the outcome of a CaseStep.
type CaseChange struct {
	Case      Case
	Seq       int64
	Duplicate bool
}

// Cases is the service for what stays to be done after a chat. It is safe for
// concurrent use.
type Cases struct {
	cfg     CasesConfig
	guesses guesses
}

// CasesConfig is everything that Cases need.
type CasesConfig struct {
	Store   CaseStore
	Outbox  Outbox
	Roster  Roster
	Emma    Decider
	Team    func(id, language string) Team // Desk.TeamFor
	Promise Promise
	Types   []RequestType // what service requests may be about
	Mail    bool          // mails can be sent; without it no letter is written
	Now     func() time.Time
}

// NewCases makes the service.
func NewCases(cfg CasesConfig) *Cases {
	s := &Cases{cfg: cfg}
	s.guesses.failures = map[string]failures{}
	return s
}

// Types are what service requests may be about.
func (s *Cases) Types() []RequestType { return s.cfg.Types }

// List returns cases for staff.
func (s *Cases) List(ctx context.Context, staff Staff, f CaseFilter) ([]Case, error) {
	if !staff.UsesDesk() {
		return nil, fmt.Errorf("listing cases: %w", ErrForbidden)
	}
	return s.cfg.Store.Cases(ctx, f)
}

// Count tells how many cases are not done and how many of them are late.
func (s *Cases) Count(ctx context.Context) (pending, late int, err error) {
	return s.cfg.Store.CountCases(ctx, s.cfg.Now())
}

// Read returns a case with its history for staff.
func (s *Cases) Read(ctx context.Context, staff Staff, reference string) (Case, []Entry, error) {
	if !staff.UsesDesk() {
		return Case{}, nil, fmt.Errorf("reading a case: %w", ErrForbidden)
	}
	k, err := s.find(ctx, reference)
	if err != nil {
		return Case{}, nil, err
	}
	entries, err := s.cfg.Store.Entries(ctx, k.Reference)
	if err != nil {
		return Case{}, nil, fmt.Errorf("reading the history of a case: %w", err)
	}
	return k, entries, nil
}

// find reads the reference as it was typed and returns its case.
func (s *Cases) find(ctx context.Context, reference string) (Case, error) {
	reference, err := ParseReference(reference)
	if err != nil {
		return Case{}, err
	}
	k, err := s.cfg.Store.Case(ctx, reference)
	if err != nil {
		return Case{}, fmt.Errorf("looking up a case: %w", err)
	}
	return k, nil
}

// open makes a case in a conversation under a new reference.
func (s *Cases) open(ctx context.Context, doing, conversation string, key Key, step CaseStep) (CaseChange, error) {
	for {
		reference, err := newReference()
		if err != nil {
			return CaseChange{}, err
		}
		change, err := s.cfg.Store.ChangeCase(ctx, conversation, key, "", func(c *Conversation, k *Case) (CaseWork, error) {
			now := s.cfg.Now()
			*k = Case{Reference: reference, State: CaseOpen, Conversation: c.ID, Team: c.Team, Tier: max(c.Tier, 1), Language: c.Language(), CreatedAt: now, ChangedAt: now}
			k.Team = s.cfg.Team(k.Team, k.Language).ID
			return step(c, k)
		})
		if errors.Is(err, ErrExists) { // the reference is taken: draw another
			continue
		}
		if err != nil {
			return CaseChange{}, fmt.Errorf("%s: %w", doing, err)
		}
		return change, nil
	}
}

// hours are the opening hours of a team, or for none of the one that takes cases in a
// language.
func (s *Cases) hours(team, language string) Hours { return s.cfg.Team(team, language).Hours }

// team is the team that has the case.
func (s *Cases) team(k *Case) Team { return s.cfg.Team(k.Team, k.Language) }

// say fills in a sentence of Emma's about a case.
func (s *Cases) say(name string, k *Case, more ...string) string {
	language := k.Language
	pairs := append([]string{
		"{reference}", ReferenceText(k.Reference), "{due}", momentText(k.DueAt, s.team(k).Hours.Zone, language), "{promise}", s.cfg.Promise.text(language),
	}, more...)
	return strings.NewReplacer(pairs...).Replace(s.cfg.Emma.Say(name, language))
}

// event is a message about a case.
func (k *Case) event(c *Conversation, author Author, sender string, body Body, now time.Time) Event {
	body.Case = k.mark()
	return c.message(author, sender, body, now)
}
