package handoff

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"emma/bot"
)

func startTeam(t *testing.T) Team {
	t.Helper()
	teams, err := StartTeams()
	if err != nil {
		t.Fatal(err)
	}
	return teams[0]
}

func TestATeamIsReadAsItWasWritten(t *testing.T) {
	team := startTeam(t)
	team.Hours.Dates = map[string][]Span{"2026-12-24": {{8 * time.Hour, 12*time.Hour + 30*time.Minute}}, "2026-12-31": {}}
	team.Dispositions = []string{"answered", "passed on"}
	written, err := json.Marshal(team)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadTeam(written)
	if err != nil {
		t.Fatal(err)
	}
	zones := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if diff := cmp.Diff(team, read, zones); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{`"08:00-12:30"`, `"first_reply":"2m"`, `"reopen_for":"24h"`, `"offer_for":"20s"`} {
		if !strings.Contains(string(written), want) {
			t.Errorf("%s is not in %s", want, written)
		}
	}
}

func TestAWrongTeamIsRefusedWithAReason(t *testing.T) {
	written, err := json.Marshal(startTeam(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, with, says string }{
		{"a field that does not exist", `"assignment"`, `"assignmnt":"pick","assignment"`, "assignmnt"},
		{"an id with a space", `"general"`, `"general help"`, "small letters"},
		{"no zone", `America/New_York`, `New York`, "no time zone"},
		{"a day that does not exist", `"monday"`, `"lunes"`, "lunes"},
		{"hours that end before they begin", `"monday":["08:00-21:00"]`, `"monday":["21:00-08:00"]`, "Monday"},
		{"hours that overlap", `"monday":["08:00-21:00"]`, `"monday":["08:00-12:00","11:00-21:00"]`, "11:00-21:00"},
		{"a time that does not exist", `"monday":["08:00-21:00"]`, `"monday":["08:00-21:60"]`, "no span"},
		{"hours without minutes", `"monday":["08:00-21:00"]`, `"monday":["8-21"]`, "no span"},
		{"a date that does not exist", `"federal_holidays":true`, `"dates":{"2026-02-30":[]}`, "2026-02-30"},
		{"a third tier", `"level":2`, `"level":3`, "levels 1 and 2"},
		{"an assignment that does not exist", `"pick"`, `"round robin"`, "automatic"},
		{"an offer that nobody can see", `"offer_for":"20s"`, `"offer_for":"1s"`, "5s"},
		{"a time below zero", `"offer_for":"20s"`, `"offer_for":"-20s"`, "length of time"},
		{"a disposition that cannot be given", `"assignment"`, `"disposition_required":true,"assignment"`, "lists none"},
		{"something after it", `"reopen_for":"24h"}`, `"reopen_for":"24h"} {}`, "after its end"},
	} {
		changed := strings.Replace(string(written), test.old, test.with, 1)
		if changed == string(written) {
			t.Fatalf("%s: %s is not in %s", test.name, test.old, written)
		}
		if _, err := ReadTeam([]byte(changed)); !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v does not say %q", test.name, err, test.says)
		}
	}
}

func TestTiersMaySeeAndTakeWhatTheirRulesSay(t *testing.T) {
	team := startTeam(t)
	team.Skills = []string{"military"}
	agent := Staff{ID: "a", Role: RoleAgent, Teams: []string{"general"}, Skills: []string{"military"}}
	senior, other, unskilled, editor := agent, agent, agent, agent
	senior.Role, other.Teams, unskilled.Skills, editor.Role = RoleSenior, []string{"premium"}, nil, RoleEditor
	supervisor := Staff{ID: "s", Role: RoleSupervisor}
	for _, test := range []struct {
		name    string
		staff   Staff
		tier    int
		refusal string // code; "forbidden" for ErrForbidden
	}{
		{"an agent of the team", agent, 1, ""}, {"an agent and an officer's chat", agent, 2, "tier"}, {"an officer", senior, 2, ""},
		{"an officer and a representative's chat", senior, 1, ""}, {"somebody of another team", other, 1, "team"},
		{"somebody without the skill", unskilled, 1, "skill"}, {"a supervisor", supervisor, 2, ""}, {"an editor", editor, 1, "forbidden"},
	} {
		err, code := test.staff.Takes(team, test.tier), ""
		var refused *Refusal
		if errors.As(err, &refused) {
			code = refused.Code
		} else if errors.Is(err, ErrForbidden) {
			code = "forbidden"
		}
		if code != test.refusal {
			t.Errorf("%s: %v, want %q", test.name, err, test.refusal)
		}
	}
	for _, test := range []struct {
		staff Staff
		kind  bot.Kind
		want  bool
	}{{agent, bot.Receipt, true}, {agent, bot.ANumber, false}, {senior, bot.ANumber, true}, {supervisor, bot.ANumber, true}, {editor, bot.Receipt, false}} {
		if got := team.MayReveal(test.staff, test.kind); got != test.want {
			t.Errorf("%s may reveal %s: %v", test.staff.Role, test.kind, got)
		}
	}
}
