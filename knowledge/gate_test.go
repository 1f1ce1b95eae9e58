package knowledge

import "testing"

func TestAnEditWinsAndLosesQuestions(t *testing.T) {
	none, right, wrong, other := Said{}, Said{"a", .9, true}, Said{"b", .9, true}, Said{"c", .9, true}
	for _, test := range []struct {
		known       bool
		right       string
		live, draft Said
		want        Change
	}{
		{true, "a", none, right, ChangeWon},
		{true, "a", wrong, right, ChangeWon},
		{true, "a", wrong, none, ChangeWon}, // a wrong answer less
		{true, "a", right, wrong, ChangeLost},
		{true, "a", none, wrong, ChangeLost},
		{true, "a", right, none, ChangeSilent},
		{true, "a", wrong, other, ChangeNone},
		{true, "a", right, right, ChangeNone},
		{true, "a", none, none, ChangeNone},
		{true, "", none, wrong, ChangeLost}, // nothing answers it, and Emma would
		{true, "", wrong, none, ChangeWon},
		{false, "", none, right, ChangeAnswered},
		{false, "", right, none, ChangeSilent},
		{false, "", right, wrong, ChangeOtherwise},
		{false, "", right, right, ChangeNone},
	} {
		probe := Probe{Known: test.known, Right: test.right, Live: test.live, Draft: test.draft}
		if got := probe.Change(); got != test.want {
			t.Errorf("%+v is %q, want %q", probe, got, test.want)
		}
	}
}

func TestTheGateBlocksLosses(t *testing.T) {
	right, wrong := Said{"a", .9, true}, Said{"b", .9, true}
	lost := Probe{Kind: ProbeAsked, Known: true, Right: "a", Times: 2, Live: right, Draft: wrong}
	won := Probe{Kind: ProbeWording, Known: true, Right: "b", Times: 1, Draft: wrong}
	test := Probe{Kind: ProbeTest, Known: true, Right: "a", Times: 1, Live: right}
	r := Weigh([]Probe{won, lost}, 2)
	if r.Blocks() || r.Lost != 2 || r.Won != 1 || r.Wordings != 1 || r.Asked != 2 || len(r.Shifts) != 2 || r.Shifts[0].Change != ChangeLost {
		t.Errorf("the report is %+v", r)
	}
	if len(r.Articles) != 2 || r.Articles[0] != (ArticleEffect{Article: "a", Lost: 2}) || r.Articles[1] != (ArticleEffect{Article: "b", Won: 1}) {
		t.Errorf("by article it is %+v", r.Articles)
	}
	if r := Weigh([]Probe{won, lost}, 1); !r.Blocks() {
		t.Error("two lost answers pass a limit of one")
	}
	if r := Weigh([]Probe{test}, 99); !r.Blocks() || r.TestsLost != 1 {
		t.Errorf("a kept test that is no longer answered passes: %+v", r)
	}
	many := make([]Probe, mostShifts+3)
	for i := range many {
		many[i] = won
	}
	if r := Weigh(many, 0); len(r.Shifts) != mostShifts || r.More != 3 || r.Won != mostShifts+3 {
		t.Errorf("%d shifts are listed and %d left out", len(r.Shifts), r.More)
	}
}
