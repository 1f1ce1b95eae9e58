package bot

import (
	"slices"
	"strconv"
	"strings"

	"emma/knowledge"
)

// Ids of quick replies. Those that end in a colon are followed by what they name; a
// menu or topic may be followed by a page, as in "topic:green-card:2".
const (
	choiceArticle = "article:"
	choiceTopic   = "topic:"
	choiceMenu    = "menu"
	choiceAgent   = "agent"
	choiceLeave   = "leave"
	choiceStay    = "stay"
	choiceNone    = "none"
	// ChoiceHere and ChoiceReopen are offered by the desk to a visitor who was away.
	ChoiceHere   = "here"
	ChoiceReopen = "reopen"
	// ChoiceEmma is offered by the desk to who would wait long: to go on with Emma.
	ChoiceEmma = "emma"
)

// menuPage is how many entries of a menu are shown at once.
const menuPage = 8

// Label returns the words of a quick reply, as they stand in the log when a visitor
// chooses it; false for an id that Emma never offers or that names nothing any more.
func (b *Bot) Label(choice, language string) (string, bool) {
	if language != knowledge.Spanish {
		language = knowledge.English
	}
	fixed := map[string]string{
		choiceMenu: "button_menu", choiceAgent: "talk_to_person", choiceLeave: "button_leave",
		choiceStay: "button_stay", choiceNone: "button_none",
		ChoiceEmma: "button_emma", ChoiceHere: "button_here", ChoiceReopen: "button_reopen",
	}
	if key, ok := fixed[choice]; ok {
		return b.Say(key, language), true
	}
	if id, ok := strings.CutPrefix(choice, choiceArticle); ok {
		for _, l := range []string{language, otherLanguage(language)} {
			if p, found := b.base.Published(id, l); found {
				return p.Question, true
			}
		}
		return "", false
	}
	if page, ok := strings.CutPrefix(choice, choiceMenu+":"); ok {
		_, err := strconv.Atoi(page)
		return b.Say("button_more", language), err == nil
	}
	if rest, ok := strings.CutPrefix(choice, choiceTopic); ok {
		id, page := cutPage(rest)
		topic, found := b.topic(id, language)
		if found && page > 1 {
			return b.Say("button_more_questions", language), true
		}
		return topic.Label, found
	}
	return "", false
}

func (b *Bot) topic(id, language string) (knowledge.Topic, bool) {
	topics := b.topics(language)
	at := slices.IndexFunc(topics, func(t knowledge.Topic) bool { return t.ID == id })
	if at < 0 {
		return knowledge.Topic{}, false
	}
	return topics[at], true
}

// cutPage splits "green-card:2" into the id and the page, which is 1 when missing.
func cutPage(s string) (id string, page int) {
	id, number, ok := strings.Cut(s, ":")
	if n, err := strconv.Atoi(number); ok && err == nil && n > 0 {
		return id, n
	}
	return id, 1
}

// choose acts on a quick reply.
func (t *turn) choose(choice string) (Decision, error) {
	t.note("choice")
	if id, ok := strings.CutPrefix(choice, choiceArticle); ok {
		if p, found := t.published(id); found {
			t.memory.Asked = p.Question
			return t.answer(p, 1), nil
		}
	}
	if rest, ok := strings.CutPrefix(choice, choiceTopic); ok {
		id, page := cutPage(rest)
		if topic, found := t.bot.topic(id, t.language()); found {
			return t.topicMenu(topic, page), nil
		}
	}
	if page, ok := strings.CutPrefix(choice, choiceMenu+":"); ok {
		_, n := cutPage(":" + page)
		return t.menu(n), nil
	}
	switch choice {
	case choiceAgent:
		return t.bringPerson(), nil
	case choiceLeave, ChoiceEmma:
		if !t.question.Waiting {
			return t.menu(1), nil
		}
		d := t.say(SmallTalk, "", "back_to_emma")
		d.Leaves = true
		return d, nil
	case choiceStay, ChoiceHere, ChoiceReopen:
		if !t.question.Waiting {
			return t.menu(1), nil
		}
		return t.say(SmallTalk, "", "stay"), nil
	case choiceNone:
		t.memory.Misses++
		if t.memory.Misses > 1 {
			return t.handoff(RepeatedMiss, "repeated_miss"), nil
		}
		d := t.say(Clarify, LowConfidence, "none_of_these")
		d.Choices = []Choice{t.choice(choiceMenu), t.choice(choiceAgent)}
		return t.quietChoices(d), nil
	}
	// Also what is offered no more, such as an article that was retired meanwhile.
	return t.menu(1), nil
}

// picked acts on "menu" and on the number or the place of a choice that was offered. It
// comes before all else: such a message says nothing besides.
func (t *turn) picked() (Decision, bool, error) {
	offered := t.question.Memory.Offered
	switch {
	case t.hears("menu"):
		return t.menu(1), true, nil
	case len(offered) > 0 && len(t.said) <= 4:
		n := t.ordinal(len(offered))
		if n == 0 && len(t.said) == 1 && isNumber(t.said[0].word) && len(t.said[0].word) <= 2 {
			d := t.say(Clarify, "", "menu_number")
			for _, id := range offered {
				d.Choices = append(d.Choices, t.choice(id))
			}
			return d, true, nil
		}
		if n > 0 {
			d, err := t.choose(offered[n-1])
			d.Picked = offered[n-1]
			return d, true, err
		}
	}
	return Decision{}, false, nil
}

// agreed acts on yes and no to what was offered.
func (t *turn) agreed() (Decision, bool, error) {
	offered := t.question.Memory.Offered
	if len(offered) == 0 || t.question.Waiting {
		return Decision{}, false, nil
	}
	switch {
	case t.hears("yes") && slices.Contains(offered, choiceAgent) && len(offered) <= 2:
		return t.bringPerson(), true, nil
	case t.hears("none_of_these") && t.memory.Misses > 0:
		d, err := t.choose(choiceNone)
		return d, true, err
	}
	return Decision{}, false, nil
}

// ordinal reads which of n choices is meant: "2", "number 2", "the second one".
func (t *turn) ordinal(n int) int {
	for i := range min(n, 9) {
		if t.fires("pick_" + strconv.Itoa(i+1)) {
			return i + 1
		}
	}
	if len(t.said) == 1 && isNumber(t.said[0].word) {
		if k, err := strconv.Atoi(t.said[0].word); err == nil && k >= 1 && k <= n {
			return k
		}
	}
	return 0
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

// menu lists the topics of the base in the editors' order.
func (t *turn) menu(page int) Decision {
	t.memory.Misses = 0
	topics := t.bot.topics(t.language())
	if len(topics) == 0 {
		return t.say(Clarify, "", "menu_empty")
	}
	d := t.say(Clarify, "", "menu")
	from := (page - 1) * menuPage
	if from >= len(topics) {
		from, page = 0, 1
	}
	to := min(from+menuPage, len(topics))
	for _, topic := range topics[from:to] {
		d.Choices = append(d.Choices, Choice{ID: choiceTopic + topic.ID, Label: topic.Label})
	}
	if to < len(topics) {
		d.Choices = append(d.Choices, t.choice(choiceMenu+":"+strconv.Itoa(page+1)))
	}
	d.Choices = append(d.Choices, t.choice(choiceAgent))
	return t.quietAgent(d)
}

// topicMenu lists the questions of one topic.
func (t *turn) topicMenu(topic knowledge.Topic, page int) Decision {
	t.memory.Misses = 0
	d := t.say(Clarify, "", "menu_topic")
	from := (page - 1) * menuPage
	if from >= len(topic.Articles) {
		from, page = 0, 1
	}
	to := min(from+menuPage, len(topic.Articles))
	for _, id := range topic.Articles[from:to] {
		if p, ok := t.published(id); ok {
			d.Choices = append(d.Choices, Choice{ID: choiceArticle + id, Label: p.Question})
		}
	}
	if to < len(topic.Articles) {
		d.Choices = append(d.Choices, t.choice(choiceTopic+topic.ID+":"+strconv.Itoa(page+1)))
	}
	d.Choices = append(d.Choices, Choice{ID: choiceMenu, Label: t.bot.Say("button_back", t.language())}, t.choice(choiceAgent))
	return t.quietAgent(d)
}

// quietAgent leaves out the way to a person while one is on the way.
func (t *turn) quietAgent(d Decision) Decision {
	if t.question.Waiting {
		d.Choices = slices.DeleteFunc(d.Choices, func(c Choice) bool { return c.ID == choiceAgent })
	}
	return d
}
