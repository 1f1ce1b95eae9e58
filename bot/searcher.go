package bot

import (
	"context"

	"emma/knowledge"
)

// Searcher is what Emma knows: the published articles of the knowledge base.
type Searcher interface {
	// Search returns the candidates for a text in one language. It fails only
	// when the context ends.
	Search(ctx context.Context, q knowledge.Query) (knowledge.Result, error)
	// Known is the share 0..1 of a text's words that occur in the base in a language,
	// 0 where it has no articles: much cheaper than to search.
	Known(text, language string) float64
	// Published returns one published article, if there is one in that language.
	Published(id, language string) (knowledge.Published, bool)
	// Topics lists the topics of the base in menu order.
	Topics(language string) []knowledge.Topic
}
