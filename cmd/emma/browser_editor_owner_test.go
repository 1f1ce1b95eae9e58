package main

import (
	"net/http"
	"strings"
	"testing"
)

// anOwnerReviews gives the review of an article to a person, who then finds it in the list.
func anOwnerReviews(t *testing.T, p *program, page *tab, admin *http.Client) {
	t.Helper()
	page.goTo("/editor/articles/nat-oath")
	for _, language := range []string{"en", "es"} {
		page.wait("find.all('#question-" + language + "').length")
	}
	js[bool](page, `(e => (e.value = "admin", e.dispatchEvent(new Event("change", {bubbles: true}))))(find.all("#p-owner")[0])`)
	page.press("Save draft")
	page.sees("Saved: English and Spanish")
	for _, language := range []string{"en", "es"} {
		if _, body := p.call(t, admin, "GET", "/api/articles/nat-oath/"+language, nil); !strings.Contains(body, `"owner":"admin"`) {
			t.Errorf("in %s the article is %.300s", language, body)
		}
	}
	page.inEditorLooks("owner")
	page.goTo("/editor?owner=me")
	page.sees("1 article found")
	page.sees("When is the oath ceremony")
	page.inEditorLooks("mine to review")
	page.goTo("/editor?owner=none")
	page.sees("articles found")
	if js[bool](page, `find.text().includes("When is the oath ceremony")`) {
		t.Error("an article that somebody reviews is among those of nobody")
	}
}
