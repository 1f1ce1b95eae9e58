package store_test

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"
	"go.uber.org/zap"

	"emma/bot"
	"emma/cmd/emma/store"
	"emma/cmd/emma/store/postgrestest"
	"emma/handoff"
)

// postgres is the server of these tests, set by TestMain.
var postgres postgrestest.Server

func TestMain(m *testing.M) {
	if os.Getenv(publisherFolder) == "" { // that process is killed, and would leave a server behind
		postgres = postgrestest.Start()
	}
	code := m.Run()
	postgres.Stop()
	if code == 0 {
		// Bleve starts its workers when it is imported.
		bleve := goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker")
		if err := goleak.Find(bleve, goleak.IgnoreTopFunction("internal/poll.runtime_pollWait")); err != nil {
			println(err.Error())
			code = 1
		}
	}
	os.Exit(code)
}

// database is one empty database that may be opened several times.
type database struct {
	engine store.Engine
	config store.Config
}

// open opens the database and closes it at the end of the test.
func (d database) open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), d.config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// onBothEngines runs a test on SQLite and on PostgreSQL.
func onBothEngines(t *testing.T, test func(t *testing.T, d database)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, database{store.SQLite, store.Config{Database: "sqlite", Dir: t.TempDir(), Log: zap.NewNop(), Now: time.Now}})
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, database{store.PostgreSQL, store.Config{Database: postgres.Database(t), Log: zap.NewNop(), Now: time.Now}})
	})
}

// begin adds a conversation in state bot and returns its id.
func begin(t testing.TB, s *store.Store) string {
	t.Helper()
	id := uuid.NewString()
	now := time.Now()
	err := s.Create(context.Background(), handoff.Conversation{
		ID: id, TokenHash: "hash of " + id, State: handoff.StateBot, OpenedAt: now, ChangedAt: now,
		Memory: bot.Memory{Language: "en"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// emma is a decider that answers everything with the same words.
type emma struct{}

func (emma) Decide(_ context.Context, q bot.Question) (bot.Decision, error) {
	return bot.Decision{Action: bot.Answer, Confidence: 0.97, Article: "a", Revision: 1, Text: "Answer to " + q.Text, Memory: q.Memory}, nil
}
func (emma) Label(choice, _ string) (string, bool) { return "Label of " + choice, choice != "unknown" }
func (emma) Say(name, _ string) string             { return name }
func (emma) Seal(text string) (string, []bot.Sealed) {
	return bot.New(nil, bot.Phrases{}).Seal(text)
}

// mute is a decider that fails: what is said is stored and left unanswered.
type mute struct{ emma }

func (mute) Decide(context.Context, bot.Question) (bot.Decision, error) {
	return bot.Decision{}, errors.New("she is not well")
}

// deskOn is a desk that is always open.
func deskOn(t testing.TB, s *store.Store) *handoff.Desk {
	t.Helper()
	return deskAt(t, s, time.Now, true)
}

// deskAt is a desk with a clock of its own.
func deskAt(t testing.TB, s *store.Store, now func() time.Time, alwaysOpen bool) *handoff.Desk {
	t.Helper()
	return newDesk(t, handoff.Config{Store: s, Floor: s, Emma: emma{}, Bus: s, Now: now, Grace: handoff.DefaultGrace, AlwaysOpen: alwaysOpen})
}

func newDesk(t testing.TB, cfg handoff.Config) *handoff.Desk {
	t.Helper()
	desk, err := handoff.NewDesk(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// log returns all events of a conversation.
func log(t testing.TB, s *store.Store, id string) []handoff.Event {
	t.Helper()
	events, err := s.EventsAfter(context.Background(), id, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// of keeps the messages of an author.
func of(author handoff.Author, events []handoff.Event) []handoff.Event {
	return slices.DeleteFunc(events, func(e handoff.Event) bool { return e.Kind != handoff.KindMessage || e.Author != author })
}

// contiguous fails unless the events are numbered 1, 2, 3 … and the conversation agrees.
func contiguous(t testing.TB, s *store.Store, id string) []handoff.Event {
	t.Helper()
	events := log(t, s, id)
	for i, e := range events {
		if e.Seq != int64(i+1) {
			t.Fatalf("event %d of %s has number %d", i+1, id, e.Seq)
		}
	}
	c, err := s.Conversation(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if c.LastSeq != int64(len(events)) {
		t.Fatalf("conversation %s says %d events, the log has %d", id, c.LastSeq, len(events))
	}
	return events
}
