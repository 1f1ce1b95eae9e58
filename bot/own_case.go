package bot

import (
	"slices"

	"emma/knowledge"
)

// pendingReceipt is Memory.Pending after Emma asked for a receipt number.
const pendingReceipt = "receipt_number"

// numbered brings a person for a number that names a case, and answers what comes
// after Emma asked for one: the number, a malformed one, or "I do not have it".
func (t *turn) numbered() (Decision, bool, error) {
	asked := t.memory.Pending == pendingReceipt
	t.memory.Pending = ""
	for _, m := range t.marks {
		if m.kind != Receipt && m.kind != ANumber && m.kind != Account {
			continue
		}
		t.note("number:" + string(m.kind))
		if m.problem != "" {
			t.note("malformed:" + string(m.problem))
		}
		return t.takeNumber(m), true, nil
	}
	if !asked || !t.question.Waiting {
		return Decision{}, false, nil
	}
	switch {
	case t.hears("where_is_number"):
		t.memory.Pending = pendingReceipt
		return t.say(SmallTalk, "", "receipt_where"), true, nil
	case t.hears("no") || t.hears("has_no_number"):
		return t.say(SmallTalk, "", "receipt_none"), true, nil
	case t.hears("yes"):
		t.memory.Pending = pendingReceipt
		return t.say(SmallTalk, "", "receipt_ask"), true, nil
	}
	digits := 0
	for _, r := range runs(t.text) {
		digits = max(digits, len(r.digits(0, len(r.groups))))
	}
	if digits >= 5 && len(t.said) <= 8 {
		t.memory.Pending = pendingReceipt
		if digits > receiptDigits {
			return t.say(SmallTalk, "", "receipt_many"), true, nil
		}
		return t.say(SmallTalk, "", "receipt_few"), true, nil
	}
	return Decision{}, false, nil
}

// takeNumber keeps a number for the agent. Its form is checked, and the hand-off
// goes on in any case.
func (t *turn) takeNumber(m mark) Decision {
	said := "number_kept"
	switch m.problem {
	case FewDigits:
		said = "receipt_few"
	case ManyDigits:
		said = "receipt_many"
	}
	if m.problem != "" {
		t.memory.Pending = pendingReceipt
	}
	if t.question.Waiting {
		if m.problem == "" {
			said = "receipt_kept"
		}
		return t.say(SmallTalk, "", said)
	}
	t.memory.Misses = 0
	d := t.say(Handoff, CaseSpecific, "case_specific", said)
	d.Team, d.Tier = t.caseRoute()
	return d
}

// ownCase brings a person for a question about the visitor's own case.
func (t *turn) ownCase() (Decision, bool, error) {
	if err := t.search(); err != nil {
		return Decision{}, false, err
	}
	if sign := routeSign(t.found); sign != "" && t.chances != nil { // the model was asked
		z := t.bot.model.with(t.observed, sign)
		t.chances = z.probabilities()
	}
	if !t.is(kindCase, false) || t.editorsWords() {
		return Decision{}, false, nil
	}
	for _, part := range t.bot.signals.shape(t.fired, t.said, false) {
		t.note("case:" + part)
	}
	if t.question.Waiting {
		return t.inLine(), true, nil
	}
	keys := []string{"case_specific"}
	if t.seen(pendingReceipt) == 0 {
		keys = append(keys, "receipt_ask")
		t.memory.Pending = pendingReceipt
	}
	d := t.handoff(CaseSpecific, keys...)
	d.Team, d.Tier = t.caseRoute()
	return d, true, nil
}

// routeSign is what the model sees of the search: where the editors send those whom the
// best article does not help, "" when no article is plausible.
func routeSign(found *knowledge.Result) string {
	if len(found.Hits) == 0 || found.Hits[0].Confidence < found.Clarify {
		return ""
	}
	route := found.Hits[0].Article.Route
	if route == "" {
		route = "general"
	}
	return "route:" + route
}

// caseRoute is where a case goes: to the team of the article that fits best.
func (t *turn) caseRoute() (team string, tier int) {
	if err := t.search(); err != nil || len(t.found.Hits) == 0 || t.found.Hits[0].Confidence < t.found.Clarify {
		return "", 0
	}
	return teamOf(t.found.Hits[0].Article.Route)
}

// editorsWords reports whether the message is, word for word, a question or an
// alternate of the best article: then the editor decided that it is answered.
func (t *turn) editorsWords() bool {
	if t.found == nil || len(t.found.Hits) == 0 {
		return false
	}
	plain := words(t.text)
	hit := t.found.Hits[0]
	if hit.Confidence < t.found.Answer {
		return false
	}
	same := func(wording string) bool { return slices.Equal(words(wording), plain) }
	return same(hit.Article.Question) || slices.ContainsFunc(hit.Article.Alternates, same)
}

func otherLanguage(language string) string {
	if language == knowledge.Spanish {
		return knowledge.English
	}
	return knowledge.Spanish
}
