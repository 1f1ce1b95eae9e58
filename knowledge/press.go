package knowledge

import (
	"context"
	"errors"
	"time"
)

// Step sends one revision of an article to a status.
type Step struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Revision int64  `json:"revision"`
	To       Status `json:"to"`
	// At is when; the zero time means now. Only publishing may wait.
	At time.Time `json:"at,omitzero"`
}

// Record says who moved a revision where, when and why.
type Record struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Revision int64  `json:"revision"`
	At       int64  `json:"at"` // Unix milliseconds
	Status   Status `json:"status"`
	By       string `json:"by"`
	Note     string `json:"note"`
}

// Rules are what publishing has to keep to.
type Rules struct {
	// FourEyes says that a second person publishes what one has written.
	FourEyes bool `json:"four_eyes"`
	// Limit is how many lost answers the gate lets pass without a reason.
	Limit int `json:"limit"`
	// Days is how far back the gate looks for real questions.
	Days int `json:"days"`
}

// Validate says in a sentence what is wrong with rules.
func (r Rules) Validate() error {
	if r.Limit < 0 || r.Limit > 10_000 || r.Days < 1 || r.Days > 90 {
		return invalid("the limit is 0 to 10,000 answers, and the gate looks 1 to 90 days back")
	}
	return nil
}

// DefaultRules hold until somebody sets others.
func DefaultRules() Rules { return Rules{Limit: 3, Days: 30} }

// ErrBlocked says that the gate found losses above the limit and no reason was given.
var ErrBlocked = errors.New("the check found losses: mend the article, or say why they are right")

// ErrUnchecked says that what is to be published was not checked as it is now.
var ErrUnchecked = errors.New("something changed since the check: check again")

// Press keeps what publishing needs. It is implemented by the SQL store.
type Press interface {
	// MoveArticles makes all steps, or none, by the rules in force, and records them.
	// A published or reviewed revision must be the newest, else ErrStale. It returns
	// the articles as they are then.
	MoveArticles(ctx context.Context, steps []Step, by, note string) ([]Article, error)
	// PublishDue publishes what was planned for now or earlier; it returns how many.
	// Retiring an article takes its plan back.
	PublishDue(ctx context.Context) (int, error)
	// Planned are the revisions that wait for their time.
	Planned(ctx context.Context) ([]Step, error)
	// Unplan takes a planned publication back; it is no error when there is none.
	Unplan(ctx context.Context, id, language, by string) error
	// Records lists what was done with an article, newest first.
	Records(ctx context.Context, id string) ([]Record, error)
	// Rules returns the rules in force, SetRules sets others.
	Rules(ctx context.Context) (Rules, error)
	SetRules(ctx context.Context, r Rules) error
	// Tests lists the kept tests; KeepTest adds one, or replaces that of the same text
	// and language; DropTest takes one away, or returns ErrNotFound.
	Tests(ctx context.Context) ([]Test, error)
	KeepTest(ctx context.Context, t Test) (Test, error)
	DropTest(ctx context.Context, id string) error
}
