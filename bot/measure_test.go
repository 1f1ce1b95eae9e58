package bot_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"emma/bot"
	"emma/knowledge"
)

// starter is the knowledge base that comes with the program, as a source.
type starter struct{ articles []knowledge.Article }

func (s starter) Published(_ context.Context, after int64) ([]knowledge.Article, int64, error) {
	if after > 0 {
		return nil, 1, nil
	}
	return s.articles, 1, nil
}

// openStarter opens the starter base once for all tests of the package: it is only
// read.
var openStarter = sync.OnceValues(func() (*knowledge.Base, error) {
	articles, err := knowledge.Starter()
	if err != nil {
		return nil, err
	}
	for i := range articles {
		articles[i].Status, articles[i].Revision, articles[i].Change = knowledge.StatusPublished, 1, 1
	}
	return knowledge.OpenBase(context.Background(), knowledge.Config{Source: starter{articles}, Now: time.Now})
})

func starterBot(t testing.TB) (*bot.Bot, *knowledge.Base) {
	t.Helper()
	base, err := openStarter()
	if err != nil {
		t.Fatal(err)
	}
	phrases, err := bot.DefaultPhrases()
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(base, phrases), base
}

func TestProbe(t *testing.T) {
	b, base := starterBot(t)
	_ = base
	for _, q := range []string{"how do i renew my green card", "quiero hablar con alguien", "my N-400 was denied and nobody tells me why", "llevo 14 meses esperando mi permiso", "how do I check my case status", "hola", "ICE is at my door", "asdkjh qweqwe"} {
		d, err := b.Decide(context.Background(), bot.Question{Text: q})
		t.Log(q, "=>", d.Action, d.Reason, d.Article, d.Confidence, d.Language, d.Signals, err)
	}
}
