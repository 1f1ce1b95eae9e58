package bot

import (
	"maps"
	"slices"

	"emma/knowledge"
)

// Edits are what the editors of an agency changed of what Emma says, of her menu, and of
// what she listens for.
// The zero value changes nothing.
type Edits struct {
	Say map[string]map[string]string // by the name of the phrase, then by language
	// Triggers are wordings by the kind of the trigger, then by language.
	Triggers map[string]map[string][]string
	Menu     []MenuTopic // topics and their articles in the editors' order
}

// MenuTopic is a topic of the menu as the editors placed it. What they did not name
// follows in the usual order.
type MenuTopic struct {
	ID       string            `json:"id"`
	Labels   map[string]string `json:"labels,omitempty"` // by language; empty for the usual ones
	Articles []string          `json:"articles"`
}

// Edited returns a bot that says and shows what the editors made of it. A phrase that
// does not fit this version of the program is left as it was.
func (b *Bot) Edited(e Edits) *Bot {
	edited := *b
	edited.say = map[string]map[string]string{}
	for language, texts := range b.say {
		edited.say[language] = maps.Clone(texts)
	}
	for key, texts := range e.Say {
		if b.CheckPhrase(key, texts) != nil {
			continue
		}
		for language, text := range texts {
			edited.say[language][key] = text
		}
	}
	edited.menuOrder = e.Menu
	edited.listening = b.listen(e.Triggers)
	return &edited
}

// topics lists the topics in the editors' order and with their labels.
func (b *Bot) topics(language string) []knowledge.Topic {
	topics := arranged(b.base.Topics(language), b.menuOrder)
	for i, t := range topics {
		placed, ok := b.placed(t.ID)
		if !ok {
			continue
		}
		topics[i].Articles = inOrder(t.Articles, func(id string) string { return id }, placed.Articles)
		if label := placed.Labels[language]; label != "" {
			topics[i].Label = label
		}
	}
	return topics
}

func (b *Bot) placed(topic string) (MenuTopic, bool) {
	at := slices.IndexFunc(b.menuOrder, func(t MenuTopic) bool { return t.ID == topic })
	if at < 0 {
		return MenuTopic{}, false
	}
	return b.menuOrder[at], true
}

func arranged(topics []knowledge.Topic, order []MenuTopic) []knowledge.Topic {
	ids := make([]string, len(order))
	for i, t := range order {
		ids[i] = t.ID
	}
	return inOrder(topics, func(t knowledge.Topic) string { return t.ID }, ids)
}

// inOrder returns a list with what the order names first, the rest as it was.
func inOrder[T any](list []T, id func(T) string, order []string) []T {
	rank := make(map[string]int, len(order))
	for i, name := range order {
		rank[name] = i - len(order)
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return rank[id(a)] - rank[id(b)] })
	return list
}

// MenuEntry is a topic as an editor sees it, in both languages.
type MenuEntry struct {
	ID       string            `json:"id"`
	Labels   map[string]string `json:"labels"`
	Usual    map[string]string `json:"usual"` // the labels that come with the program
	Articles []MenuArticle     `json:"articles"`
}

// MenuArticle is an article of the menu.
type MenuArticle struct {
	ID        string            `json:"id"`
	Questions map[string]string `json:"questions"` // by the languages in which it is published
}

// Menu lists everything that the menu shows in any language, in its order.
func (b *Bot) Menu() []MenuEntry {
	var all []MenuEntry
	at := map[string]int{}
	for _, language := range []string{knowledge.English, knowledge.Spanish} {
		for _, t := range b.base.Topics(language) {
			if _, known := at[t.ID]; !known {
				at[t.ID] = len(all)
				all = append(all, MenuEntry{ID: t.ID, Labels: map[string]string{}, Usual: map[string]string{}})
			}
			entry := &all[at[t.ID]]
			entry.Usual[language] = t.Label
			entry.Labels[language] = t.Label
			for _, id := range t.Articles {
				entry.add(id, language, b.base)
			}
		}
	}
	for i := range all {
		if placed, ok := b.placed(all[i].ID); ok {
			maps.Copy(all[i].Labels, placed.Labels)
			all[i].Articles = inOrder(all[i].Articles, func(a MenuArticle) string { return a.ID }, placed.Articles)
		}
	}
	ids := make([]string, len(b.menuOrder))
	for i, t := range b.menuOrder {
		ids[i] = t.ID
	}
	return inOrder(all, func(e MenuEntry) string { return e.ID }, ids)
}

// add puts an article's question in a language into the entry.
func (e *MenuEntry) add(id, language string, base Searcher) {
	p, ok := base.Published(id, language)
	if !ok {
		return
	}
	at := slices.IndexFunc(e.Articles, func(a MenuArticle) bool { return a.ID == id })
	if at < 0 {
		at = len(e.Articles)
		e.Articles = append(e.Articles, MenuArticle{ID: id, Questions: map[string]string{}})
	}
	e.Articles[at].Questions[language] = p.Question
}
