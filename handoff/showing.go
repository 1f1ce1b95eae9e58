package handoff

import (
	"strconv"

	"emma/bot"
	"emma/knowledge"
)

// Showings reads out of the whole log of one conversation which articles Emma showed,
// in order, and what came of each until she showed the next one.
func Showings(events []Event) []knowledge.Showing {
	var list []knowledge.Showing
	place := map[int64]int{} // Emma's message → its showing
	for _, e := range events {
		last := len(list) - 1
		switch {
		case e.Kind == KindMessage && e.Author == AuthorEmma && e.Decision != nil && e.Decision.Action == bot.Answer && e.Decision.Article != "":
			place[e.Seq] = len(list)
			list = append(list, knowledge.Showing{
				ID: opaque("showing", e.Conversation, strconv.FormatInt(e.Seq, 10)), At: e.At, Language: e.Decision.Language, Article: e.Decision.Article,
			})
		case e.Kind == KindFeedback:
			if i, ok := place[e.Target]; ok {
				list[i].Helpful, list[i].Unhelpful = e.Helpful, !e.Helpful
			}
		case last < 0:
		case e.Kind == KindState && e.State == StateWaiting:
			list[last].HandedOff = true
		case e.Kind == KindMessage && e.Author == AuthorAgent && list[last].HandedOff:
			list[last].Corrected = true
		}
	}
	return list
}
