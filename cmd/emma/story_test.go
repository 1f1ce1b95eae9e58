package main

import (
	"strings"
	"testing"
)

func TestAVisitorChatsEmmaAnswersAnAgentTakesOver(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), append(flags, "--message-rate", "0")...)
		agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))

		visitor, welcome := p.visitor(t, "", 0)
		if welcome.State != "bot" || welcome.Seq != 0 || len(welcome.Token) < 40 || welcome.Epoch == "" {
			t.Fatalf("welcome is %+v", welcome)
		}
		if ack := visitor.ask("How do I change my address?"); ack.Type != "ack" || ack.Seq != 1 || ack.Duplicate {
			t.Fatalf("receipt is %+v", ack)
		}
		answer := visitor.until(isMessage("emma"))
		if d := answer.Decision; d == nil || d.Action != "answer" || d.Article != "address-change-how" || d.Confidence <= 0 || d.Revision != 1 {
			t.Fatalf("the answer is %+v with %+v", answer, d)
		}

		eager, _ := p.visitor(t, "", 0)
		for range 50 { // the receipt comes before everything that the message brings
			from := len(eager.heard)
			ack := eager.ask("How do I change my address?")
			if ack.Type != "ack" {
				t.Fatalf("instead of a receipt came %+v", ack)
			}
			for _, f := range eager.heard[from : len(eager.heard)-1] {
				if f.Seq >= ack.Seq {
					t.Errorf("event %d came before the receipt of %d", f.Seq, ack.Seq)
				}
			}
		}

		visitor.ask("I want to talk to a person")
		if s := visitor.until(isState("waiting")); s.Reason != "wants_person" {
			t.Errorf("waiting because of %q, want wants_person", s.Reason)
		}
		if q := visitor.until(func(f frame) bool { return f.Type == "queue" }); q.Position != 1 || !q.Open {
			t.Errorf("the place is %+v", q)
		}
		second, other := p.visitor(t, "", 0)
		second.ask("why is my case IOE0912345678 delayed?")
		if s := second.until(isState("waiting")); s.Reason != "case_specific" {
			t.Errorf("waiting because of %q, want case_specific", s.Reason)
		}

		agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Waiting) == 2 })
		agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": welcome.Conversation})
		agent.until(func(f frame) bool { return f.Type == "ack" })
		joined := visitor.until(isState("agent"))
		if joined.Agent != "agent" {
			t.Errorf("joined by %q", joined.Agent)
		}
		agent.send(map[string]any{"type": "say", "id": newID(), "conversation": welcome.Conversation, "text": "Hello, how can I help?"})
		if m := visitor.until(isMessage("agent")); m.Text != "Hello, how can I help?" || m.Name != "agent" {
			t.Errorf("the visitor heard %+v", m)
		}
		agent.send(map[string]any{"type": "note", "id": newID(), "conversation": welcome.Conversation, "text": "only for us"})
		visitor.ask("My card never came.")
		agent.until(func(f frame) bool { return f.Type == "message" && f.Text == "My card never came." })

		// The visitor is gone for a while and comes back with what it has.
		last := joined.Seq
		_ = visitor.ws.CloseNow()
		agent.send(map[string]any{"type": "say", "id": newID(), "conversation": welcome.Conversation, "text": "I will look into it."})
		agent.until(func(f frame) bool { return f.Type == "message" && f.Text == "I will look into it." })
		back, again := p.visitor(t, welcome.Token, last)
		if again.Conversation != welcome.Conversation || again.State != "agent" || again.Token != welcome.Token {
			t.Fatalf("welcome back is %+v", again)
		}
		back.until(func(f frame) bool { return f.Text == "I will look into it." })
		var heard []string
		for _, f := range back.heard {
			if f.Type == "message" || f.Type == "state" || f.Type == "note" {
				heard = append(heard, f.Text)
				if f.Seq <= last {
					t.Errorf("heard event %d again", f.Seq)
				}
				last = f.Seq
			}
		}
		if got := strings.Join(heard, " | "); got != "Hello, how can I help? | My card never came. | I will look into it." {
			t.Errorf("after coming back the visitor heard %q", got)
		}

		agent.send(map[string]any{"type": "close", "id": newID(), "conversation": welcome.Conversation, "disposition": "answered", "tags": []string{"card"}})
		back.until(isState("closed"))
		back.send(map[string]any{"type": "rate", "id": newID(), "stars": 5})
		back.until(func(f frame) bool { return f.Type == "ack" })
		if refused := back.ask("One more thing"); refused.Code != "state" {
			t.Errorf("a message to a closed conversation gave %+v", refused)
		}

		agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": other.Conversation})
		agent.until(func(f frame) bool { return f.Type == "ack" })
		agent.send(map[string]any{"type": "return", "id": newID(), "conversation": other.Conversation})
		second.until(isState("bot"))
		if events := contiguousForStaff(t, agent, welcome.Conversation); events < 12 {
			t.Errorf("the agent sees %d events", events)
		}
		if code := p.stop(); code != 0 {
			t.Errorf("stopping gave code %d:\n%s", code, p.output)
		}
		if text := p.output.String(); strings.Contains(text, "My card never came") || strings.Contains(text, welcome.Token) {
			t.Error("the output holds a message or a token")
		}
	})
}

// contiguousForStaff opens a conversation from the start and counts its events,
// whose numbers must have no gap.
func contiguousForStaff(t *testing.T, agent *client, conversation string) int {
	t.Helper()
	agent.send(map[string]any{"type": "open", "conversation": conversation, "after": 0})
	opened := agent.until(func(f frame) bool { return f.Type == "opened" && f.Row != nil && f.Row.Conversation == conversation })
	_ = opened
	next := int64(1)
	agent.until(func(f frame) bool {
		if f.Conversation != conversation || f.Seq == 0 || f.Type == "ack" {
			return false
		}
		if f.Seq != next {
			t.Errorf("event %d comes after %d", f.Seq, next-1)
		}
		next = f.Seq + 1
		return f.Type == "rating"
	})
	return int(next - 1)
}

func TestASecondStartFindsEverythingAsItWas(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		p := start(t, dir, flags...)
		password := p.password(t, "admin")
		visitor, welcome := p.visitor(t, "", 0)
		visitor.ask("How do I change my address?")
		visitor.until(isMessage("emma"))
		p.stop()

		p = start(t, dir, flags...)
		if strings.Contains(p.output.String(), "password") {
			t.Error("a second start prints passwords")
		}
		p.signIn(t, "admin", password)
		_, again := p.visitor(t, welcome.Token, 2)
		if again.Epoch != welcome.Epoch || again.Seq != 2 {
			t.Errorf("after the restart: %+v, before: %+v", again, welcome)
		}
	})
}

func TestTheSameMessageOverTwoSocketsIsOneEvent(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		first, welcome := p.visitor(t, "", 0)
		second, _ := p.visitor(t, welcome.Token, 0)
		id := newID()
		var receipts []frame
		for i := range 5 {
			c := []*client{first, second}[i%2]
			c.send(map[string]any{"type": "say", "id": id, "text": "Where is my card?"})
			receipts = append(receipts, c.until(func(f frame) bool { return f.ID == id }))
		}
		for i, r := range receipts {
			if r.Type != "ack" || r.Seq != receipts[0].Seq || r.Duplicate != (i > 0) {
				t.Errorf("receipt %d is %+v", i, r)
			}
		}
		first.send(map[string]any{"type": "say", "id": id, "text": "something else"})
		if refused := first.until(func(f frame) bool { return f.ID == id }); refused.Code != "conflict" {
			t.Errorf("other words under the same id gave %+v", refused)
		}
		all, _ := p.visitor(t, welcome.Token, 0)
		all.until(isMessage("emma"))
		said := 0
		for _, f := range all.heard {
			if f.Author == "visitor" {
				said++
			}
		}
		if said != 1 {
			t.Errorf("%d messages are in the log", said)
		}
	})
}

func TestStoppingDeliversTheReceiptsOfAllThatWasStored(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		flags = append(flags, "--message-rate", "0")
		p := start(t, dir, flags...)
		visitors, tokens := make([]*client, 100), make([]string, 100)
		for i := range visitors {
			var welcome frame
			visitors[i], welcome = p.visitor(t, "", 0)
			tokens[i] = welcome.Token
		}
		for _, v := range visitors {
			for range 5 {
				v.send(map[string]any{"type": "say", "id": newID(), "text": "How do I change my address?"})
			}
		}
		if code := p.stop(); code != 0 {
			t.Fatalf("stopping gave code %d:\n%s", code, p.output)
		}
		acked := make([]int, len(visitors))
		for i, v := range visitors {
			if code := v.closeCode(); code != 1001 {
				t.Errorf("closed with %d, want 1001", code)
			}
			for _, f := range v.heard {
				if f.Type == "ack" {
					acked[i]++
				}
			}
		}
		p = start(t, dir, flags...)
		total := 0
		for i, token := range tokens {
			v, welcome := p.visitor(t, token, 0)
			stored := 0
			for n := int64(0); n < welcome.Seq; n++ {
				f := v.until(func(f frame) bool { return f.Seq > n })
				if n = f.Seq - 1; f.Author == "visitor" {
					stored++
				}
			}
			if stored != acked[i] {
				t.Errorf("visitor %d has %d messages stored and %d receipts", i, stored, acked[i])
			}
			total += stored
		}
		t.Logf("%d of 500 messages were taken before the stop, each with its receipt", total)
	})
}
