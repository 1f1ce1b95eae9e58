package bot

import (
	"slices"

	"emma/knowledge"
)

// danger answers an emergency with the editor's safety article, before anything else.
func (t *turn) danger() (Decision, bool, error) {
	if kind, ok := t.triggered(TriggerDanger); ok {
		t.note(EditorsWords)
		t.note(kind)
		return t.warn(kind), true, nil
	}
	for _, kind := range []string{"danger_self_harm", "danger_violence", "danger_trafficking", "danger_abuse", "danger_enforcement", "danger_emergency"} {
		if !t.fires(kind) {
			continue
		}
		if !t.is(kindSafety, true) {
			break
		}
		t.note(kind)
		return t.warn(kind), true, nil
	}
	if !t.isTalk() && t.is(kindSafety, false) {
		return t.warn("danger_emergency"), true, nil
	}
	return Decision{}, false, nil
}

// warn shows the editors' article about a kind of danger.
func (t *turn) warn(kind string) Decision {
	article, ok := t.ruleArticle(t.bot.articles.Safety[kind])
	if !ok {
		article, ok = t.firstOfTopic(t.bot.articles.SafetyTopic)
	}
	t.memory.Misses = 0
	var d Decision
	if ok {
		d = t.show(article)
		d.Action, d.Reason = Answer, Safety
	} else {
		d = t.say(Answer, Safety, kind)
	}
	d.Choices = nil
	if !t.question.Waiting {
		d.Choices = []Choice{t.choice(choiceAgent)}
	}
	return d
}

// ruleArticle returns the first article of a list that is published, in the
// visitor's language if there is one.
func (t *turn) ruleArticle(ids []string) (knowledge.Published, bool) {
	for _, language := range []string{t.language(), otherLanguage(t.language())} {
		for _, id := range ids {
			if p, ok := t.bot.base.Published(id, language); ok {
				return p, true
			}
		}
	}
	return knowledge.Published{}, false
}

func (t *turn) firstOfTopic(id string) (knowledge.Published, bool) {
	for _, topic := range t.bot.topics(t.language()) {
		if topic.ID == id {
			return t.ruleArticle(topic.Articles)
		}
	}
	return knowledge.Published{}, false
}

// person brings a person when the visitor asks for one.
func (t *turn) person() (Decision, bool, error) {
	listed := t.fires("wants_person")
	if !listed && (t.isTalk() || t.fires("robot")) {
		return Decision{}, false, nil // "are you a person?" wants none
	}
	if !listed && (t.chance(kindPerson) < t.chance(kindOutside) || t.fires("abusive") && t.chance(kindPerson) < 0.5) {
		return Decision{}, false, nil // "I need a plumber", "dumb machine"
	}
	if !t.is(kindPerson, listed) {
		return Decision{}, false, nil
	}
	return t.bringPerson(), true, nil
}

func (t *turn) bringPerson() Decision {
	t.memory.Misses = 0
	if t.question.Waiting {
		return t.say(SmallTalk, "", "already_waiting")
	}
	d := t.say(Handoff, WantsPerson, "wants_person")
	d.Team, d.Tier = t.lastRoute()
	return d
}

// lastRoute is where the article answered last leads to.
func (t *turn) lastRoute() (team string, tier int) {
	if t.memory.Article == "" {
		return "", 0
	}
	if p, ok := t.published(t.memory.Article); ok {
		return teamOf(p.Route)
	}
	return "", 0
}

// teamOf translates the route of an article to a team of the desk and a tier.
func teamOf(route string) (team string, tier int) {
	switch route {
	case "", "general":
		return "", 0
	case "tier1":
		return "general", 1
	case "tier2":
		return "general", 2
	default:
		return route, 1
	}
}

// talkSignals are the lists of small talk, the most telling first.
func talkSignals() []string {
	return []string{"robot", "who_are_you", "what_can_you_do", "how_are_you", "thanks", "bye", "greeting", "ok"}
}

// isTalk reports whether the message is small talk and nothing else.
func (t *turn) isTalk() bool {
	if _, ok := t.triggered(TriggerTalk); ok {
		return true
	}
	_, ok := t.bot.signals.covers(talkSignals(), "filler", t.said)
	return ok
}

// chat is what Emma says to a kind of small talk.
func (t *turn) chat(kind string) Decision {
	t.note(kind)
	d := t.say(SmallTalk, "", kind)
	if kind == "greeting" || kind == "what_can_you_do" {
		d.Choices = []Choice{t.choice(choiceMenu), t.choice(choiceAgent)}
	}
	return t.quietChoices(d)
}

// talk answers greetings, thanks and the like when they are the whole message, and
// insults when there is no question beside them.
func (t *turn) talk() (Decision, bool, error) {
	if kind, ok := t.triggered(TriggerTalk); ok {
		t.note(EditorsWords)
		return t.chat(kind), true, nil
	}
	talk := talkSignals()
	if found, ok := t.bot.signals.covers(talk, "filler", t.said); ok {
		// The most telling one is answered: "hi, are you a robot?" is about the robot.
		for _, kind := range talk {
			if slices.Contains(found, kind) {
				return t.chat(kind), true, nil
			}
		}
	}
	if t.is(kindTalk, false) {
		d := t.say(SmallTalk, "", "ok")
		for _, kind := range talk {
			if t.hears(kind) {
				d = t.say(SmallTalk, "", kind)
				break
			}
		}
		return d, true, nil
	}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		if t.hears("speak_" + language) {
			t.memory.Language, t.memory.Chosen = language, true
			return t.say(SmallTalk, "", "language_switched"), true, nil
		}
	}
	if t.is(kindAbuse, t.fires("abusive") && !t.hears("question_form")) {
		if t.seen("abusive") > 0 && !t.question.Waiting {
			return t.handoff(Abusive, "abusive_again"), true, nil
		}
		d := t.say(SmallTalk, Abusive, "abusive")
		d.Choices = []Choice{t.choice(choiceAgent), t.choice(choiceMenu)}
		return t.quietChoices(d), true, nil
	}
	if t.hears("not_helpful") {
		return t.notHelpful(), true, nil
	}
	return Decision{}, false, nil
}

// quietChoices leaves the choices out while the visitor waits for a person.
func (t *turn) quietChoices(d Decision) Decision {
	if t.question.Waiting {
		d.Choices = nil
	}
	return d
}

// notHelpful counts as a miss: once other articles are offered, then a person.
func (t *turn) notHelpful() Decision {
	t.memory.Misses++
	if t.memory.Misses > 1 {
		return t.handoff(RepeatedMiss, "repeated_miss")
	}
	if t.question.Waiting {
		return t.inLine()
	}
	d := t.say(Clarify, LowConfidence, "not_helpful_bare")
	if p, ok := t.published(t.memory.Article); ok {
		if more := t.followUps(p); len(more) > 0 {
			d = t.say(Clarify, LowConfidence, "not_helpful")
			d.Choices = more
		}
	}
	d.Choices = append(d.Choices, t.choice(choiceAgent))
	return d
}

// legal declines to give legal advice and shows where to find it.
func (t *turn) legal() (Decision, bool, error) {
	if t.chance(kindLegal) < t.chance(kindOutside) {
		return Decision{}, false, nil // "can you recommend a restaurant"
	}
	if !t.is(kindLegal, t.fires("legal_advice")) {
		return Decision{}, false, nil
	}
	t.memory.Misses = 0
	article, ok := t.ruleArticle(t.bot.articles.Legal)
	if !ok {
		d := t.say(Decline, LegalAdvice, "legal_advice_bare")
		d.Choices = []Choice{t.choice(choiceAgent)}
		return t.quietChoices(d), true, nil
	}
	d := t.show(article)
	lead := t.say(Decline, LegalAdvice, "legal_advice")
	d.Action, d.Reason = lead.Action, lead.Reason
	d.Text, d.HTML = lead.Text+"\n\n"+d.Text, lead.HTML+d.HTML
	return t.quietChoices(d), true, nil
}
