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

// linksAreTold shows the quality page where links are not looked at, and, with an answer in
// place of the server's, where some of them were.
func linksAreTold(t *testing.T, page *tab) {
	t.Helper()
	page.goTo("/editor/quality")
	page.sees("Source links are not looked at")
	js[bool](page, `(() => {
		const real = window.fetch;
		window.fetch = async (...args) => {
			const answer = await real(...args);
			if (!String(args[0]).includes("/api/quality")) return answer;
			const at = Date.now(), articles = [{id: "gc-renew", language: "en"}, {id: "gc-renew", language: "es"}];
			const links = {open: 3, looks: [
				{url: "https://www.example.org/a/very/long/address/of/a/page/that/once/was/there/and/is/now/gone", state: "dead", note: "The site says that the page is gone (404).", at, articles},
				{url: "https://www.example.org/old", state: "moved", note: "https://www.example.org/new", at, articles},
				{url: "https://www.example.org/slow", state: "unreachable", note: "The site did not answer within 10 seconds.", at, articles},
				{url: "https://www.example.org/fine", state: "works", note: "", at, articles},
			]};
			return new Response(JSON.stringify({...await answer.json(), links}), {status: 200, headers: {"Content-Type": "application/json"}});
		};
		return true;
	})()`)
	page.goTo("/editor/menu")
	page.goTo("/editor/quality")
	page.sees("1 of 7 source links work; 3 were not looked at yet")
	for _, title := range []string{"Source links that are dead", "Source links that moved", "Source links that were not reached"} {
		page.press(title)
	}
	page.sees("Now at https://www.example.org/new")
	page.inEditorLooks("links")
}
