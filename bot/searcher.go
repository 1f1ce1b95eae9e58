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
	// Published returns one published article, if there is one in that language.
	Published(id, language string) (knowledge.Published, bool)
	// Topics lists the topics of the base in menu order.
	Topics(language string) []knowledge.Topic
}
