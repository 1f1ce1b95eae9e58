package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"emma/bot"
)

// letters writes the mail about a case, if mails are sent and the visitor gave an
// address. It is stored with the change that it tells of, so there is one for each.
func (s *Cases) letters(k *Case, subject, text string, now time.Time) ([]Letter, error) {
	if !s.cfg.Mail || k.Contact.Email == "" {
		return nil, nil
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, fmt.Errorf("making a letter id: %w", err)
	}
	hello := s.say("mail_hello", k)
	if k.Contact.Name != "" {
		hello = s.say("mail_hello_name", k, "{name}", k.Contact.Name)
	}
	return []Letter{{
		ID: id.String(), Conversation: k.Conversation, Reference: k.Reference, Recipient: k.Contact.Email, Subject: s.say(subject, k),
		Text:  hello + "\n\n" + maskNumbers(text) + "\n\n" + s.say("mail_foot", k) + "\n",
		State: LetterWaiting, DueAt: now, CreatedAt: now,
	}}, nil
}

// Mails are the letters about a case, the newest first.
func (s *Cases) Mails(ctx context.Context, k Case) ([]Letter, error) {
	return s.cfg.Outbox.Letters(ctx, k.Reference, 100)
}

// maskNumbers hides the numbers of a person and of a case in what leaves the program by
// mail or as a file. Telephone numbers and addresses of offices stay.
func maskNumbers(text string) string {
	text, _ = bot.Mask(text)
	var b strings.Builder
	at := 0
	for _, span := range bot.Find(text) {
		switch span.Kind {
		case bot.Receipt, bot.ANumber, bot.Account, bot.BirthDate:
			b.WriteString(text[at:span.Start])
			b.WriteString("•••")
			at = span.End
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

// letterLimit is how many mails of a transcript a conversation, and a recipient, may
// get within letterWindow.
const (
	letterLimit  = 3
	letterWindow = 24 * time.Hour
)

// MailTranscript sends the visitor a copy of the conversation, at most letterLimit times
// a day (ErrLetters). The same id again sends nothing. Without a mail server it is ErrState.
func (s *Cases) MailTranscript(ctx context.Context, t Transcript, id, email string) error {
	if !s.cfg.Mail {
		return fmt.Errorf("mailing a transcript: %w", ErrState)
	}
	email, err := checkEmail(email)
	if err == nil && email == "" {
		err = &FieldError{"email", "Please write the e-mail address."}
	}
	if err != nil {
		return err
	}
	space, err := uuid.Parse(t.Conversation)
	if err != nil {
		return fmt.Errorf("mailing a transcript: %w", err)
	}
	now := s.cfg.Now()
	foot := "\n" + s.cfg.Emma.Say("mail_transcript_foot", t.Language) + "\n"
	letter := Letter{
		ID: uuid.NewSHA1(space, []byte(id)).String(), Conversation: t.Conversation, Recipient: strings.ToLower(email),
		Subject: s.cfg.Emma.Say("mail_transcript", t.Language), Text: t.Text() + foot, State: LetterWaiting, DueAt: now, CreatedAt: now,
	}
	if err := s.cfg.Outbox.AddLetter(ctx, letter, letterLimit, now.Add(-letterWindow)); err != nil {
		return fmt.Errorf("mailing a transcript: %w", err)
	}
	return nil
}

// MailsTranscripts reports whether copies go by mail.
func (s *Cases) MailsTranscripts() bool { return s.cfg.Mail }
