package handoff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"emma/bot"
)

// Team is a line of the desk with the people behind it, and its rules.
type Team struct {
	ID    string `json:"id"` // as routes and staff name it, such as military
	Names Words  `json:"names"`
	// Tiers are the levels that the team has, lowest first.
	Tiers []Tier `json:"tiers"`
	// Languages are the codes of those that the team answers in: see LanguageRule. Within
	// the team an agent who speaks the visitor's is chosen first; if none does, any agent
	// is better than nobody.
	Languages []string `json:"languages"`
	// Skills are what an agent must have to take a conversation of the team.
	Skills []string `json:"skills,omitempty"`
	Hours  Hours    `json:"hours"`
	// Closed is what visitors are told at closed times; {opens} stands for when the
	// team opens next. Empty means Emma's own words.
	Closed     Words      `json:"closed,omitempty"`
	Assignment Assignment `json:"assignment"`

	FirstReply Period `json:"first_reply"` // target for an agent's first message, from joining the line
	OfferFor   Period `json:"offer_for"`   // how long an agent has to accept
	AfterChat  Period `json:"after_chat"`  // work after a chat that takes up the agent; 0 for none
	WaitLimit  Period `json:"wait_limit"`  // above this wait other ways are offered; 0 for never
	WarnGone   Period `json:"warn_gone"`   // a visitor gone for so long is warned; 0 for never
	CloseGone  Period `json:"close_gone"`  // and the chat is closed so long after the warning
	ReopenFor  Period `json:"reopen_for"`  // how long a closed chat can be opened again

	// Dispositions are what a chat can have been about; closing asks for one of them
	// when DispositionRequired is set.
	Dispositions        []string `json:"dispositions,omitempty"`
	DispositionRequired bool     `json:"disposition_required,omitempty"`
	// TagRequired asks for at least one tag too.
	TagRequired bool `json:"tag_required,omitempty"`
}

// Tier is a level of a team: who answers there and what they may see and do.
type Tier struct {
	Level int   `json:"level"` // 1 or 2
	Names Words `json:"names"`
	// Reveals are the kinds of sealed numbers that an agent of the tier may look at,
	// such as receipt and a_number.
	Reveals []bot.Kind `json:"reveals"`
	// Cases reports whether the tier answers questions about the visitor's own case.
	Cases bool `json:"cases"`
}

// Words are a text in several languages, by their codes.
type Words map[string]string

// In is the text in a language, else in English.
func (w Words) In(language string) string {
	if text := w[language]; text != "" {
		return text
	}
	return w["en"]
}

// Assignment is how a team's conversations find their agent.
type Assignment string

// The ways of assignment: agents pick from the line, or the conversation at its head
// is offered to the agent who has been idle longest.
const (
	Pick      Assignment = "pick"
	Automatic Assignment = "automatic"
)

// Period is a length of time that is written as 90s, 5m or 24h.
type Period time.Duration

// MarshalText implements encoding.TextMarshaler.
func (p Period) MarshalText() ([]byte, error) {
	text := time.Duration(p).String()
	for _, zero := range []struct{ after, suffix string }{{"m", "0s"}, {"h", "0m"}} {
		if strings.HasSuffix(text, zero.after+zero.suffix) {
			text = strings.TrimSuffix(text, zero.suffix)
		}
	}
	return []byte(text), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Period) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text))
	if err != nil || d < 0 {
		return fmt.Errorf("%q is no length of time such as 90s, 5m or 24h", text)
	}
	*p = Period(d)
	return nil
}

// ReadTeam reads a team from JSON. Unknown fields and values out of range are errors
// that wrap ErrInvalid and say what to do.
func ReadTeam(content []byte) (Team, error) {
	var t Team
	if err := strictJSON(content, &t); err != nil {
		return Team{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	if err := t.Validate(); err != nil {
		return Team{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	return t, nil
}

func strictJSON(content []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands after its end")
	}
	return nil
}

var (
	teamID       = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	languageCode = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// Validate says in a sentence what is wrong with the team.
func (t Team) Validate() error {
	switch {
	case !teamID.MatchString(t.ID):
		return fmt.Errorf("the id %q must be a small letter followed by at most 39 small letters, digits and hyphens", t.ID)
	case t.Names["en"] == "":
		return fmt.Errorf("team %s needs an English name (names: {en: …})", t.ID)
	case len(t.Tiers) == 0:
		return fmt.Errorf("team %s needs at least one tier", t.ID)
	case len(t.Languages) == 0:
		return fmt.Errorf("team %s needs at least one language, such as en", t.ID)
	case slices.ContainsFunc(t.Languages, func(l string) bool { return !languageCode.MatchString(l) }):
		return fmt.Errorf("team %s: languages are written as codes such as en and es, not as %q", t.ID, t.Languages)
	case t.Assignment != Pick && t.Assignment != Automatic:
		return fmt.Errorf("team %s: assignment must be %s or %s", t.ID, Pick, Automatic)
	case t.OfferFor < Period(5*time.Second):
		return fmt.Errorf("team %s: offer_for must be at least 5s: an agent has to see the offer", t.ID)
	case t.WarnGone > 0 && t.CloseGone <= 0:
		return fmt.Errorf("team %s: close_gone must be above 0 when warn_gone is", t.ID)
	case t.DispositionRequired && len(t.Dispositions) == 0:
		return fmt.Errorf("team %s requires a disposition but lists none", t.ID)
	}
	for i, tier := range t.Tiers {
		if tier.Level < 1 || tier.Level > 2 || (i > 0 && tier.Level <= t.Tiers[i-1].Level) {
			return fmt.Errorf("team %s: tiers have the levels 1 and 2, lowest first", t.ID)
		}
	}
	if err := t.Hours.Validate(); err != nil {
		return fmt.Errorf("team %s: %w", t.ID, err)
	}
	return nil
}

// Tier returns the level of the team that is asked for, or the nearest that it has.
func (t Team) Tier(level int) Tier {
	best := t.Tiers[0]
	for _, tier := range t.Tiers {
		if tier.Level <= max(level, 1) {
			best = tier
		}
	}
	return best
}

// MayReveal reports whether somebody of the staff may look at a sealed number of a
// kind in a conversation of the team.
func (t Team) MayReveal(s Staff, kind bot.Kind) bool {
	return s.UsesDesk() && slices.Contains(t.Tier(s.Tier()).Reveals, kind)
}

// closes checks what a conversation is closed with.
func (t Team) closes(disposition string, tags []string) error {
	if len(tags) == 0 && t.TagRequired {
		return refuse("tag", "Please give the chat at least one tag before you close it.")
	}
	if disposition == "" && t.DispositionRequired {
		return refuse("disposition", "Please say what the chat was about before you close it: one of %v.", t.Dispositions)
	}
	if disposition != "" && len(t.Dispositions) > 0 && !slices.Contains(t.Dispositions, disposition) {
		return refuse("disposition", "%q is not in the list of this team: %v.", disposition, t.Dispositions)
	}
	return nil
}
