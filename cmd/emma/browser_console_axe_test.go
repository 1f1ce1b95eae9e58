package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestTheConsoleIsAccessibleInEveryView runs axe-core over the views, light and dark,
// and takes their pictures at three widths.
func TestTheConsoleIsAccessibleInEveryView(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, "--message-rate", "0")
	hire(t, dir, "Dana Reyes", "agent", "general")
	hire(t, dir, "Vera Long", "supervisor")
	browser := p.signIn(t, "Dana Reyes", staffPassword)
	dana := p.staff(t, browser)
	mine, welcome := p.waiting(t, "My green card never arrived, my number is IOE0912345678")
	open := welcome.Conversation
	dana.do(map[string]any{"type": "claim", "conversation": open})
	dana.do(map[string]any{"type": "say", "conversation": open, "text": "Hello, this is Dana."})
	dana.do(map[string]any{"type": "note", "conversation": open, "text": "Was never here before."})
	mine.do(map[string]any{"type": "say", "text": "What happens with my green card now?"})
	mine.do(map[string]any{"type": "say", "text": "Lamentablemente, el departamento de naturalizaciones internacionales desconsideradamente no respondió: https://www.example.org/formularios/anticonstitucionalmente/Donaudampfschifffahrtsgesellschaftskapitaen"})
	_, next := p.waiting(t, "Quiero hablar con una persona sobre mi correspondencia extraordinariamente retrasada")
	left, _ := p.visitor(t, "", 0)
	left.do(map[string]any{"type": "leave_message", "text": "Please write to me", "name": "Ana", "email": "ana@example.org", "phone": "", "consent": true})
	p.call(t, browser, "PUT", "/api/replies/"+newID(), map[string]any{"short": "hello", "language": "en", "text": "Hello, I am {agent}.", "own": true})

	b := openBrowser(t, p.origin)
	chief := b.seat("Vera Long", "/console", 1440, 900)
	agent := b.seat("Dana Reyes", "/console/c/"+open, 1440, 900)
	for _, view := range []struct{ name, path, ready string }{
		{"chat", "/console/c/" + open, "Sealed numbers"},
		{"details", "/console/c/" + open + "/details", "Sealed numbers"},
		{"waiting chat", "/console/c/" + next.Conversation, "Take this chat"},
		{"nothing open", "/console", "No chat is open"},
		{"all", "/console?list=all", "All chats 3"},
		{"nothing found", "/console?list=all&text=zebra", "Nothing fits"},
		{"messages", "/console?list=messages", "Please write to me"},
		{"requests", "/console?list=requests", "Nothing is open"},
		{"transfer", "/console/c/" + open + "?show=transfer", "Transfer this chat"},
		{"close", "/console/c/" + open + "?show=close", "Close this chat"},
		{"request", "/console/c/" + open + "?show=request", "Open a service request"},
		{"keys", "/console?show=keys", "List of keys"},
		{"palette", "/console?show=palette", "Search in the lists"},
		{"alerts", "/console?show=alerts", "Test the sound"},
		{"day", "/console?show=day", "Taken"},
		{"replies", "/console/replies", "/hello"},
	} {
		agent.goTo(view.path)
		agent.sees(view.ready)
		agent.bothThemes(view.name)
	}
	for _, view := range []struct{ name, path, ready string }{
		{"board", "/console/board", "Queue by team"},
		{"reports", "/console/reports", "What it means"},
		{"supervise", "/console/c/" + open + "?show=supervise", "Whisper to"},
	} {
		chief.goTo(view.path)
		chief.sees(view.ready)
		chief.bothThemes(view.name)
	}
	agent.goTo("/console?list=messages")
	agent.press("Please write to me")
	agent.sees("Send the answer")
	agent.bothThemes("case")
	agent.goTo("/console/c/" + open)
	agent.write("#reply", "/")
	agent.sees("All saved replies")
	agent.bothThemes("saved replies in a reply")
	js[bool](agent, `(find.all("input[value=note]")[0].click(), true)`)
	agent.sees("Save private note")
	agent.bothThemes("note")
}

// allRules are those that every view of the staff keeps.
const allRules = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`

// bothThemes checks the view with axe-core, in the dark as far as colours go: nothing
// else differs there.
func (tb *tab) bothThemes(name string) {
	tb.b.t.Helper()
	tb.calm("light")
	tb.axeFor(name, allRules)
	tb.shot("console-" + strings.ReplaceAll(name, " ", "-"))
	tb.calm("dark")
	tb.axeFor(name+", dark", `{type: "rule", values: ["color-contrast"]}`)
	tb.shot("console-" + strings.ReplaceAll(name, " ", "-") + "-dark")
	tb.calm("light")
	for _, width := range []int64{1024, 320} {
		tb.resize(width, 900)
		tb.shot(fmt.Sprintf("console-%s-%d", strings.ReplaceAll(name, " ", "-"), width))
		const wide = "[document.documentElement, ...find.all('.page, .pane')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.localName + '.' + e.className + ' ' + e.scrollWidth)"
		if found := js[[]string](tb, wide); len(found) > 0 {
			tb.b.t.Errorf("%s: on a screen of %d pixels these are wider: %q", name, width, found)
		}
	}
	tb.resize(1440, 900)
}

// resize gives the page a window of another size, and time to fit into it.
func (tb *tab) resize(width, height int64) {
	tb.b.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		tb.b.t.Fatal(err)
	}
	if _, err := chromedp.Run(tb.ctx, chromedp.Evaluate[bool]("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))", chromedp.EvalAwaitPromise)); err != nil {
		tb.b.t.Fatal(err)
	}
}

// calm chooses the colours, and lets nothing move.
func (tb *tab) calm(scheme string) {
	tb.b.t.Helper()
	tb.still()
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(tb.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		tb.b.t.Fatal(err)
	}
}

// still lets nothing of the page move.
func (tb *tab) still() {
	tb.b.t.Helper()
	js[bool](tb, `(() => {
		const still = new CSSStyleSheet();
		still.replaceSync("* { transition: none !important }");
		document.adoptedStyleSheets = [still];
		return true;
	})()`)
}

// axeFor reports what axe-core finds with some rules. The library is loaded once.
func (tb *tab) axeFor(state, rules string) {
	tb.b.t.Helper()
	if !js[bool](tb, "typeof axe !== 'undefined'") {
		tb.axe(state) // loads it, and knows what to do when it is missing
		if !js[bool](tb, "typeof axe !== 'undefined'") {
			return
		}
	}
	found, err := chromedp.Run(tb.ctx, chromedp.Evaluate[[]string](`new Promise(drawn => setTimeout(() => requestAnimationFrame(drawn), 50)).then(() => axe.run(document, {runOnly: `+rules+`, resultTypes: ["violations"]}))
		.then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")))`, chromedp.EvalAwaitPromise))
	if err != nil {
		tb.b.t.Errorf("%s: %v", state, err)
	}
	for _, v := range found {
		tb.b.t.Errorf("%s: %s", state, v)
	}
}
