package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/handoff"
)

// takes is one operation on a conversation: an agent claims it, or gives it back to
// the line. The answer is who had it before: the winner that a loser heard of.
type takes struct {
	conversation int
	agent        string
	release      bool
}

type taken struct {
	ok     bool
	winner string // who has it, as a refused agent was told; "?" when that is not told
}

// ownership is what the operations must look like to everyone: one after the other,
// each conversation with one owner or none.
var ownership = porcupine.Model{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		parts := map[int][]porcupine.Operation{}
		for _, op := range history {
			c := op.Input.(takes).conversation
			parts[c] = append(parts[c], op)
		}
		var list [][]porcupine.Operation
		for _, part := range parts {
			list = append(list, part)
		}
		return list
	},
	Init: func() any { return "" },
	Step: func(state, input, output any) (bool, any) {
		owner, in, out := state.(string), input.(takes), output.(taken)
		switch {
		case in.release && out.ok:
			return owner == in.agent, ""
		case in.release:
			return owner != in.agent && (out.winner == "?" || out.winner == owner), owner
		case out.ok:
			return owner == "", in.agent
		}
		return owner != "" && out.winner == owner, owner
	},
}

func TestClaimsOnTwoNodesAreLinearizable(t *testing.T) {
	d := database{store.PostgreSQL, store.Config{Database: postgres.Database(t), Log: zap.NewNop(), Now: time.Now}}
	desks := []*handoff.Desk{deskOn(t, d.open(t)), deskOn(t, d.open(t))}
	const conversations, agents, each = 6, 8, 60
	ctx := context.Background()
	var ids []string
	for range conversations {
		c, _, err := desks[0].Begin(ctx, "en", "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desks[0].AskPerson(ctx, c.ID, uuid.NewString()); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	var mu sync.Mutex
	var history []porcupine.Operation
	var wg sync.WaitGroup
	began := time.Now()
	for n := range agents {
		agent := handoff.Staff{ID: uuid.NewString(), Name: fmt.Sprint("agent ", n), Role: handoff.RoleAgent, Capacity: conversations}
		desk, random := desks[n%2], rand.New(rand.NewPCG(1, uint64(n)))
		wg.Go(func() {
			for range each {
				in := takes{conversation: random.IntN(conversations), agent: agent.Name, release: random.IntN(2) == 0}
				call := time.Since(began).Nanoseconds()
				out, err := take(ctx, desk, agent, ids[in.conversation], in.release)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				history = append(history, porcupine.Operation{ClientId: n, Input: in, Call: call, Output: out, Return: time.Since(began).Nanoseconds()})
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	claims := 0
	for _, op := range history {
		if in := op.Input.(takes); !in.release && op.Output.(taken).ok {
			claims++
		}
	}
	if result := porcupine.CheckOperationsTimeout(ownership, history, 30*time.Second); result != porcupine.Ok {
		t.Errorf("the history of %d operations is not linearizable: %v", len(history), result)
	}
	if claims < conversations {
		t.Errorf("only %d claims succeeded: the test shows nothing", claims)
	}
	// The checker can fail: a second winner of the first claim is noticed.
	for _, op := range history {
		if in := op.Input.(takes); !in.release && op.Output.(taken).ok {
			op.ClientId, op.Input = agents, takes{conversation: in.conversation, agent: "a thief"}
			if porcupine.CheckOperations(ownership, append(history[:len(history):len(history)], op)) {
				t.Error("the checker does not notice a conversation with two owners")
			}
			break
		}
	}
	t.Logf("%d operations on %d conversations by %d agents on two nodes, %d claims won: linearizable", len(history), conversations, agents, claims)
}

// take claims or gives back, and says what came of it.
func take(ctx context.Context, desk *handoff.Desk, agent handoff.Staff, id string, release bool) (taken, error) {
	var err error
	if release {
		_, err = desk.Transfer(ctx, agent, id, uuid.NewString(), handoff.Transfer{Team: "general"}, "")
	} else {
		_, err = desk.Claim(ctx, agent, id, uuid.NewString())
	}
	var lost *handoff.Refusal
	var winner *handoff.TakenError
	switch {
	case err == nil:
		return taken{ok: true}, nil
	case errors.As(err, &winner):
		return taken{winner: winner.Winner}, nil
	case errors.As(err, &lost) && lost.Code == "lost", errors.Is(err, handoff.ErrState):
		return taken{winner: "?"}, nil
	}
	return taken{}, err
}

func TestCapacityHoldsOnAllNodes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, d database) {
		stores := []*store.Store{d.open(t)}
		if d.engine == store.PostgreSQL {
			stores = append(stores, d.open(t))
		}
		ctx, desk := context.Background(), deskOn(t, stores[0])
		var ids []string
		for range 30 {
			c, _, err := desk.Begin(ctx, "en", "")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := desk.AskPerson(ctx, c.ID, uuid.NewString()); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, c.ID)
		}
		agent := handoff.Staff{ID: uuid.NewString(), Name: "Ann", Role: handoff.RoleAgent, Capacity: 3}
		var wg sync.WaitGroup
		var mu sync.Mutex
		var has []string
		for i, id := range ids {
			desk := deskOn(t, stores[i%len(stores)])
			wg.Go(func() {
				_, err := desk.Claim(ctx, agent, id, uuid.NewString())
				var full *handoff.Refusal
				switch {
				case err == nil:
					mu.Lock()
					has = append(has, id)
					mu.Unlock()
				case !errors.As(err, &full) || full.Code != "full":
					t.Errorf("claiming gave %v", err)
				}
			})
		}
		wg.Wait()
		if len(has) != agent.Capacity {
			t.Fatalf("%d of 30 claims at once succeeded, the capacity is %d", len(has), agent.Capacity)
		}
		// Work after the chat takes up room, until it is done.
		if _, err := desk.Close(ctx, agent, has[0], uuid.NewString(), "", nil); err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if _, err := desk.Claim(ctx, agent, id, uuid.NewString()); err == nil {
				t.Fatal("a claim succeeded during the work after a chat")
			}
		}
		if err := desk.Done(ctx, agent, has[0]); err != nil {
			t.Fatal(err)
		}
		won := 0
		for _, id := range ids {
			if _, err := desk.Claim(ctx, agent, id, uuid.NewString()); err == nil {
				won++
			}
		}
		if won != 1 {
			t.Errorf("after one work was done %d claims succeeded, want 1", won)
		}
	})
}
