package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// LetterState says how far a letter is.
type LetterState string

// The states of a letter: waiting → sending → handing → sent. A mail server takes a
// mail over when it answers to its end (RFC 5321, 4.1.1.4). Before the end is sent, in
// sending, it has nothing, and the letter may be sent again at any time. From then on, in
// handing, nobody can know until the answer comes. If it never comes (we or the network
// died in that moment) the letter is doubtful: it is not sent again by itself, since two
// mails are worse than one that staff have to look after.
const (
	LetterWaiting  LetterState = "waiting"
	LetterSending  LetterState = "sending"
	LetterHanding  LetterState = "handing"
	LetterSent     LetterState = "sent"
	LetterDoubtful LetterState = "doubtful"
	LetterFailed   LetterState = "failed" // refused for good, or tried for LetterPatience
)

// ErrLetters says that no more mails may be asked for now.
var ErrLetters = errors.New("too many mails were asked for: try again tomorrow")

// LetterPatience is how long a letter is tried.
const LetterPatience = 72 * time.Hour

// Letter is a mail to a visitor. Its id makes the Message-ID, the same at every try, so
// that whoever receives a mail twice can tell.
type Letter struct {
	ID           string // UUID
	Conversation string
	Reference    string // of the case that it is about, or empty
	Recipient    string
	Subject      string
	Text         string
	HTML         string // the same as Text, or empty

	State     LetterState
	Taker     string // who sends it: one worker of one node
	Tries     int
	DueAt     time.Time // when to act next; in sending and handing the end of the lease
	Problem   string    // what the last try ended with
	CreatedAt time.Time
	DoneAt    time.Time
}

// Outbox keeps letters until they are sent, and remembers them afterwards.
type Outbox interface {
	// AddLetter adds a letter unless its id is there already. It returns ErrLetters when
	// its conversation, or its recipient, has had limit letters without a case since a time.
	AddLetter(ctx context.Context, l Letter, limit int, since time.Time) error
	// TakeLetter gives the letter that is due first to a taker (Letter.Take), or ErrNotFound.
	TakeLetter(ctx context.Context, taker string, now, lease time.Time) (Letter, error)
	// ChangeLetter applies a step to a letter that the taker has, or returns ErrStale.
	ChangeLetter(ctx context.Context, id, taker string, step func(*Letter) error) error
	// Letter returns one, or ErrNotFound.
	Letter(ctx context.Context, id string) (Letter, error)
	// Letters lists those of a case, or with an empty reference the newest, at most limit.
	Letters(ctx context.Context, reference string, limit int) ([]Letter, error)
}

// Take gives a letter that is due to a taker until the lease ends. Of a taker whose
// lease has ended nothing more is heard: what it was handing over is doubtful.
func (l *Letter) Take(taker string, now, lease time.Time) error {
	switch {
	case now.Before(l.DueAt):
		return fmt.Errorf("%w: the letter is not due", ErrState)
	case l.State == LetterHanding:
		l.State, l.Taker, l.DoneAt = LetterDoubtful, "", now
		l.Problem = "the program or the network stopped while the mail server was taking the mail"
		return nil
	case l.State != LetterWaiting && l.State != LetterSending:
		return fmt.Errorf("%w: the letter is %s", ErrState, l.State)
	}
	l.State, l.Taker, l.DueAt = LetterSending, taker, lease
	l.Tries++
	return nil
}

// HandOver must be durable before the end of the mail is sent.
func (l *Letter) HandOver() error {
	if l.State != LetterSending {
		return fmt.Errorf("%w: the letter is %s", ErrState, l.State)
	}
	l.State = LetterHanding
	return nil
}

// Sent notes that the mail server took the mail over.
func (l *Letter) Sent(now time.Time) error {
	l.State, l.Taker, l.Problem, l.DoneAt = LetterSent, "", "", now
	return nil
}

// Refused notes a try after which the mail server surely has nothing. It is tried again
// after a pause that begins with first and doubles up to an hour, unless the refusal is
// for good or LetterPatience is over.
func (l *Letter) Refused(problem string, forGood bool, first time.Duration, now time.Time) error {
	l.Taker, l.Problem = "", problem
	if forGood || now.Sub(l.CreatedAt) >= LetterPatience {
		l.State, l.DoneAt = LetterFailed, now
		return nil
	}
	pause := first
	for range min(l.Tries-1, 20) {
		pause = min(2*pause, time.Hour)
	}
	l.State, l.DueAt = LetterWaiting, now.Add(pause)
	return nil
}

// Doubtful notes that the end of the mail was sent and no answer came.
func (l *Letter) Doubtful(problem string, now time.Time) error {
	l.State, l.Taker, l.Problem, l.DoneAt = LetterDoubtful, "", problem, now
	return nil
}

// SendAgain is the decision of a person about a letter that was not sent for sure.
func (l *Letter) SendAgain(now time.Time) error {
	if l.State != LetterDoubtful && l.State != LetterFailed {
		return fmt.Errorf("%w: the letter is %s", ErrState, l.State)
	}
	l.State, l.DueAt, l.CreatedAt, l.DoneAt, l.Tries = LetterWaiting, now, now, time.Time{}, 0
	return nil
}
