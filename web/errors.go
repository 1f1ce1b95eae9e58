package web

import (
	"errors"
	"net/http"

	"emma/handoff"
	"emma/knowledge"
)

// outcome is how an error looks from outside.
type outcome struct {
	code   string // of PROTOCOL.md §5
	status int    // of an HTTP answer
	text   string
}

// Errors of this package.
var (
	errRate      = errors.New("too many messages")
	errSession   = errors.New("not signed in")
	errLogin     = errors.New("wrong name or password")
	errForbidden = errors.New("not allowed")
	errBody      = errors.New("the body cannot be read")
	errQuery     = errors.New("this cannot be looked for")
)

// explain is the one table from error to public code and text. What is not in it is
// our fault and says nothing about itself.
func explain(err error) outcome {
	for _, known := range []struct {
		err     error
		outcome outcome
	}{
		{errFrame, outcome{"bad_frame", http.StatusBadRequest, ""}},
		{handoff.ErrTooLong, outcome{"too_long", http.StatusBadRequest, "The text is longer than 4,000 characters."}},
		{handoff.ErrEmpty, outcome{"empty", http.StatusBadRequest, "The text is empty."}},
		{handoff.ErrConflict, outcome{"conflict", http.StatusConflict, "This id was used for something else."}},
		{handoff.ErrState, outcome{"state", http.StatusConflict, "This is not possible now."}},
		{handoff.ErrNotFound, outcome{"not_found", http.StatusNotFound, "There is no such thing."}},
		{handoff.ErrForbidden, outcome{"forbidden", http.StatusForbidden, "You may not do this."}},
		{handoff.ErrReference, outcome{"reference", http.StatusBadRequest, "This is not a reference number. It has 10 digits and begins with 1. Please check the digits."}},
		{handoff.ErrGuesses, outcome{"rate", http.StatusTooManyRequests, "Too many tries. Please wait an hour."}},
		{handoff.ErrLetters, outcome{"rate", http.StatusTooManyRequests, "Too many copies were asked for. Please try again tomorrow."}},
		{handoff.ErrBusy, outcome{"busy", http.StatusServiceUnavailable, "Nothing was stored. Please send it again in a moment."}},
		{knowledge.ErrNotFound, outcome{"not_found", http.StatusNotFound, "There is no such article."}},
		{knowledge.ErrUnchecked, outcome{"unchecked", http.StatusConflict, "Something changed since the check. Check again."}},
		{knowledge.ErrStale, outcome{"stale", http.StatusConflict, "Somebody else changed the article meanwhile."}},
		{handoff.ErrEdited, outcome{"stale", http.StatusConflict, "Somebody else saved this meanwhile."}},
		{knowledge.ErrInvalid, outcome{"invalid", http.StatusBadRequest, ""}},
		{knowledge.ErrMove, outcome{"state", http.StatusConflict, ""}},
		{knowledge.ErrFourEyes, outcome{"four_eyes", http.StatusConflict, ""}},
		{handoff.ErrExists, outcome{"exists", http.StatusConflict, "This name is used already."}},
		{handoff.ErrInvalid, outcome{"invalid", http.StatusBadRequest, ""}},
		{knowledge.ErrBlocked, outcome{"blocked", http.StatusConflict, "The check found losses. Mend the article, or say why they are right."}},
		{knowledge.ErrBusy, outcome{"busy", http.StatusServiceUnavailable, "Other checks are running. Try again in a moment."}},
		{errRate, outcome{"rate", http.StatusTooManyRequests, "Too fast. Please wait a moment and send it again."}},
		{errSession, outcome{"session", http.StatusUnauthorized, "Please sign in."}},
		{errLogin, outcome{"login", http.StatusUnauthorized, "The name or the password is wrong."}},
		{errIdentity, outcome{"identity", http.StatusForbidden, "The site could not prove who the visitor is: the hash does not fit."}},
		{errForbidden, outcome{"forbidden", http.StatusForbidden, "You may not do this."}},
		{errBody, outcome{"body", http.StatusBadRequest, ""}},
		{errQuery, outcome{"query", http.StatusBadRequest, ""}},
	} {
		if errors.Is(err, known.err) {
			if known.outcome.text == "" { // written for people, holds nothing of ours
				known.outcome.text = err.Error()
			}
			return known.outcome
		}
	}
	var refused *handoff.Refusal
	if errors.As(err, &refused) {
		return outcome{refused.Code, http.StatusConflict, refused.Text}
	}
	var taken *handoff.TakenError
	if errors.As(err, &taken) {
		return outcome{"taken", http.StatusConflict, taken.Error() + "."}
	}
	var field *handoff.FieldError
	if errors.As(err, &field) {
		return outcome{"invalid", http.StatusBadRequest, field.Text}
	}
	return outcome{"internal", http.StatusInternalServerError, "Something went wrong on our side. Please try again."}
}

// errorOf is the error frame of a command.
func errorOf(id string, err error) errorFrame {
	o := explain(err)
	f := errorFrame{Type: "error", ID: id, Code: o.code, Text: o.text}
	var taken *handoff.TakenError
	if errors.As(err, &taken) {
		f.Winner = taken.Winner
	}
	var field *handoff.FieldError
	if errors.As(err, &field) {
		f.Field = field.Field
	}
	return f
}
