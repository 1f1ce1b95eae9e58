package handoff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"emma/bot"
)

// Edit is what an editor made of a part of Emma's script: of her menu, of a phrase, or of
// what she reacts to at once.
type Edit struct {
	Name     string // "menu", "phrase/" and the name of the phrase, or "trigger/" and the kind
	Content  []byte // JSON: a list of bot.MenuTopic, texts by language, or lists of them by language
	Revision int64  // 1, 2, 3 …; 0 when the part was never changed
	By       string // display name
	At       time.Time
}

// EditStore keeps the script.
type EditStore interface {
	// Edits lists what was changed.
	Edits(ctx context.Context) ([]Edit, error)
	// SaveEdit keeps an edit whose Revision is one above the kept one; else ErrEdited.
	// It signals TopicScript.
	SaveEdit(ctx context.Context, e Edit) error
}

// ErrEdited says that somebody else saved the same part meanwhile.
var ErrEdited = errors.New("somebody else saved this meanwhile")

const (
	menuEdit    = "menu"
	phraseEdit  = "phrase/"
	triggerEdit = "trigger/"
	// mostLabel bounds the label of a topic, in characters: it stands on a button.
	mostLabel = 60
	// readScriptEvery backs up lost signals.
	readScriptEvery = 2 * time.Second
)

// Script is Emma as the editors of the agency let her speak: a Decider that says their
// words and shows their menu. Somebody has to call Follow now and then.
type Script struct {
	usual *bot.Bot
	store EditStore
	now   func() time.Time

	stale atomic.Bool
	state atomic.Pointer[scriptState]
}

type scriptState struct {
	emma   *bot.Bot
	made   bot.Edits // what emma was made with
	edits  map[string]Edit
	readAt time.Time
}

// NewScript reads what the editors changed of Emma.
func NewScript(ctx context.Context, emma *bot.Bot, store EditStore, bus Bus, now func() time.Time) (*Script, error) {
	s := &Script{usual: emma, store: store, now: now}
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	// The script lives as long as the bus, so the subscription is never cancelled.
	bus.Subscribe(TopicScript, func(Signal) { s.stale.Store(true) })
	return s, nil
}

func (s *Script) read(ctx context.Context) error {
	s.stale.Store(false)
	list, err := s.store.Edits(ctx)
	if err != nil {
		return fmt.Errorf("reading Emma's script: %w", err)
	}
	next := &scriptState{edits: map[string]Edit{}, readAt: s.now()}
	made := bot.Edits{Say: map[string]map[string]string{}, Triggers: map[string]map[string][]string{}}
	for _, e := range list {
		next.edits[e.Name] = e
		if key, ok := strings.CutPrefix(e.Name, phraseEdit); ok {
			texts := map[string]string{}
			err = json.Unmarshal(e.Content, &texts)
			made.Say[key] = texts
		} else if kind, ok := strings.CutPrefix(e.Name, triggerEdit); ok {
			phrases := map[string][]string{}
			err = json.Unmarshal(e.Content, &phrases)
			made.Triggers[kind] = phrases
		} else if e.Name == menuEdit {
			err = json.Unmarshal(e.Content, &made.Menu)
		}
		if err != nil {
			return fmt.Errorf("reading Emma's script, %s: %w", e.Name, err)
		}
	}
	next.emma, next.made = s.usual.Edited(made), made
	s.state.Store(next)
	return nil
}

// Follow reads the script anew when it may have changed.
func (s *Script) Follow(ctx context.Context) error {
	if !s.stale.Load() && s.now().Sub(s.state.Load().readAt) < readScriptEvery {
		return nil
	}
	return s.read(ctx)
}

// Decide implements Decider.
func (s *Script) Decide(ctx context.Context, q bot.Question) (bot.Decision, error) {
	return s.state.Load().emma.Decide(ctx, q)
}

// Seal implements Decider.
func (s *Script) Seal(text string) (string, []bot.Sealed) { return s.usual.Seal(text) }

// Label implements Decider.
func (s *Script) Label(choice, language string) (string, bool) {
	return s.state.Load().emma.Label(choice, language)
}

// Say implements Decider.
func (s *Script) Say(name, language string) string { return s.state.Load().emma.Say(name, language) }

// Menu is the guided menu as editors see it.
type Menu struct {
	Edit   // the last one; its Content is not of interest here
	Topics []bot.MenuEntry
}

// Menu returns the menu in its present order.
func (s *Script) Menu() Menu {
	state := s.state.Load()
	return Menu{Edit: state.edits[menuEdit], Topics: state.emma.Menu()}
}

// SaveMenu orders the menu, on behalf of an editor who has seen a revision. An empty
// list brings the usual order back. The error wraps ErrInvalid or ErrEdited.
func (s *Script) SaveMenu(ctx context.Context, by Staff, revision int64, topics []bot.MenuTopic) error {
	if err := checkMenu(s.state.Load().emma.Menu(), topics); err != nil {
		return err
	}
	return s.save(ctx, by, menuEdit, revision, append([]bot.MenuTopic{}, topics...))
}

// checkMenu refuses what is not in the menu or stands in it twice.
func checkMenu(known []bot.MenuEntry, topics []bot.MenuTopic) error {
	seen := map[string]bool{}
	for _, t := range topics {
		at := slices.IndexFunc(known, func(e bot.MenuEntry) bool { return e.ID == t.ID })
		if at < 0 || seen[t.ID] {
			return fmt.Errorf("%w: the topic %.60q is not in the menu, or stands in it twice", ErrInvalid, t.ID)
		}
		seen[t.ID] = true
		for language, label := range t.Labels {
			if language != "en" && language != "es" || strings.TrimSpace(label) == "" || utf8.RuneCountInString(label) > mostLabel {
				return fmt.Errorf("%w: the name of a topic needs 1 to %d characters in English and in Spanish", ErrInvalid, mostLabel)
			}
		}
		if len(t.Labels) == 1 {
			return fmt.Errorf("%w: the topic %s needs a name in both languages", ErrInvalid, t.ID)
		}
		articles := map[string]bool{}
		for _, id := range t.Articles {
			if articles[id] || !slices.ContainsFunc(known[at].Articles, func(a bot.MenuArticle) bool { return a.ID == id }) {
				return fmt.Errorf("%w: the article %.60q is not in the topic %s, or stands in it twice", ErrInvalid, id, t.ID)
			}
			articles[id] = true
		}
	}
	return nil
}

// Phrase is one of Emma's sentences as editors see it.
type Phrase struct {
	bot.PhraseAbout
	Places       []string          // names in braces that have to stay
	Texts, Usual map[string]string // by language: what she says now, and what came with the program
	Edit         Edit              // the last one
}

// Phrases lists what editors may change.
func (s *Script) Phrases() []Phrase {
	about := s.usual.About()
	list := make([]Phrase, len(about))
	for i, a := range about {
		list[i] = s.phrase(a)
	}
	return list
}

// Phrase returns one, or ErrNotFound.
func (s *Script) Phrase(key string) (Phrase, error) {
	about := s.usual.About()
	i := slices.IndexFunc(about, func(a bot.PhraseAbout) bool { return a.Key == key })
	if i < 0 {
		return Phrase{}, fmt.Errorf("the phrase %.60q: %w", key, ErrNotFound)
	}
	return s.phrase(about[i]), nil
}

func (s *Script) phrase(a bot.PhraseAbout) Phrase {
	state := s.state.Load()
	p := Phrase{PhraseAbout: a, Places: s.usual.Places(a.Key), Texts: map[string]string{}, Usual: map[string]string{}, Edit: state.edits[phraseEdit+a.Key]}
	for _, language := range []string{"en", "es"} {
		p.Texts[language], p.Usual[language] = state.emma.Say(a.Key, language), s.usual.Say(a.Key, language)
	}
	return p
}

// SavePhrase changes what Emma says from now on, on behalf of an editor who has seen a
// revision. The error wraps ErrNotFound or ErrEdited, or is a *FieldError.
func (s *Script) SavePhrase(ctx context.Context, by Staff, key string, revision int64, texts map[string]string) error {
	if _, err := s.Phrase(key); err != nil {
		return err
	}
	if err := inField(s.usual.CheckPhrase(key, texts)); err != nil {
		return fmt.Errorf("saving the phrase %s: %w", key, err)
	}
	return s.save(ctx, by, phraseEdit+key, revision, texts)
}

// inField is an error of a text as that of the editor's field with its language.
func inField(err error) error {
	var wrong *bot.PhraseError
	if errors.As(err, &wrong) {
		return &FieldError{wrong.Language, wrong.Text}
	}
	return err
}

func (s *Script) save(ctx context.Context, by Staff, name string, revision int64, content any) error {
	if !by.EditsKnowledge() {
		return fmt.Errorf("changing Emma's script: %w", ErrForbidden)
	}
	encoded, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("changing Emma's script: %w", err)
	}
	if err := s.store.SaveEdit(ctx, Edit{Name: name, Content: encoded, Revision: revision + 1, By: by.Name, At: s.now()}); err != nil {
		if errors.Is(err, ErrEdited) {
			err = errors.Join(err, s.read(ctx)) // the editor is shown the newest
		}
		return fmt.Errorf("changing Emma's script: %w", err)
	}
	return s.read(ctx)
}
