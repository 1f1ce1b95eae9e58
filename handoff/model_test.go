package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"

	"emma/bot"
)

// model is a Store, Floor and Bus in memory, with the rules of the real one and none
// of its waiting. It is not safe for concurrent use.
type model struct {
	conversations map[string]Conversation
	order         []string // ids in the order of Create
	logs          map[string][]Event
	applied       map[[3]string]applied
	teams         []Team
	staff         map[string]Staff
	presence      map[string]*presence
	visits        map[string]time.Time
	samples       []Sample
	subscribers   map[Topic][]func(Signal)
	changes       int
}

type applied struct {
	content string
	seq     int64
}

type presence struct {
	available           bool
	until, idle, active time.Time
	absence             Absence
}

func newModel(teams []Team, staff ...Staff) *model {
	m := &model{conversations: map[string]Conversation{}, logs: map[string][]Event{}, applied: map[[3]string]applied{}, teams: teams,
		staff: map[string]Staff{}, presence: map[string]*presence{}, visits: map[string]time.Time{}, subscribers: map[Topic][]func(Signal){}}
	for _, s := range staff {
		m.staff[s.ID] = s
	}
	return m
}

func (m *model) Publish(signals ...Signal) {
	for _, s := range signals {
		for _, wake := range m.subscribers[s.Topic] {
			wake(s)
		}
	}
}

func (m *model) Subscribe(topic Topic, wake func(Signal)) func() {
	m.subscribers[topic] = append(m.subscribers[topic], wake)
	return func() {}
}

func (m *model) Create(_ context.Context, c Conversation) error {
	m.conversations[c.ID] = c
	m.order = append(m.order, c.ID)
	return nil
}

func (m *model) Conversation(_ context.Context, id string) (Conversation, error) {
	c, ok := m.conversations[id]
	if !ok {
		return Conversation{}, ErrNotFound
	}
	return c, nil
}

func (m *model) ConversationByToken(context.Context, string) (Conversation, error) {
	return Conversation{}, ErrNotFound
}

func (m *model) Change(_ context.Context, id string, key Key, step Step) (Change, error) {
	before, ok := m.conversations[id]
	if !ok {
		return Change{}, ErrNotFound
	}
	if done, ok := m.applied[[3]string{id, key.Sender, key.ID}]; ok && key.ID != "" {
		if done.content != key.Content {
			return Change{}, ErrConflict
		}
		return Change{Conversation: before, Seq: done.seq, Duplicate: true}, nil
	}
	after := before
	events, err := step(&after)
	if err != nil {
		return Change{}, err
	}
	m.changes++
	change := Change{Conversation: after, Seq: after.LastSeq}
	if key.ID != "" && len(events) > 0 {
		change.Seq = events[0].Seq
		m.applied[[3]string{id, key.Sender, key.ID}] = applied{key.Content, change.Seq}
	}
	m.conversations[id] = after
	m.logs[id] = append(m.logs[id], events...)
	m.samples = append(m.samples, Measure(before, after)...)
	m.Publish(Signals(before, after)...)
	return change, nil
}

func (m *model) Assign(ctx context.Context, id string, key Key, agent string, at time.Time, step AssignStep) (Change, error) {
	change, err := m.Change(ctx, id, key, func(c *Conversation) ([]Event, error) { return step(c, m.load(agent, id, at)) })
	if p := m.presence[agent]; err == nil && p != nil {
		p.idle = at
	}
	return change, err
}

// load is what takes up room of an agent besides one conversation.
func (m *model) load(agent, besides string, now time.Time) int {
	n := 0
	for _, c := range m.conversations {
		if c.ID != besides && (c.Agent == agent || c.State == StateWaiting && c.Offered(agent, now) || c.LastAgent == agent && c.WrapUntil.After(now)) {
			n++
		}
	}
	return n
}

func (m *model) EventsAfter(_ context.Context, id string, seq int64, limit int) ([]Event, error) {
	log := m.logs[id]
	log = log[min(int(seq), len(log)):]
	return log[:min(limit, len(log))], nil
}

func (m *model) filter(keep func(Conversation) bool) []Conversation {
	var list []Conversation
	for _, id := range m.order {
		if c := m.conversations[id]; keep(c) {
			list = append(list, c)
		}
	}
	return list
}

func (m *model) Line(_ context.Context, limit int) ([]Conversation, error) {
	list := m.filter(func(c Conversation) bool { return c.State == StateWaiting })
	slices.SortFunc(list, InLine)
	return list[:min(limit, len(list))], nil
}

func (m *model) HeldBy(_ context.Context, agent string, now time.Time) ([]Conversation, error) {
	return m.filter(func(c Conversation) bool {
		return c.State == StateAgent && (agent == "" || c.Agent == agent) || c.WrapUntil.After(now) && (agent == "" || c.LastAgent == agent)
	}), nil
}

func (m *model) Owed(context.Context, time.Time, int) ([]string, error) { return nil, nil }

func (m *model) SealedValue(context.Context, string, int64, int) (bot.Sealed, error) {
	return bot.Sealed{}, ErrNotFound
}

func (m *model) Teams(context.Context) ([]Team, error) { return slices.Clone(m.teams), nil }

func (m *model) SaveTeam(context.Context, Team) error { return nil }

func (m *model) RemoveTeam(context.Context, string) error { return nil }

func (m *model) at(staff string) *presence {
	if m.presence[staff] == nil {
		m.presence[staff] = &presence{}
	}
	return m.presence[staff]
}

func (m *model) Renew(_ context.Context, leases []Lease) error {
	for _, l := range leases {
		if p := m.at(l.Staff); p.until.Before(l.Until) {
			p.until = l.Until
		}
		m.at(l.Staff).active = latest(m.at(l.Staff).active, l.Active)
	}
	return nil
}

func (m *model) SetAway(_ context.Context, staff string, why Absence, since time.Time) error {
	if p := m.at(staff); p.available && (since.IsZero() || !p.active.After(since)) {
		p.available, p.absence = false, why
		m.Publish(Signal{Topic: TopicDesk}, Signal{Topic: AgentTopic(staff)})
	}
	return nil
}

func (m *model) SetAvailable(_ context.Context, staff string, available bool) error {
	m.at(staff).available, m.at(staff).absence = available, ""
	m.Publish(Signal{Topic: TopicDesk})
	return nil
}

func (m *model) Agents(_ context.Context, since, now time.Time) ([]Agent, error) {
	var agents []Agent
	for id, p := range m.presence {
		if p.until.After(since) {
			agents = append(agents, Agent{Staff: m.staff[id], Available: p.available, Until: p.until, IdleSince: p.idle, Load: m.load(id, "", now), ActiveAt: p.active, Absence: p.absence})
		}
	}
	slices.SortFunc(agents, func(a, b Agent) int { return cmp.Compare(a.ID, b.ID) })
	return agents, nil
}

func (m *model) VisitorsHere(_ context.Context, ids []string, at time.Time) error {
	for _, id := range ids {
		m.visits[id] = at
	}
	return nil
}

func (m *model) Due(_ context.Context, now, goneSince time.Time, _ int) ([]Due, error) {
	var due []Due
	for _, id := range m.order {
		c := m.conversations[id]
		seen := m.visits[id]
		if seen.Before(c.WaitingSince) {
			seen = c.WaitingSince
		}
		switch {
		case c.State == StateAgent && (m.presence[c.Agent] == nil || !m.presence[c.Agent].until.After(now)):
			due = append(due, Due{id, DueLost, time.Time{}})
		case c.State == StateWaiting && c.Offer.Agent != "" && !c.Offer.Until.After(now):
			due = append(due, Due{id, DueOffer, c.Offer.Until})
		}
		if (c.State == StateWaiting || c.State == StateAgent) && !seen.After(goneSince) {
			due = append(due, Due{id, DueGone, seen})
		}
		if c.State == StateAgent && !c.AskedAt.IsZero() && !c.AskedAt.After(goneSince) {
			due = append(due, Due{id, DueSilent, c.AskedAt})
		}
	}
	return due, nil
}

func (m *model) Samples(_ context.Context, since time.Time, limit int) ([]Sample, error) {
	var samples []Sample
	for _, s := range m.samples[max(0, len(m.samples)-limit):] {
		if s.At.After(since) {
			samples = append(samples, s)
		}
	}
	return samples, nil
}

// parrot is a Decider that never decides anything.
type parrot struct{}

func (parrot) Decide(context.Context, bot.Question) (bot.Decision, error) {
	return bot.Decision{Action: bot.SmallTalk, Text: "hm"}, nil
}
func (parrot) Label(choice, _ string) (string, bool)   { return choice, true }
func (parrot) Say(name, _ string) string               { return name }
func (parrot) Seal(text string) (string, []bot.Sealed) { return text, nil }
