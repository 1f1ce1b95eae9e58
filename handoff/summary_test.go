package handoff

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// at is a time on a day, in minutes after ten.
func at(minutes int) time.Time { return time.Date(2027, 3, 1, 10, minutes, 0, 0, time.UTC) }

// told is a wait of so many minutes of somebody who was told at most two.
func told(kind SampleKind, minutes time.Duration) *Sample {
	return &Sample{Kind: kind, Took: minutes * time.Minute, Forecast: Forecast{At: at(1), Told: Wait{P50: time.Minute, P90: 2 * time.Minute}}}
}

func TestSummarise(t *testing.T) {
	wait := func(m int) Move {
		return Move{At: at(m), State: StateWaiting, Reason: "wants_person", Team: "general", Tier: 1}
	}
	agent := func(m int, name string) Move { return Move{At: at(m), State: StateAgent, Agent: name} }
	end := func(m int, s State) Move { return Move{At: at(m), State: s} }
	facts := []Fact{
		{OpenedAt: at(0)},              // said nothing
		{OpenedAt: at(0), Spoke: true}, // Emma alone
		{OpenedAt: at(0), Spoke: true, Stars: 5, Moves: []Move{end(9, StateClosed)}},                                                            // Emma alone, closed
		{OpenedAt: at(0), Spoke: true, Moves: []Move{wait(1)}},                                                                                  // waits
		{OpenedAt: at(0), Spoke: true, Moves: []Move{wait(1), end(4, StateBot)}, Wait: told(Left, 3)},                                           // left
		{OpenedAt: at(0), Spoke: true, Moves: []Move{wait(1), agent(3, "Dana"), end(9, StateClosed)}, Stars: 2, Wait: told(Served, 2)},          // 2 and 6
		{OpenedAt: at(90), Spoke: true, Moves: []Move{wait(91), agent(95, "Dana"), wait(97), agent(99, "Luis"), end(103, StateBot), wait(104)}}, // 4 and 2+4
	}
	r := Summarise(facts, time.UTC)
	want := Figures{Opened: 7, Silent: 1, Alone: 2, Handed: 4, Reached: 2, Left: 1, Waiting: 1, Handled: 2, Ratings: 2, Stars: 7, Told: 2, Kept: 1,
		WaitP50: 2 * time.Minute, WaitP90: 4 * time.Minute, HandlingP50: 6 * time.Minute, HandlingP90: 6 * time.Minute}
	if r.All != want {
		t.Errorf("the figures are\n%+v, want\n%+v", r.All, want)
	}
	if len(r.Hours) != 24 || r.Hours[10].Opened != 6 || r.Hours[11].Opened != 1 {
		t.Errorf("the hours are %+v", r.Hours)
	}
	if len(r.Agents) != 1 || r.Agents[0].Name != "Dana" || r.Agents[0].Reached != 2 {
		t.Errorf("the agents are %+v", r.Agents)
	}
	if share, ok := r.All.Containment(); !ok || share != 2.0/6 {
		t.Errorf("containment is %v", share)
	}
	if share, ok := r.All.Abandonment(); !ok || share != 0.25 {
		t.Errorf("abandonment is %v", share)
	}
	if _, ok := (Figures{}).Containment(); ok {
		t.Error("the containment of nothing is known")
	}
}

// Whatever happened, each conversation is counted once and the parts add up.
func TestFiguresAddUp(t *testing.T) {
	state := rapid.SampledFrom([]State{StateBot, StateWaiting, StateAgent, StateClosed})
	rapid.Check(t, func(t *rapid.T) {
		facts := make([]Fact, rapid.IntRange(0, 30).Draw(t, "conversations"))
		for i := range facts {
			facts[i].OpenedAt, facts[i].Spoke = at(rapid.IntRange(0, 1500).Draw(t, "opened")), rapid.Bool().Draw(t, "spoke")
			for m := range rapid.IntRange(0, 6).Draw(t, "moves") {
				move := Move{At: facts[i].OpenedAt.Add(time.Duration(m) * time.Minute), State: state.Draw(t, "state"), Team: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "team")}
				if move.State == StateAgent {
					move.Agent = rapid.SampledFrom([]string{"Dana", "Luis"}).Draw(t, "agent")
				}
				facts[i].Moves = append(facts[i].Moves, move)
				facts[i].Spoke = true
			}
		}
		r := Summarise(facts, time.UTC)
		check := func(name string, f Figures) {
			if f.Opened != f.Silent+f.Alone+f.Handed || f.Handed != f.Reached+f.Left+f.Waiting {
				t.Fatalf("%s does not add up: %+v", name, f)
			}
		}
		check("all", r.All)
		sum := func(groups []Group, of func(Figures) int) (n int) {
			for _, g := range groups {
				check(g.Name, g.Figures)
				n += of(g.Figures)
			}
			return n
		}
		opened, handed := func(f Figures) int { return f.Opened }, func(f Figures) int { return f.Handed }
		if got := sum(r.Hours, opened); got != len(facts) || r.All.Opened != len(facts) {
			t.Fatalf("the hours have %d conversations of %d", got, len(facts))
		}
		if sum(r.Teams, handed) != r.All.Handed || sum(r.Reasons, handed) != r.All.Handed {
			t.Fatalf("teams or reasons do not add up to %d", r.All.Handed)
		}
	})
}
