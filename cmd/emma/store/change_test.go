package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"emma/cmd/emma/store"
	"emma/handoff"
)

func TestConcurrentAppendsAreNumberedWithoutGaps(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		// Two nodes on PostgreSQL, two clients of one node on SQLite.
		stores := []*store.Store{d.open(t)}
		if d.engine == store.PostgreSQL {
			stores = append(stores, d.open(t))
		}
		const conversations, writers, each = 5, 8, 25
		ids := make([]string, conversations)
		for i := range ids {
			ids[i] = begin(t, stores[0])
		}
		var wg sync.WaitGroup
		for w := range writers {
			desk := deskOn(t, stores[w%len(stores)])
			wg.Go(func() {
				for i := range each {
					for _, id := range ids {
						if _, err := desk.Say(context.Background(), id, uuid.NewString(), fmt.Sprintf("writer %d says %d", w, i)); err != nil {
							t.Error(err)
							return
						}
					}
				}
			})
		}
		wg.Wait()
		for _, id := range ids {
			if n := len(of(handoff.AuthorVisitor, contiguous(t, stores[0], id))); n != writers*each {
				t.Errorf("%d of %d messages are in the log", n, writers*each)
			}
		}
	})
}

func TestTheSameCommandFiveTimesIsOneEventWithEqualReceipts(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		desk := deskOn(t, s)
		id, command := begin(t, s), uuid.NewString()
		var wg sync.WaitGroup
		receipts := make([]handoff.Receipt, 5)
		for i := range receipts {
			wg.Go(func() {
				var err error
				if receipts[i], err = desk.Say(context.Background(), id, command, "once"); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		first := 0
		for _, r := range receipts {
			if r.Seq != receipts[0].Seq {
				t.Errorf("receipts differ: %d and %d", r.Seq, receipts[0].Seq)
			}
			if !r.Duplicate {
				first++
			}
		}
		if first != 1 {
			t.Errorf("%d receipts say that theirs was the first", first)
		}
		if _, err := desk.Say(context.Background(), id, command, "something else"); !errors.Is(err, handoff.ErrConflict) {
			t.Errorf("other words under the same id gave %v, want ErrConflict", err)
		}
		if _, err := desk.AskPerson(context.Background(), id, command); !errors.Is(err, handoff.ErrConflict) {
			t.Errorf("another command under the same id gave %v, want ErrConflict", err)
		}
		if events := of(handoff.AuthorVisitor, contiguous(t, s, id)); len(events) != 1 || events[0].Text != "once" {
			t.Errorf("the log is %+v, want one message", events)
		}
	})
}

func TestAFailedStepStoresNothingEvenInABatchWithOthers(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		good, bad := begin(t, s), begin(t, s)
		boom := errors.New("boom")
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				_, err := s.Change(context.Background(), bad, handoff.Key{}, func(c *handoff.Conversation) ([]handoff.Event, error) {
					c.LastSeq++
					c.Title = "never"
					return []handoff.Event{{Conversation: bad, Seq: c.LastSeq, Kind: handoff.KindMessage}}, boom
				})
				if !errors.Is(err, boom) {
					t.Errorf("got %v, want the step's own error", err)
				}
			})
			wg.Go(func() {
				_, err := s.Change(context.Background(), good, handoff.Key{}, func(c *handoff.Conversation) ([]handoff.Event, error) {
					c.LastSeq++
					return []handoff.Event{{Conversation: good, Seq: c.LastSeq, Kind: handoff.KindMessage, At: time.Now()}}, nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(contiguous(t, s, good)); n != 50 {
			t.Errorf("%d of 50 good steps are stored", n)
		}
		if n := len(contiguous(t, s, bad)); n != 0 {
			t.Errorf("%d events of failed steps are stored", n)
		}
		if c, err := s.Conversation(context.Background(), bad); err != nil || c.Title != "" {
			t.Errorf("the failed step left %q (%v)", c.Title, err)
		}
	})
}

func TestClaimsOf64AgentsHaveOneWinnerEach(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		stores := []*store.Store{d.open(t)}
		if d.engine == store.PostgreSQL {
			stores = append(stores, d.open(t)) // two nodes
		}
		const agents, conversations = 64, 500
		desks := make([]*handoff.Desk, len(stores))
		for i, s := range stores {
			desks[i] = deskOn(t, s)
		}
		ids := make([]string, conversations)
		for i := range ids {
			ids[i] = begin(t, stores[0])
			if _, err := desks[0].AskPerson(context.Background(), ids[i], uuid.NewString()); err != nil {
				t.Fatal(err)
			}
		}
		var mu sync.Mutex
		winner := map[string]string{}
		told := map[string]map[string]bool{} // conversation → winners that losers heard of
		var wg sync.WaitGroup
		for n := range agents {
			agent := handoff.Staff{ID: uuid.NewString(), Name: fmt.Sprintf("Agent %02d", n), Role: handoff.RoleAgent, Capacity: conversations}
			wg.Go(func() {
				for i := range ids {
					id := ids[(i+n*7)%len(ids)]
					_, err := desks[n%len(desks)].Claim(context.Background(), agent, id, uuid.NewString())
					var taken *handoff.TakenError
					mu.Lock()
					switch {
					case err == nil && winner[id] != "":
						t.Errorf("%s won %s, which %s had", agent.Name, id, winner[id])
					case err == nil:
						winner[id] = agent.Name
					case errors.As(err, &taken):
						if told[id] == nil {
							told[id] = map[string]bool{}
						}
						told[id][taken.Winner] = true
					default:
						t.Errorf("claiming: %v", err)
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for _, id := range ids {
			c, err := stores[0].Conversation(context.Background(), id)
			if err != nil || c.State != handoff.StateAgent || c.AgentName != winner[id] {
				t.Fatalf("%s is %s of %q, the winner is %q (%v)", id, c.State, c.AgentName, winner[id], err)
			}
			if len(told[id]) != 1 || !told[id][winner[id]] {
				t.Fatalf("losers of %s heard of %v, the winner is %q", id, told[id], winner[id])
			}
			claims := 0
			for _, e := range contiguous(t, stores[0], id) {
				if e.Kind == handoff.KindState && e.State == handoff.StateAgent {
					claims++
				}
			}
			if claims != 1 {
				t.Fatalf("%s was claimed %d times", id, claims)
			}
		}
		t.Logf("%d agents × %d conversations: %d winners", agents, conversations, len(winner))
	})
}

func TestASecondStartFindsEverything(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		first, err := store.Open(context.Background(), d.config)
		if err != nil {
			t.Fatal(err)
		}
		desk := deskOn(t, first)
		c, token, err := desk.Begin(context.Background(), "es", "https://www.example.org/a")
		if err != nil {
			t.Fatal(err)
		}
		receipt, err := desk.Say(context.Background(), c.ID, uuid.NewString(), "¿Cuánto cuesta?")
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.Answer(context.Background(), receipt); err != nil {
			t.Fatal(err)
		}
		before := log(t, first, c.ID)
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		if err := first.Create(context.Background(), handoff.Conversation{ID: "late"}); !errors.Is(err, handoff.ErrBusy) {
			t.Errorf("a closed store answered %v, want ErrBusy", err)
		}
		second := d.open(t)
		if second.Epoch() != first.Epoch() {
			t.Errorf("the database's id changed from %s to %s", first.Epoch(), second.Epoch())
		}
		found, err := deskOn(t, second).Open(context.Background(), token)
		if err != nil || found.ID != c.ID || found.Language() != "es" || found.LastSeq != 2 {
			t.Fatalf("found %+v, %v", found, err)
		}
		after := contiguous(t, second, c.ID)
		if fmt.Sprintf("%+v", after[0]) != fmt.Sprintf("%+v", before[0]) || after[1].Decision.Confidence != 0.97 {
			t.Errorf("the log changed from\n%+v to\n%+v", before, after)
		}
	})
}

func TestAMessageLeftUnansweredIsAnsweredOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		s := d.open(t)
		desk := newDesk(t, handoff.Config{Store: s, Floor: s, Emma: mute{}, Bus: s, Now: time.Now, Grace: handoff.DefaultGrace})
		id := begin(t, s)
		for _, text := range []string{"first", "second"} { // stored, then the process "dies" before Answer
			if _, err := desk.Say(context.Background(), id, uuid.NewString(), text); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := desk.Recover(context.Background(), time.Hour); err != nil || n != 0 {
			t.Fatalf("took up %d young messages (%v), want none", n, err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := deskOn(t, s).Recover(context.Background(), -time.Second); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var said []string
		for _, e := range contiguous(t, s, id) {
			said = append(said, e.Text)
		}
		if got := strings.Join(said, "; "); got != "first; second; Answer to first; Answer to second" {
			t.Errorf("the log is %s", got)
		}
	})
}
