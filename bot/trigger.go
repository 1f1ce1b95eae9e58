package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"emma/knowledge"
)

// Trigger is a kind of message that Emma reacts to before she looks for an answer: a
// danger, or small talk. She knows many wordings of each by herself. Editors add theirs,
// and can take away none of hers: what she knows are patterns and a model, and somebody in
// danger must not be missed because of a slip of the hand.
type Trigger struct {
	Kind     string              `json:"kind"` // also the name of the phrase that she may say
	Group    string              `json:"group"`
	When     string              `json:"when"`
	Examples map[string][]string `json:"examples"` // by language: some that she knows by herself
}

// The groups of triggers. A wording of a danger counts anywhere in a message, one of small
// talk when it is the whole message.
const (
	TriggerDanger = "danger"
	TriggerTalk   = "talk"
)

// EditorsWords is the signal that a wording of the editors decided.
const EditorsWords = "editors_words"

// Bounds of the editors' wordings.
const (
	mostTriggers        = 100 // of a kind in a language
	longestTrigger      = 80  // characters
	mostWordsOfATrigger = 12
)

// wording is one that editors added.
type wording struct {
	kind, group, language string
	words                 []string
}

// listening are the editors' wordings by their first word.
type listening map[string][]wording

// Triggers lists the kinds that editors may add wordings to.
func (p Phrases) Triggers() []Trigger { return slices.Clone(p.triggers) }

func (p Phrases) trigger(kind string) (Trigger, bool) {
	i := slices.IndexFunc(p.triggers, func(t Trigger) bool { return t.Kind == kind })
	if i < 0 {
		return Trigger{}, false
	}
	return p.triggers[i], true
}

// listen compiles wordings by kind and language. What no longer fits is left out.
func (p Phrases) listen(added map[string]map[string][]string) listening {
	all := listening{}
	for _, t := range p.triggers {
		for _, language := range []string{knowledge.English, knowledge.Spanish} {
			for _, text := range added[t.Kind][language] {
				if plain := p.plain(text); len(plain) > 0 {
					all[plain[0]] = append(all[plain[0]], wording{t.Kind, t.Group, language, plain})
				}
			}
		}
	}
	return all
}

// plain are the words of a text as Emma hears them.
func (p Phrases) plain(text string) []string {
	var plain []string
	for _, h := range p.ear.hear(words(text)) {
		plain = append(plain, h.word)
	}
	return plain
}

// triggered returns the kind of which the editors' wordings are in the message. A wording
// of one language also says which one the visitor writes in.
func (t *turn) triggered(group string) (kind string, ok bool) {
	if len(t.bot.listening) == 0 {
		return "", false
	}
	said := make([]string, len(t.said))
	for i, h := range t.said {
		said[i] = h.word
	}
	var languages []string
	for i, first := range said {
		for _, w := range t.bot.listening[first] {
			rest := said[i:]
			if w.group != group || ok && w.kind != kind || len(rest) < len(w.words) || !slices.Equal(rest[:len(w.words)], w.words) ||
				group == TriggerTalk && len(said) != len(w.words) {
				continue
			}
			kind, ok = w.kind, true
			languages = append(languages, w.language)
		}
	}
	slices.Sort(languages)
	if languages = slices.Compact(languages); len(languages) == 1 && !t.memory.Chosen {
		t.memory.Language = languages[0]
	}
	return kind, ok
}

// CheckTrigger returns the editors' wordings of a kind tidied up, each once, or a
// *PhraseError that says what is wrong with one of them.
func (b *Bot) CheckTrigger(kind string, phrases map[string][]string) (map[string][]string, error) {
	trigger, known := b.trigger(kind)
	if !known {
		return nil, fmt.Errorf("%w: %.60q", errNoPhrase, kind)
	}
	tidy, wordings := map[string][]string{}, b.wordings()
	for language, texts := range phrases {
		if language != knowledge.English && language != knowledge.Spanish {
			return nil, &PhraseError{language, "Emma speaks English and Spanish only: en and es."}
		}
		if len(texts) > mostTriggers {
			return nil, &PhraseError{language, fmt.Sprintf("There are more than %d phrases.", mostTriggers)}
		}
		tidy[language] = []string{}
		for _, text := range texts {
			text = strings.Join(strings.Fields(text), " ")
			if text == "" || slices.Contains(tidy[language], text) {
				continue
			}
			if wrong := b.wrongTrigger(trigger, text, wordings); wrong != "" {
				return nil, &PhraseError{language, fmt.Sprintf("\u201c%.90s\u201d %s", text, wrong)}
			}
			tidy[language] = append(tidy[language], text)
		}
	}
	return tidy, nil
}

// wrongTrigger says what is wrong with a wording, or "". It must not keep an answer from
// visitors: a danger counts anywhere in a question, small talk only as the whole of one.
func (b *Bot) wrongTrigger(trigger Trigger, text string, wordings []asked) string {
	plain := b.plain(text)
	switch {
	case utf8.RuneCountInString(text) > longestTrigger || len(plain) > mostWordsOfATrigger:
		return fmt.Sprintf("is longer than %d words or %d characters. Write only the words that matter.", mostWordsOfATrigger, longestTrigger)
	case len(plain) == 0 || strings.ContainsFunc(text, unicode.IsControl):
		return "has no words that Emma can hear."
	case trigger.Group == TriggerDanger && !slices.ContainsFunc(plain, func(w string) bool { return !b.ear.word(w).stop }):
		return "has only words that are in almost every message. Add the word that tells of the danger."
	}
	for _, w := range b.listening[plain[0]] {
		if w.kind != trigger.Kind && slices.Equal(w.words, plain) {
			other, _ := b.trigger(w.kind)
			return fmt.Sprintf("stands under \u201c%s\u201d already.", other.When)
		}
	}
	for _, a := range wordings {
		if slices.Equal(a.words, plain) || trigger.Group == TriggerDanger && contains(a.words, plain) {
			return fmt.Sprintf("is in the article \u201c%.100s\u201d. Visitors who ask that would no longer get it.", a.question)
		}
	}
	return ""
}

// asked is a wording of a published article.
type asked struct {
	question string // of the article
	words    []string
}

// wordings are those of all published articles but the ones about danger.
func (b *Bot) wordings() []asked {
	var all []asked
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		for _, topic := range b.base.Topics(language) {
			if topic.ID == b.articles.SafetyTopic {
				continue
			}
			for _, id := range topic.Articles {
				article, ok := b.base.Published(id, language)
				if !ok {
					continue
				}
				for _, text := range append([]string{article.Question}, article.Alternates...) {
					all = append(all, asked{article.Question, b.plain(text)})
				}
			}
		}
	}
	return all
}

// contains reports whether some words stand in a row among others.
func contains(said, words []string) bool {
	for i := range len(said) - len(words) + 1 {
		if slices.Equal(said[i:i+len(words)], words) {
			return true
		}
	}
	return false
}
