package main

import (
	"encoding/json"
	"net/http"
	"net/url"
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
}

// BenchmarkSuggest is one request for suggestions on the starter base, through HTTP.
func BenchmarkSuggest(b *testing.B) {
	p := start(b, b.TempDir())
	for b.Loop() {
		p.suggestions(b, "en", "how do i renew my gre")
	}
}
