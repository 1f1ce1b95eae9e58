package handoff

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"emma/bot"
)

// shelfOfCases is a CaseStore of cases in memory, as far as reading them goes.
type shelfOfCases struct {
	CaseStore
	cases    map[string]Case
	receipts map[string]string
	sealed   []bot.Sealed
}

func (s shelfOfCases) Case(_ context.Context, reference string) (Case, error) {
	if k, ok := s.cases[reference]; ok {
		return k, nil
	}
	return Case{}, ErrNotFound
}

func (s shelfOfCases) ReceiptFits(_ context.Context, reference, receipt string) (bool, error) {
	return s.receipts[reference] == receipt, nil
}

func (s shelfOfCases) SealedValue(_ context.Context, _ string, _ int64, number int) (bot.Sealed, error) {
	if number > len(s.sealed) {
		return bot.Sealed{}, ErrNotFound
	}
	return s.sealed[number-1], nil
}

// plainEmma searches and finds nothing; the names of her sentences are what she says.
type plainEmma struct{ Decider }

func (plainEmma) Decide(_ context.Context, q bot.Question) (bot.Decision, error) {
	d := bot.Decision{Action: bot.Clarify, Language: "en", Text: "plain", Memory: q.Memory}
	if strings.Contains(q.Text, "911") {
		d.Reason = bot.Safety
	}
	return d, nil
}
func (plainEmma) Say(name, _ string) string { return name + " {reference}" }

func statusDesk(t *testing.T, now *time.Time) *Cases {
	t.Helper()
	hours, err := WeekdayHours(false)
	if err != nil {
		t.Fatal(err)
	}
	const reference = "1482739060"
	shelf := shelfOfCases{
		cases:    map[string]Case{reference: {Reference: reference, Kind: CaseRequest, State: CaseOffice, Conversation: "own", Contact: Contact{Email: "maria@example.org"}}},
		receipts: map[string]string{reference: "IOE0912345678"},
	}
	return NewCases(CasesConfig{Store: shelf, Emma: plainEmma{}, Team: func(string, string) Team { return Team{Hours: hours} }, Now: func() time.Time { return *now }})
}

func TestEmmaTellsHowFarACaseIs(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	mail := bot.Sealed{Number: 1, Kind: bot.Email, Value: "Maria@Example.org"}
	for name, test := range map[string]struct {
		q      bot.Question
		sealed []bot.Sealed
		says   string
		offer  bool
	}{
		"the same conversation":     {q: bot.Question{Text: "status of 1482-739-060?", Conversation: "own"}, says: "case_office 1482-739-060"},
		"another conversation":      {q: bot.Question{Text: "status of 1482 739 060", Conversation: "x"}, says: "case_proof", offer: true},
		"with the address":          {q: bot.Question{Text: "1482739060, [e-mail address 1 · correo]", Conversation: "x"}, sealed: []bot.Sealed{mail}, says: "case_office 1482-739-060"},
		"the address afterwards":    {q: bot.Question{Text: "[e-mail address 1 · correo]", Conversation: "x", Memory: bot.Memory{Pending: "case:1482739060"}}, sealed: []bot.Sealed{mail}, says: "case_office 1482-739-060"},
		"the receipt":               {q: bot.Question{Text: "1482739060 [receipt number 1 · n]", Conversation: "x"}, sealed: []bot.Sealed{{Number: 1, Kind: bot.Receipt, Value: "ioe 0912345678"}}, says: "case_office 1482-739-060"},
		"another address":           {q: bot.Question{Text: "1482739060 [e-mail address 1 · n]", Conversation: "x"}, sealed: []bot.Sealed{{Number: 1, Kind: bot.Email, Value: "eve@example.org"}}, says: "case_no_match"},
		"a case that is not there":  {q: bot.Question{Text: "1000000009", Conversation: "x"}, says: "plain"},
		"a reference of nobody":     {q: bot.Question{Text: reference("123456789"), Conversation: "x"}, says: "case_proof", offer: true},
		"something else afterwards": {q: bot.Question{Text: "thanks", Conversation: "x", Memory: bot.Memory{Pending: "case:1482739060"}}, says: "plain"},
		"danger":                    {q: bot.Question{Text: "911 for 1482-739-060", Conversation: "own"}, says: "plain"},
		"a telephone number":        {q: bot.Question{Text: "call 1-800-375-5283", Conversation: "own"}, says: "plain"},
		"a longer number":           {q: bot.Question{Text: "1482-739-0601", Conversation: "own"}, says: "plain"},
	} {
		t.Run(name, func(t *testing.T) {
			cases := statusDesk(t, &now)
			shelf := cases.cfg.Store.(shelfOfCases)
			shelf.sealed = test.sealed
			cases.cfg.Store = shelf
			d, err := NewClerk(plainEmma{}, cases).Decide(context.Background(), test.q)
			if err != nil || !strings.HasPrefix(d.Text, test.says) {
				t.Errorf("Emma says %q (%v), want %q", d.Text, err, test.says)
			}
			if (len(d.Offers) > 0) != test.offer || (d.Memory.Pending != "") != test.offer {
				t.Errorf("offers %v, pending %q", d.Offers, d.Memory.Pending)
			}
		})
	}
}

// reference is nine digits with their check digit.
func reference(digits string) string { return digits + string(rune('0'+damm(digits))) }

func TestGuessingIsStopped(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	cases, ctx := statusDesk(t, &now), context.Background()
	const mine, proof = "1482-739-060", "maria@example.org"
	try := func(reference, proof, who string) error {
		_, err := cases.Status(ctx, reference, proof, who)
		return err
	}
	for i := range 3 * guessLimit { // a misread digit costs nothing
		if err := try("1482-739-061", proof, "address/a"); !errors.Is(err, ErrReference) {
			t.Fatalf("a wrong digit gave %v at try %d", err, i)
		}
	}
	// One address guesses references: after ten wrong ones it sees nothing, not even what is right.
	for i := range guessLimit {
		if err := try(reference("1"+strings.Repeat("0", 7)+string(rune('0'+i))), proof, "address/a"); !errors.Is(err, ErrNotFound) {
			t.Fatalf("guess %d gave %v", i, err)
		}
	}
	if err := try(mine, proof, "address/a"); !errors.Is(err, ErrGuesses) {
		t.Errorf("after the guesses: %v", err)
	}
	if err := try(mine, proof, "address/b"); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	// Many addresses guess the proof of one reference.
	for i := range guessLimit {
		if err := try(mine, "guess@example.org", "address/"+string(rune('c'+i))); !errors.Is(err, ErrNotFound) {
			t.Fatalf("guess %d gave %v", i, err)
		}
	}
	if err := try(mine, proof, "address/z"); !errors.Is(err, ErrGuesses) {
		t.Errorf("after guesses from everywhere: %v", err)
	}
	now = now.Add(guessWindow)
	if err := try(mine, proof, "address/a"); err != nil {
		t.Errorf("an hour later: %v", err)
	}
}
