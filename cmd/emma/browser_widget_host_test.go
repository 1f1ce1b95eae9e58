package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// A site with a strict policy and a style sheet that resets everything embeds the
// widget: it works, looks as always, and the policy reports nothing.
func TestTheWidgetOnAStrictAndHostileSite(t *testing.T) {
	var p *program
	var mu sync.Mutex
	var reports []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/report":
			body, _ := io.ReadAll(r.Body) // what came is shown
			mu.Lock()
			defer mu.Unlock()
			reports = append(reports, string(body))
		case "/hostile.css":
			w.Header().Set("Content-Type", "text/css")
			_, _ = io.WriteString(w, "* { all: unset; font-size: 40px } html { font-size: 62.5% }")
		case "/favicon.ico":
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", fmt.Sprintf("default-src 'self'; script-src %[1]s; connect-src %[1]s ws://%[2]s; style-src 'self'; "+
				"require-trusted-types-for 'script'; trusted-types 'none'; report-uri /report", p.origin, p.address))
			_, _ = fmt.Fprintf(w, `<!doctype html><html lang="es-MX"><head><title>Site</title><link rel="stylesheet" href="/hostile.css">
				<script src="%[1]s/widget.js" async data-position="left"></script><script src="%[1]s/widget.js" async data-position="left"></script></head>
				<body><main><h1>Site</h1><p>A page of the site.</p></main></body></html>`, p.origin)
		}
	}))
	defer site.Close()
	p = start(t, t.TempDir(), "--allowed-site", site.URL)
	b := openBrowser(t, site.URL)
	b.forgive("a request to " + p.origin)
	b.forgive("a request to ws://" + p.address)

	v := b.open(site.URL+"/", 1280, 900)
	v.wait("find.button('Pregunte a Emma')")
	if n := js[int](v, "document.querySelectorAll('emma-widget').length"); n != 1 {
		t.Errorf("included twice, the widget is there %d times", n)
	}
	loaded := js[[]string](v, "[...new Set(performance.getEntriesByType('resource').map(e => e.name))].filter(n => !n.startsWith(location.origin))")
	if len(loaded) != 1 || loaded[0] != p.origin+"/widget.js" {
		t.Errorf("before it is opened the widget loads %q", loaded)
	}
	v.press("Pregunte a Emma")
	v.sees("Soy un programa de computadora")
	v.write("textarea", "me mude, como cambio mi direccion\r")
	v.wait("find.all('.msg.emma .say').length")
	v.shot("widget-hostile-site")
	for selector, want := range map[string]string{".say": "16px", ".launcher": "", ".words": "16px", ".who": "14px", "textarea": "16px"} {
		if got := js[string](v, "find.all("+quote(selector)+").map(e => getComputedStyle(e).fontSize)[0] || ''"); got != want && want != "" {
			t.Errorf("%s has text of %s, want %s", selector, got, want)
		}
	}
	if left := js[float64](v, "find.all('.panel')[0].getBoundingClientRect().left"); left != 24 {
		t.Errorf("the panel stands %g pixels from the left, want 24", left)
	}
	// The page swaps its body, as single-page applications do.
	js[bool](v, "(document.body.replaceWith(document.createElement('body')), true)")
	v.wait("find.all('.panel').length")
	mu.Lock()
	defer mu.Unlock()
	if len(reports) > 0 {
		t.Errorf("the policy reports:\n%s", strings.Join(reports, "\n"))
	}
}

// The calls of a site, before the script has come and afterwards.
func TestASiteTalksToTheWidget(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, `<!doctype html><html lang="en"><head><title>Site</title><link rel="icon" href="data:,"></head><body><main><h1>Site</h1></main></body></html>`)
	}))
	defer site.Close()
	p := start(t, t.TempDir(), "--identity-secret", identitySecret, "--allowed-site", site.URL)
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	b := openBrowser(t, site.URL)
	b.forgive("a request to " + p.origin)
	v := b.open(site.URL+"/", 1280, 900)
	js[bool](v, `(() => {
		window.seen = [];
		window.Emma = { q: [["on", "ready", () => seen.push("ready")], ["on", "message", m => seen.push(m.author + ": " + m.text)], ["on", "handoff", () => seen.push("handoff")],
			["on", "agentjoined", e => seen.push("joined " + e.agent)], ["on", "ended", () => seen.push("ended")], ["on", "open", () => seen.push("open")], ["on", "close", () => seen.push("close")],
			["setUser", { id: "42", hash: "`+visitorHash("42")+`", name: "Maria" }], ["setAttributes", { plan: "family" }], ["open"], ["send", "How do I change my address?"]] };
		const script = document.createElement("script");
		script.src = "`+p.origin+`/widget.js";
		script.dataset.avatar = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E";
		document.head.append(script);
		return true;
	})()`)
	v.wait("find.all('.msg.emma').length === 1 && find.all('.head img.mark').length && find.all('.who img.mark').length")
	js[bool](v, "(Emma.setLanguage('es'), Emma.close(), Emma.toggle(), true)")
	v.sees("Asistente virtual")
	js[bool](v, "(find.all('button.person-bar')[0].click(), true)")
	conversation := agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Waiting) == 1 }).Waiting[0].Conversation
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": conversation})
	agent.send(map[string]any{"type": "open", "conversation": conversation, "after": 0})
	opened := agent.until(func(f frame) bool { return f.Type == "opened" && f.Visitor != nil })
	if o := opened.Visitor; !o.Verified || o.Name != "Maria" || o.Attributes["plan"] != "family" {
		t.Errorf("the agent sees %+v", o)
	}
	v.sees("Ahora habla con una persona")
	agent.send(map[string]any{"type": "close", "id": newID(), "conversation": conversation, "disposition": "", "tags": []string{}})
	v.wait("seen.includes('ended')")
	for _, want := range []string{"ready", "open", "close", "visitor: How do I change my address?", "handoff", "joined agent", "ended"} {
		if !js[bool](v, "seen.includes("+quote(want)+")") {
			t.Errorf("the site did not hear %q: %q", want, js[[]string](v, "seen"))
		}
	}
	if n := js[int](v, "seen.filter(s => s.startsWith('visitor: How')).length"); n != 1 {
		t.Errorf("the site heard the question %d times", n)
	}
	js[bool](v, "(Emma.hide(), true)")
	v.wait("!find.all('.launcher, .panel').length")
	js[bool](v, "(Emma.show(), Emma.reset(), Emma.open(), true)")
	v.wait("find.all('.hello').length && !find.all('.msg').length")
}
