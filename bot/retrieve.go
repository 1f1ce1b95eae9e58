package bot

import (
	"fmt"
	"strings"

	"emma/knowledge"
)

const (
	// maxQuery bounds what of a message is searched for, in bytes.
	maxQuery = 600
	// fewKnown is the share of words known to the base under which Emma asks for
	// other words rather than guess.
	fewKnown = 0.34
	// mostChoices is how many articles are offered at once.
	mostChoices = 3
)

// search looks the message up in the visitor's language, once.
func (t *turn) search() error {
	if t.found != nil {
		return nil
	}
	found, err := t.lookUp(t.text, t.language())
	if err != nil {
		return err
	}
	t.found = &found
	return nil
}

func (t *turn) lookUp(text, language string) (knowledge.Result, error) {
	found, err := t.bot.base.Search(t.ctx, knowledge.Query{Text: essence(text), Language: language, Limit: 5})
	if err != nil {
		return knowledge.Result{}, fmt.Errorf("searching the knowledge base: %w", err)
	}
	return found, nil
}

// essence shortens a long message to its questions, or to its beginning and end.
func essence(text string) string {
	if len(text) <= maxQuery {
		return text
	}
	var asked []string
	size := 0
	rest := text
	for rest != "" && size < maxQuery {
		cut := strings.IndexAny(rest, ".?!\n")
		sentence := rest
		if cut >= 0 {
			sentence, rest = rest[:cut+1], rest[cut+1:]
		} else {
			rest = ""
		}
		if strings.HasSuffix(sentence, "?") && len(sentence) <= maxQuery {
			asked = append(asked, strings.TrimSpace(sentence))
			size += len(sentence)
		}
	}
	if len(asked) > 0 {
		return strings.Join(asked, " ")
	}
	return strings.ToValidUTF8(text[:maxQuery/2], "") + " " + strings.ToValidUTF8(text[len(text)-maxQuery/2:], "")
}

// retrieve answers from the base, asks back, or brings a person.
func (t *turn) retrieve() (Decision, error) {
	if err := t.search(); err != nil {
		return Decision{}, err
	}
	if err := t.inContext(); err != nil {
		return Decision{}, err
	}
	if best, ok := t.sureOf(); ok {
		t.memory.Asked = shorten(t.text)
		return t.answer(best.Article, best.Confidence), nil
	}
	if err := t.tryOtherLanguage(); err != nil {
		return Decision{}, err
	}
	if best, ok := t.sureOf(); ok {
		t.memory.Asked = shorten(t.text)
		return t.answer(best.Article, best.Confidence), nil
	}
	if t.question.Waiting {
		return t.inLine(), nil
	}
	best, ok := t.best()
	return t.miss(best, ok), nil
}

// sureOf is the article to answer with: the search is sure of it, and the message is not
// about what another office does. What the editors wrote about that is answered.
func (t *turn) sureOf() (knowledge.Hit, bool) {
	best, ok := t.best()
	if !ok || best.Confidence < t.found.Answer {
		return best, false
	}
	if _, outside := t.likely(kindOutside, false); !outside { // mostly, and cheaper than the rest
		return best, true
	}
	return best, strings.HasPrefix(best.Article.ID, "limits-") || t.editorsWords() || !t.is(kindOutside, false)
}

func (t *turn) best() (knowledge.Hit, bool) {
	if len(t.found.Hits) == 0 {
		return knowledge.Hit{}, false
	}
	return t.found.Hits[0], true
}

// tryOtherLanguage replaces the result by one in the other language where that one
// is sure and knows more of the words: the base may hold the article in one language
// only.
func (t *turn) tryOtherLanguage() error {
	if len(t.found.Hits) > 0 && t.found.Known == 1 {
		return nil
	}
	if len(t.found.Hits) > 0 && t.bot.base.Known(essence(t.text), otherLanguage(t.language())) <= t.found.Known {
		return nil
	}
	other, err := t.lookUp(t.text, otherLanguage(t.language()))
	if err != nil {
		return err
	}
	if len(other.Hits) > 0 && other.Hits[0].Confidence >= other.Answer {
		t.note("other_language")
		t.found = &other
	}
	return nil
}

// miss asks back once, then brings a person.
func (t *turn) miss(best knowledge.Hit, any bool) Decision {
	t.memory.Misses++
	unknown := !any || t.found.Known < fewKnown || gibberish(t.said)
	plausible := any && best.Confidence >= t.found.Clarify
	switch {
	case t.memory.Misses > 1:
		return t.handoff(RepeatedMiss, "repeated_miss")
	case plausible:
		d := t.say(Clarify, "", "clarify")
		d.Confidence = best.Confidence
		for _, hit := range t.found.Hits[:min(mostChoices, len(t.found.Hits))] {
			d.Choices = append(d.Choices, t.choice(choiceArticle+hit.Article.ID))
		}
		d.Choices = append(d.Choices, t.choice(choiceAgent))
		return d
	case unknown:
		d := t.say(Clarify, UnknownWords, "unknown_words")
		d.Choices = []Choice{t.choice(choiceMenu), t.choice(choiceAgent)}
		return d
	default:
		d := t.handoff(LowConfidence, "low_confidence")
		if any {
			d.Confidence = best.Confidence
		}
		return d
	}
}

// gibberish reports whether hardly a word looks like one: no vowels, or hardly
// anything but consonants in a row.
func gibberish(said []*heard) bool {
	odd, counted := 0, 0
	for _, h := range said {
		w := h.word
		if len(w) < 4 || w[0] >= '0' && w[0] <= '9' {
			continue
		}
		counted++
		row, longest := 0, 0
		for i := range len(w) {
			if strings.IndexByte("aeiouy", w[i]) >= 0 {
				row = 0
			} else if row++; row > longest {
				longest = row
			}
		}
		if longest >= 5 {
			odd++
		}
	}
	return counted > 0 && odd*2 > counted
}

// published finds an article in the visitor's language, else in the other.
func (t *turn) published(id string) (knowledge.Published, bool) {
	if id == "" {
		return knowledge.Published{}, false
	}
	return t.ruleArticle([]string{id})
}

// show says an article, with a word about it when it is in the other language.
func (t *turn) show(p knowledge.Published) Decision {
	d := Decision{Action: Answer, Article: p.ID, Revision: p.Revision, Checked: p.CheckedAt(), Text: p.Text, HTML: p.HTML}
	if p.Language != t.language() {
		lead := t.bot.Say("other_language", t.language())
		d.Text, d.HTML = lead+"\n\n"+d.Text, paragraph(lead)+d.HTML
	}
	if p.Source.URL != "" {
		d.Links = []knowledge.Link{p.Source}
	}
	d.Choices = t.followUps(p)
	return d
}

// followUps are an article's follow-up questions as choices.
func (t *turn) followUps(p knowledge.Published) []Choice {
	var out []Choice
	for _, id := range p.FollowUps {
		if next, ok := t.published(id); ok && len(out) < mostChoices {
			out = append(out, Choice{ID: choiceArticle + id, Label: next.Question})
		}
	}
	return out
}

// answer shows an article as the answer to a question. One with a route offers the
// way to its team.
func (t *turn) answer(p knowledge.Published, confidence float64) Decision {
	d := t.show(p)
	d.Confidence = confidence
	t.memory.Article, t.memory.Misses = p.ID, 0
	if t.question.Waiting {
		lead := t.bot.Say("waiting_answered", t.language())
		d.Text, d.HTML = d.Text+"\n\n"+lead, d.HTML+paragraph(lead)
		d.Choices = []Choice{t.choice(choiceLeave), t.choice(choiceStay)}
		return d
	}
	if team, _ := teamOf(p.Route); team != "" {
		d.Choices = append(d.Choices, t.choice(choiceAgent))
	}
	return d
}

// shorten keeps enough of a question to understand a follow-up by.
func shorten(text string) string {
	const most = 200
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "")
}
