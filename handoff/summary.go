package handoff

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Fact is what a report has to know of one conversation.
type Fact struct {
	OpenedAt time.Time
	Spoke    bool    // the visitor wrote at least once
	Moves    []Move  // the changes of state, in order
	Stars    int     // the last rating, 0 for none
	Wait     *Sample // the first wait, against what was told; nil when it was not measured
}

// Move is one change of state.
type Move struct {
	At     time.Time
	State  State
	Reason string
	Team   string
	Tier   int
	Agent  string // display name, when an agent has it from then on
}

// Facts reads the conversations that were opened in a time, for a report.
type Facts interface {
	Facts(ctx context.Context, from, to time.Time) ([]Fact, error)
}

// Figures count conversations, each once. What they mean is in Definitions.
//
//	Opened = Silent + Alone + Handed
//	Handed = Reached + Left + Waiting
type Figures struct {
	Opened, Silent, Alone, Handed int
	Reached, Left, Waiting        int
	WaitP50, WaitP90              time.Duration
	Handled                       int
	HandlingP50, HandlingP90      time.Duration
	Ratings, Stars                int
	Told, Kept                    int
}

// Containment is the share that Emma solved alone of those in which somebody wrote.
func (f Figures) Containment() (share float64, known bool) { return share2(f.Alone, f.Alone+f.Handed) }

// Abandonment is the share of the handed over that left before a person came.
func (f Figures) Abandonment() (share float64, known bool) { return share2(f.Left, f.Handed) }

func share2(part, whole int) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// Group is the figures of a part: a team, an agent, an hour, a reason.
type Group struct {
	Name string
	Figures
}

// Summary is what happened to the conversations that were opened in a time.
type Summary struct {
	All     Figures
	Hours   []Group // "00" to "23", all 24, by the hour of opening
	Reasons []Group // of hand-off, most first
	Teams   []Group // that the visitor first came to, most first
	Agents  []Group // who took the conversation first, most first
}

// Summarise counts. Hours are those of the zone.
func Summarise(facts []Fact, zone *time.Location) Summary {
	all := &tally{}
	hours, reasons, teams, agents := tallies{}, tallies{}, tallies{}, tallies{}
	for hour := range 24 {
		hours.of(time.Date(2000, 1, 1, hour, 0, 0, 0, time.UTC).Format("15"))
	}
	for _, f := range facts {
		s := f.story()
		all.add(f, s)
		hours.of(f.OpenedAt.In(zone).Format("15")).add(f, s)
		if s.handed {
			reasons.of(s.reason).add(f, s)
			teams.of(s.team).add(f, s)
		}
		if s.agent != "" {
			agents.of(s.agent).add(f, s)
		}
	}
	r := Summary{All: all.figures(), Hours: hours.groups(), Reasons: reasons.groups(), Teams: teams.groups(), Agents: agents.groups()}
	most := func(a, b Group) int { return cmp.Or(cmp.Compare(b.Handed, a.Handed), cmp.Compare(a.Name, b.Name)) }
	slices.SortFunc(r.Hours, func(a, b Group) int { return cmp.Compare(a.Name, b.Name) })
	for _, groups := range [][]Group{r.Reasons, r.Teams, r.Agents} {
		slices.SortFunc(groups, most)
	}
	return r
}

// story is what the moves of one conversation say.
type story struct {
	handed       bool
	reason, team string // of the first time in line
	agent        string // who took it first
	wait         time.Duration
	waiting      bool // in line now
	handling     time.Duration
	handled      bool // with an agent once, and not now
}

func (f Fact) story() story {
	var s story
	var joined, since time.Time
	state := StateBot
	for _, m := range f.Moves {
		if state == StateAgent {
			s.handling += m.At.Sub(since)
		}
		state, since = m.State, m.At
		if !s.handed && (m.State == StateWaiting || m.State == StateAgent) {
			s.handed, s.reason, s.team, joined = true, m.Reason, m.Team, m.At
		}
		if s.agent == "" && m.State == StateAgent {
			s.agent, s.wait = m.Agent, m.At.Sub(joined)
		}
	}
	s.waiting = state == StateWaiting && s.agent == ""
	s.handled = s.agent != "" && state != StateAgent
	return s
}

// tally collects the figures of one group.
type tally struct {
	Figures
	waits, handling []time.Duration
}

func (t *tally) add(f Fact, s story) {
	t.Opened++
	switch {
	case s.handed:
		t.Handed++
	case f.Spoke:
		t.Alone++
	default:
		t.Silent++
	}
	switch {
	case s.agent != "":
		t.Reached++
		t.waits = append(t.waits, s.wait)
	case s.waiting:
		t.Waiting++
	case s.handed:
		t.Left++
	}
	if s.handled {
		t.Handled++
		t.handling = append(t.handling, s.handling)
	}
	if f.Stars > 0 {
		t.Ratings++
		t.Stars += f.Stars
	}
	if f.Wait == nil || f.Wait.Forecast.At.IsZero() {
		return
	}
	if hit, known := f.Wait.hit(); known {
		t.Told++
		if hit {
			t.Kept++
		}
	}
}

func (t *tally) figures() Figures {
	f := t.Figures
	f.WaitP50, f.WaitP90 = quantile(t.waits, 0.5), quantile(t.waits, 0.9)
	f.HandlingP50, f.HandlingP90 = quantile(t.handling, 0.5), quantile(t.handling, 0.9)
	return f
}

// quantile is the smallest value that at least the share q does not exceed.
func quantile(values []time.Duration, q float64) time.Duration {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	at := int(float64(len(values))*q+0.999999) - 1
	return values[min(max(at, 0), len(values)-1)]
}

type tallies map[string]*tally

func (t tallies) of(name string) *tally {
	if t[name] == nil {
		t[name] = &tally{}
	}
	return t[name]
}

func (t tallies) groups() []Group {
	groups := make([]Group, 0, len(t))
	for name, tally := range t {
		groups = append(groups, Group{name, tally.figures()})
	}
	return groups
}
