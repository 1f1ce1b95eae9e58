package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
)

// suggestions asks for published questions that go on from a text.
func (p *program) suggestions(t testing.TB, language, text string) []string {
	t.Helper()
	response, err := http.Get(p.origin + "/api/suggest?" + url.Values{"language": {language}, "text": {text}}.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Suggestions []struct{ ID, Label string } }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%q gave %s: %v", text, response.Status, err)
	}
	var labels []string
	for _, s := range answer.Suggestions {
		if !strings.HasPrefix(s.ID, "article:") {
			t.Errorf("%q cannot be chosen", s.ID)
		}
		labels = append(labels, s.Label)
	}
	return labels
}

func TestQuestionsAreSuggestedWhileSomebodyTypes(t *testing.T) {
	p := start(t, t.TempDir())
	for _, c := range []struct{ language, typed, want string }{
		{"en", "how do i renew my gre", "How do I renew my green card?"},
		{"en", "change my addr", "How do I change my address with USCIS?"},
		{"es", "renovar mi tarjeta", "tarjeta"},
	} {
		got := p.suggestions(t, c.language, c.typed)
		if !slices.ContainsFunc(got, func(label string) bool { return strings.Contains(label, c.want) }) {
			t.Errorf("%q suggests %q, want %q", c.typed, got, c.want)
		}
		if len(got) > 3 {
			t.Errorf("%q suggests %d questions", c.typed, len(got))
		}
	}
	for _, nothing := range []string{"", "a", "zzzzqq xxyyww", strings.Repeat("\x00ä", 3000)} {
		if got := p.suggestions(t, "en", nothing); len(got) > 0 {
			t.Errorf("%.20q suggests %q", nothing, got)
		}
	}
}

// Beside a chat stand only articles that may be meant by what the visitor said; who
// searches gets what comes closest.
func TestArticlesForAgentsArePlausible(t *testing.T) {
	p := start(t, t.TempDir())
	agent := p.signIn(t, "agent", p.password(t, "agent"))
	find := func(text, more string) (articles []string) {
		t.Helper()
		status, body := p.call(t, agent, "GET", "/api/knowledge?language=en&text="+url.QueryEscape(text)+more, nil)
		var answer struct {
			Articles []struct {
				Article    string
				Confidence float64
			}
			Clarify float64
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK || answer.Clarify <= 0 {
			t.Fatalf("%q gave %d %s", text, status, body)
		}
		for _, a := range answer.Articles {
			if more != "" && a.Confidence < answer.Clarify {
				t.Errorf("%q: %s stands there with %.2f of %.2f", text, a.Article, a.Confidence, answer.Clarify)
			}
			articles = append(articles, a.Article)
		}
		return articles
	}
	const said = "&said=true"
	if got := find("My green card never arrived", said); len(got) != 1 || got[0] != "gc-not-received" {
		t.Errorf("a plain question brings %q", got)
	}
	for _, text := range []string{"hello Dana", "ok thanks", "Lamentablemente, el departamento desconsideradamente no contestó a mi correspondencia"} {
		if got := find(text, said); len(got) > 0 {
			t.Errorf("%q brings %q", text, got)
		}
	}
	if got := find("ok thanks", ""); len(got) == 0 {
		t.Error("a search by hand finds nothing")
	}
	before := "&before=" + url.QueryEscape("I cannot make it to my fingerprint appointment") + "&before=" + url.QueryEscape("and if I miss it?")
	if got := find("ok thanks", said+before); len(got) == 0 || !strings.HasPrefix(got[0], "biometrics-") {
		t.Errorf("after a question and a follow-up thanks bring %q", got)
	}
}

// turns is a line of testdata/turns.jsonl: what a visitor says one after the other, and
// the articles that serve the last of it. They were written for the topics of the starter
// base; nothing is fitted on them.
type turns struct {
	Language       string
	Said, Articles []string
}

func readTurns(t testing.TB) (list []turns) {
	t.Helper()
	f, err := os.Open("testdata/turns.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for lines := json.NewDecoder(f); lines.More(); {
		var one turns
		if err := lines.Decode(&one); err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

// What was said before helps to understand a message that says nothing alone, and does
// not get in the way of one that does.
func TestAgentsAreShownWhatAFollowUpIsAbout(t *testing.T) {
	p := start(t, t.TempDir())
	agent := p.signIn(t, "agent", p.password(t, "agent"))
	first := func(language string, said ...string) string {
		t.Helper()
		last := len(said) - 1
		query := url.Values{"language": {language}, "said": {"true"}, "text": {said[last]}, "before": said[:last]}
		status, body := p.call(t, agent, "GET", "/api/knowledge?"+query.Encode(), nil)
		var answer struct{ Articles []struct{ Article string } }
		if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK {
			t.Fatalf("%q gave %d %s", said, status, body)
		}
		if len(answer.Articles) == 0 {
			return ""
		}
		return answer.Articles[0].Article
	}
	list := readTurns(t)
	alone, together := 0, 0
	for _, one := range list {
		if slices.Contains(one.Articles, first(one.Language, one.Said[1])) {
			alone++
		}
		if got := first(one.Language, one.Said...); slices.Contains(one.Articles, got) {
			together++
		} else {
			t.Logf("%q brings %q", one.Said, got)
		}
	}
	t.Logf("of %d last messages the right article stands first for %d by themselves, for %d with what was said before", len(list), alone, together)
	if together < len(list)*3/4 || together <= alone {
		t.Errorf("with what was said before %d of %d are right, and %d without", together, len(list), alone)
	}
	moved := 0
	for i, one := range list {
		before := list[(i+7)%len(list)]
		if first(one.Language, before.Said[0], one.Said[0]) != first(one.Language, one.Said[0]) {
			moved++
			t.Logf("%q is another after %q", one.Said[0], before.Said[0])
		}
	}
	if moved > len(list)/20 {
		t.Errorf("%d of %d new topics are mistaken for follow-ups", moved, len(list))
	}
}

// BenchmarkSuggest is one request for suggestions on the starter base, through HTTP.
func BenchmarkSuggest(b *testing.B) {
	p := start(b, b.TempDir())
	for b.Loop() {
		p.suggestions(b, "en", "how do i renew my gre")
	}
}
