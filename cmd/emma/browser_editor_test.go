package main

import (
	"net/http"
	"strings"
	"testing"
)

// editorLooks are how the views of the editor are looked at.
var editorLooks = []look{
	{"desktop", 1440, 900, nil},
	{"phone-dark", 390, 844, map[string]string{"prefers-color-scheme": "dark"}},
}

// TestTheEditorsPages shows two editors of one article bringing their words together,
// and then runs axe-core over every view.
func TestTheEditorsPages(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	page := b.open(p.origin+"/editor", 1440, 900)
	page.inEditorLooks("sign-in")
	signInPage(page, "admin", p.password(t, "admin"))
	page.sees("All topics")
	admin := p.signIn(t, "admin", p.password(t, "admin"))
	twoEditorsLoseNothing(t, p, page, admin)
	p.misses(t, "where do I park my zeppelin", "zeppelin parking")
	if status, body := p.call(t, admin, "POST", "/api/tests", map[string]string{"text": "renew my card", "language": "en", "article": "gc-renew"}); status != http.StatusOK {
		t.Fatal(status, body)
	}
	for _, view := range []struct{ name, path, shows string }{
		{"list", "", "Review by"},
		{"nothing found", "?q=zzzz", "No article fits"},
		{"new", "/new", "Write the answer"},
		{"edit", "/articles/gc-renew", "As visitors see it"},
		{"history", "/articles/gc-renew/history", "What changed from 2 to 3"},
		{"gaps", "/gaps", "helped by one edit"},
		{"try", "/try?q=how+do+I+renew+my+green+card", "Ranking"},
		{"publish", "/publish", "Answered by"},
		{"transfer", "/transfer", "Show what would change"},
		{"precision", "/precision", "What a stricter target costs"},
		{"quality", "/quality", "What may be mended"},
		{"menu", "/menu", "As it comes with the program"},
		{"phrases", "/phrases", "Greetings and small talk"},
		{"triggers", "/triggers", "Try a message"},
		{"synonyms", "/synonyms", "as they come with the program"},
	} {
		page.goTo("/editor" + view.path)
		page.sees(view.shows)
		page.inEditorLooks(view.name)
	}
	page.goTo("/editor/articles/gc-renew")
	page.sees("What would Emma answer?")
	js[bool](page, "(find.all('#pane-h')[0].scrollIntoView(), true)")
	page.write("form.row input", "my green card runs out soon\r")
	page.sees("With this draft")
	page.press("Why")
	page.sees("Words that count")
	page.inEditorLooks("test pane")
	theScriptIsSaved(t, p, page, admin)
	anOwnerReviews(t, p, page, admin)
	linksAreTold(t, page)
}

// inEditorLooks checks a view, takes its picture, and demands that it fits the width.
func (tb *tab) inEditorLooks(view string) {
	tb.b.t.Helper()
	name := strings.ReplaceAll(view, " ", "-")
	tb.still()
	for _, l := range editorLooks {
		tb.appear(l)
		tb.axeFor("editor, "+view+", "+l.name, allRules)
		if wide := js[int](tb, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
			tb.b.t.Errorf("%s is %d px wider than a %s", view, wide, l.name)
		}
		tb.shot("editor-" + name + "-" + l.name)
	}
	tb.appear(editorLooks[0])
}

// saves stores the next revision of an article over HTTP.
func (p *program) saves(t testing.TB, browser *http.Client, id string, revision int, answer string) {
	t.Helper()
	article := map[string]any{"revision": revision, "topic": "green-card", "question": "How do I renew my green card?", "alternates": []string{"renew i-90"}, "answer": answer}
	if status, body := p.call(t, browser, "PUT", "/api/articles/"+id+"/en", article); status != http.StatusOK {
		t.Fatalf("saving answers %d %s", status, body)
	}
}

// twoEditorsLoseNothing lets somebody else save an article that is open on a page.
func twoEditorsLoseNothing(t *testing.T, p *program, page *tab, other *http.Client) {
	t.Helper()
	page.b.forgive("status of 409") // which Chromium logs by itself
	page.goTo("/editor/articles/gc-renew")
	page.sees("As visitors see it")
	page.wait("find.all('#answer-en').length > 0")
	js[bool](page, "(find.all('#answer-en')[0].focus(), find.all('#answer-en')[0].select(), true)")
	page.keys("Mine, in full.")
	page.sees("Not saved")
	p.saves(t, other, "gc-renew", 1, "Theirs, in full.")
	page.press("Save draft")
	for _, text := range []string{"English: two versions", "Theirs, in full.", "Mine, in full."} {
		page.sees(text)
	}
	page.inEditorLooks("clash")
	if _, body := p.call(t, other, "GET", "/api/articles/gc-renew/en", nil); !strings.Contains(body, "Theirs, in full.") || !strings.Contains(body, `"revision":2`) {
		t.Errorf("the other one's words were overwritten: %.300s", body)
	}
	js[bool](page, "find.all('fieldset').filter(f => f.innerText.startsWith('Answer')).map(f => f.querySelectorAll('input')[1].click()).length > 0")
	page.press("Go on with this")
	page.press("Save draft")
	page.sees("Saved: English")
	if _, body := p.call(t, other, "GET", "/api/articles/gc-renew/en", nil); !strings.Contains(body, "Mine, in full.") || !strings.Contains(body, `"revision":3`) {
		t.Errorf("after bringing both together the article is %.300s", body)
	}

	// The history brings the other one's words back, and one press pulls the answer.
	page.press("Revisions")
	page.press("Revision 2")
	page.press("Restore revision 2")
	page.sees("Theirs, in full.")
	page.press("Pull this answer now")
	page.sees("Pulled")
	visitor, _ := p.visitor(t, "", 0)
	visitor.ask("How do I renew my green card?")
	if said := visitor.until(isMessage("emma")); said.Decision.Article == "gc-renew" {
		t.Errorf("a pulled answer is given: %+v", said)
	}
}
