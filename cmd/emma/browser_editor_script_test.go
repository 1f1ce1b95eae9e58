package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// theScriptIsSaved changes menu, phrases and synonyms on their pages, meets a visitor who
// gets what was saved, loads the pages anew, and is refused with a reason.
func theScriptIsSaved(t *testing.T, p *program, page *tab, other *http.Client) {
	t.Helper()
	page.b.forgive("status of 400") // which Chromium logs by itself
	visitor, _ := p.visitor(t, "", 0)
	theMenuIsSaved(t, p, page, other, visitor)
	aPhraseIsSaved(t, page, visitor)
	synonymsAreSaved(t, p, page)
	aTriggerIsSaved(t, p, page)
}

func aTriggerIsSaved(t *testing.T, p *program, page *tab) {
	t.Helper()
	const field = "#danger_emergency-en"
	page.goTo("/editor/triggers")
	page.sees("cannot be taken away")
	page.press("Another emergency")
	page.retype(field, "green card")
	page.press("Save these phrases")
	page.sees("Visitors who ask that would no longer get it")
	page.holds(field, "green card")
	page.retype(field, "code purple")
	page.write("#try-trigger", "CODE PURPLE in the lobby!\r")
	page.sees("Danger, because of your phrase: Another emergency")
	page.inEditorLooks("trigger tried")
	page.press("Save these phrases")
	page.sees("Saved. Emma listens for it now.")
	visitor, _ := p.visitor(t, "", 0)
	visitor.ask("there is a code purple here")
	if said := visitor.until(isMessage("emma")); said.Decision.Reason != "safety" || said.Decision.Article != "safety-emergency" {
		t.Errorf("Emma says %+v", said)
	}
	page.goTo("/editor/menu")
	page.goTo("/editor/triggers")
	page.sees("1 phrase of yours")
	page.press("Another emergency")
	page.holds(field, "code purple")
}

// retype replaces what is in a field.
func (tb *tab) retype(selector, text string) {
	tb.b.t.Helper()
	tb.wait("find.all(" + quote(selector) + ").length")
	js[bool](tb, "(find.all("+quote(selector)+")[0].select(), true)")
	tb.write(selector, text)
}

// holds waits until a field has a value.
func (tb *tab) holds(selector, value string) {
	tb.b.t.Helper()
	tb.wait("(find.all(" + quote(selector) + ")[0] || {}).value === " + quote(value))
}

func theMenuIsSaved(t *testing.T, p *program, page *tab, other *http.Client, visitor *client) {
	t.Helper()
	const first = "main ol > li:first-child input[lang=en]"
	page.goTo("/editor/menu")
	page.sees("As it comes with the program")
	was := js[string](page, "find.all("+quote(first)+")[0].value")
	page.press("Move down: " + was)
	page.wait("find.all(" + quote(first) + ")[0].value !== " + quote(was))
	page.retype(first, "Before all else")
	page.sees("Not saved.")
	page.press("Save the menu")
	page.sees("Saved. Visitors see it now.")
	visitor.send(map[string]any{"type": "choose", "id": newID(), "choice": "menu"})
	if menu := visitor.until(isMessage("emma")); menu.Choices[0].Label != "Before all else" || menu.Choices[1].Label != was {
		t.Errorf("the visitor's menu begins with %+v, want what was saved and then %s", menu.Choices[:2], was)
	}
	page.goTo("/editor/phrases")
	page.goTo("/editor/menu")
	page.sees("Saved by admin")
	page.holds(first, "Before all else")

	// The other editor is faster; what is typed stays, also over a look at another page.
	page.retype(first, "Mine")
	page.goTo("/editor/phrases")
	page.goTo("/editor/menu")
	page.holds(first, "Mine")
	if status, body := p.call(t, other, "PUT", "/api/menu", map[string]any{"revision": 1, "topics": []any{}}); status != http.StatusOK {
		t.Fatal(status, body)
	}
	page.press("Save the menu")
	page.sees("Somebody else saved the menu meanwhile")
	page.holds(first, "Mine")
	page.press("Save the menu")
	page.sees("Saved. Visitors see it now.")
	page.holds(first, "Mine")
}

func aPhraseIsSaved(t *testing.T, page *tab, visitor *client) {
	t.Helper()
	page.goTo("/editor/phrases")
	page.sees("Greetings and small talk")
	page.write("input[type=search]", "can come back at any time")
	page.retype("#bye-en", "So long.")
	page.press("Save this phrase")
	page.sees("Saved.") // and it stays, though it does not fit the search any more
	page.holds("#bye-en", "So long.")
	page.write("input[type=search]", " ")
	page.sees("No phrase has these words.")
	visitor.ask("goodbye")
	if said := visitor.until(isMessage("emma")); said.Text != "So long." {
		t.Errorf("Emma says %q", said.Text)
	}
	page.goTo("/editor/menu")
	page.goTo("/editor/phrases")
	page.sees("Greetings and small talk")
	page.write("input[type=search]", "So long")
	page.holds("#bye-en", "So long.")
	page.sees("changed")

	page.retype("input[type=search]", "gone_warning")
	page.retype("#gone_warning-en", "Are you there?")
	page.press("Save this phrase")
	page.sees("The English text needs {")
	page.holds("#gone_warning-en", "Are you there?")
	page.goTo("/editor/triggers")
	page.sees("Try a message")
	page.goTo("/editor/phrases")
	page.sees("Greetings and small talk")
	page.holds("#gone_warning-en", "Are you there?") // nothing typed is lost on the way
	page.retype("input[type=search]", "gone_warning")
	page.press("Drop changes")
	page.wait("find.all('#gone_warning-en')[0].value.includes('{minutes}')")
}

func synonymsAreSaved(t *testing.T, p *program, page *tab) {
	t.Helper()
	const field = "ol.synonyms textarea"
	// leads reports whether Emma thinks of the oath when she is asked in the new words.
	leads := func() bool {
		visitor, _ := p.visitor(t, "", 0)
		visitor.ask("What happens at the moonshine gala?")
		said := visitor.until(isMessage("emma"))
		return said.Decision.Article == "nat-oath" || len(said.Choices) > 0 && said.Choices[0].ID == "article:nat-oath"
	}
	if leads() {
		t.Error("Emma knows words that nobody told her")
	}
	page.goTo("/editor/synonyms")
	page.sees("as they come with the program")
	page.write("input[type=search]", "swearing in")
	group := js[string](page, "find.all("+quote(field)+")[0].value")
	page.retype(field, group+", green card")
	page.press("Try it on real questions")
	page.sees("is in two groups")
	page.retype(field, group+", moonshine gala")
	page.press("Try it on real questions")
	page.wait("find.button('Save for both languages').getAttribute('aria-disabled') !== 'true'")
	page.press("Save for both languages")
	page.sees("Saved. Emma reads with them now.")
	for deadline := time.Now().Add(time.Second); !leads(); {
		if time.Now().After(deadline) {
			t.Fatal("a second after saving Emma does not know the new words")
		}
	}
	page.goTo("/editor/menu")
	page.goTo("/editor/synonyms")
	page.sees("saved by admin")
	page.write("input[type=search]", "moonshine")
	page.wait("find.all(" + quote(field) + ")[0].value.includes('moonshine gala')")
	if kept := js[string](page, "find.all("+quote(field)+")[0].value"); !strings.HasPrefix(kept, group) {
		t.Errorf("the group is %q, want it to begin with %q", kept, group)
	}
}
