package handoff

import (
	"errors"
	"fmt"
)

// Errors that callers tell apart. They are wrapped with what was being done.
var (
	ErrNotFound  = errors.New("no such conversation")
	ErrState     = errors.New("not possible now")
	ErrConflict  = errors.New("this id was used for something else")
	ErrForbidden = errors.New("not allowed")
	ErrEmpty     = errors.New("the text is empty")
	ErrTooLong   = fmt.Errorf("the text is longer than %d characters", MaxText)
	// ErrBusy says that nothing was stored because too much is waiting to be.
	ErrBusy = errors.New("too much to do, try again")
	// ErrStale says that the conversation moved on while a step was prepared.
	ErrStale = errors.New("the conversation changed meanwhile")
	// ErrExists says that the name is taken.
	ErrExists = errors.New("this name is taken")
)

// MaxText is the longest message, in characters.
const MaxText = 4000

// TakenError says which agent has the conversation.
type TakenError struct{ Winner string }

func (e *TakenError) Error() string { return e.Winner + " has this conversation" }

// Refusal is a rule of the desk that a command breaks. Code is stable and for
// programs (PROTOCOL.md §5), Text is a sentence for the person.
type Refusal struct{ Code, Text string }

func (r *Refusal) Error() string { return r.Text }

func refuse(code, text string, args ...any) error {
	return &Refusal{Code: code, Text: fmt.Sprintf(text, args...)}
}
