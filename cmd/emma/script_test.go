package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestEditorsOrderTheMenuAndChangePhrases does what the editor page does, and looks at
// what a visitor gets.
func TestEditorsOrderTheMenuAndChangePhrases(t *testing.T) {
	p := start(t, t.TempDir())
	browser := p.signIn(t, "admin", p.password(t, "admin"))
	read := func(path string, into any) {
		t.Helper()
		status, body := p.call(t, browser, "GET", path, nil)
		if status != 200 || json.Unmarshal([]byte(body), into) != nil {
			t.Fatalf("%s answers %d %s", path, status, body)
		}
	}
	save := func(path string, what any, status int, part string) {
		t.Helper()
		if got, body := p.call(t, browser, "PUT", path, what); got != status || !strings.Contains(body, part) {
			t.Errorf("saving at %s answers %d %.300s, want %d and %s", path, got, body, status, part)
		}
	}
	var seen struct {
		Menu struct {
			Revision int
			Topics   []struct {
				ID       string
				Labels   map[string]string
				Articles []struct {
					ID        string
					Questions map[string]string
				}
			}
		}
	}
	read("/api/menu", &seen)
	if len(seen.Menu.Topics) < 10 || seen.Menu.Revision != 0 {
		t.Fatalf("the menu has %d topics at revision %d", len(seen.Menu.Topics), seen.Menu.Revision)
	}
	last := seen.Menu.Topics[len(seen.Menu.Topics)-1]
	article := last.Articles[len(last.Articles)-1]
	order := map[string]any{"revision": 0, "topics": []any{map[string]any{
		"id": last.ID, "labels": map[string]string{"en": "Before the rest", "es": "Antes que nada"}, "articles": []string{article.ID},
	}}}
	save("/api/menu", order, 200, `"revision":1`)
	save("/api/menu", order, 409, `"menu":{"revision":1`)
	save("/api/menu", map[string]any{"revision": 1, "topics": []any{map[string]any{"id": "nowhere", "articles": []string{}}}}, 400, "nowhere")
	visitor, _ := p.visitor(t, "", 0)
	visitor.send(map[string]any{"type": "choose", "id": newID(), "choice": "menu"})
	if menu := visitor.until(isMessage("emma")); menu.Choices[0].Label != "Before the rest" {
		t.Errorf("the visitor's menu begins with %+v", menu.Choices[0])
	}
	visitor.send(map[string]any{"type": "choose", "id": newID(), "choice": "topic:" + last.ID})
	if topic := visitor.until(isMessage("emma")); topic.Choices[0].Label != article.Questions["en"] {
		t.Errorf("the topic begins with %+v, want %s", topic.Choices[0], article.Questions["en"])
	}

	var said struct {
		Phrases []struct {
			Key    string
			Places []string
			Texts  map[string]string
		}
	}
	read("/api/phrases", &said)
	if len(said.Phrases) < 50 {
		t.Errorf("there are %d phrases", len(said.Phrases))
	}
	texts := func(en, es string) any {
		return map[string]any{"revision": 0, "texts": map[string]string{"en": en, "es": es}}
	}
	save("/api/phrases/bye", texts("So long.", "Hasta luego."), 200, `"So long."`)
	save("/api/phrases/bye", texts("So long!", "Hasta luego."), 409, `"phrase":{"key":"bye"`)
	save("/api/phrases/gone_warning", texts("Are you there?", "¿Sigue ahí? {minutes}"), 400, `"field":"en"`)
	save("/api/phrases/unheard", texts("a", "b"), 404, "not_found")
	visitor.ask("goodbye")
	if answer := visitor.until(isMessage("emma")); answer.Text != "So long." {
		t.Errorf("Emma says %q", answer.Text)
	}
}
