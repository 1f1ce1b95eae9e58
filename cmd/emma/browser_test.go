package main

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium without a window, with one profile.
type browser struct {
	t   testing.TB
	ctx context.Context

	mu sync.Mutex
	// complaints are errors on a page's console, uncaught exceptions and requests to
	// another origin. Every test demands that there are none.
	complaints []string
	origin     string
	// forgiven are parts of complaints that a test brings about itself.
	forgiven []string
}

// tab is one page in a browser.
type tab struct {
	b   *browser
	ctx context.Context
}

// openBrowser starts Chromium, or skips the test when there is none.
func openBrowser(t testing.TB, origin string) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		const reason = "no Chromium on this machine"
		if os.Getenv("EMMA_TEST_ALL") != "" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	allocated, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocated)
	ctx, cancelTime := context.WithTimeout(ctx, 4*time.Minute)
	b := &browser{t: t, ctx: ctx, origin: origin}
	t.Cleanup(func() {
		cancelTime()
		cancel()
		cancelAllocator()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, c := range b.complaints {
			t.Errorf("a page complains: %s", c)
		}
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return b
}

// open opens a page in a new tab of a given size.
func (b *browser) open(url string, width, height int64) *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	tb := &tab{b, ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.t.Fatal(err)
	}
	tb.listen()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		b.t.Fatalf("opening %s: %v", url, err)
	}
	return tb
}

func (b *browser) complain(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if slices.ContainsFunc(b.forgiven, func(part string) bool { return strings.Contains(what, part) }) {
		return
	}
	b.complaints = append(b.complaints, what)
}

// forgive lets a test bring about a complaint itself.
func (b *browser) forgive(part string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forgiven = append(b.forgiven, part)
}

// listen collects what the page complains of.
func (tb *tab) listen() {
	tb.b.t.Helper()
	if _, err := chromedp.Call(tb.ctx, log.Enable, cdp.Empty{}); err != nil {
		tb.b.t.Fatal(err)
	}
	if _, err := chromedp.Call(tb.ctx, network.Enable, network.EnableParams{}); err != nil {
		tb.b.t.Fatal(err)
	}
	go func() {
		for e, err := range chromedp.Events(tb.ctx, log.EntryAdded) {
			if err != nil {
				return
			}
			// A wrong password is answered with 401, which Chromium logs by itself.
			if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "status of 401") {
				tb.b.complain(e.Entry.Text)
			}
		}
	}()
	go func() {
		for e, err := range chromedp.Events(tb.ctx, runtime.ExceptionThrown) {
			if err != nil {
				return
			}
			what := e.ExceptionDetails.Text
			if thrown := e.ExceptionDetails.Exception; thrown != nil {
				what += " " + thrown.Description
			}
			tb.b.complain(what)
		}
	}()
	go func() {
		for e, err := range chromedp.Events(tb.ctx, network.RequestWillBeSent) {
			if err != nil {
				return
			}
			if url := e.Request.URL; !strings.HasPrefix(url, tb.b.origin) && !strings.HasPrefix(url, "data:") {
				tb.b.complain("a request to " + url)
			}
		}
	}()
}

// finder is JavaScript that looks through shadow roots, as a person does.
const finder = `(() => {
	const all = (root, out = []) => {
		for (const e of root.querySelectorAll("*")) { out.push(e); if (e.shadowRoot) all(e.shadowRoot, out); }
		return out;
	};
	const visible = e => e.getClientRects().length > 0 && !e.closest("[hidden], [inert]");
	const name = e => (e.getAttribute("aria-label") || e.innerText || e.value || "").replace(/\s+/g, " ").trim();
	return {
		all: selector => all(document).filter(e => e.matches(selector) && visible(e)),
		button: text => all(document).find(e => e.matches("button, a, [role=button], summary") && visible(e) && name(e).includes(text)),
		focused: () => { let e = document.activeElement; while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement; return e; },
		name,
		text: () => all(document).filter(e => e.shadowRoot).map(e => [...e.shadowRoot.children].map(c => c.innerText || "").join(" ")).join(" ") + " " + (document.body || {}).innerText,
	};
})()`

// js evaluates an expression in which find is the finder.
func js[T any](tb *tab, expression string) T {
	tb.b.t.Helper()
	value, err := chromedp.Run(tb.ctx, chromedp.Evaluate[T]("(find => "+expression+")("+finder+")"))
	if err != nil {
		tb.b.t.Fatalf("evaluating %s: %v", expression, err)
	}
	return value
}

// wait polls until an expression is true.
func (tb *tab) wait(expression string) {
	tb.b.t.Helper()
	for deadline := time.Now().Add(patience); !js[bool](tb, "!!("+expression+")"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			tb.shot("failed")
			tb.b.t.Fatalf("waited in vain for %s; the page says:\n%s", expression, js[string](tb, "find.text()"))
		}
	}
}

// sees waits for a text on the page.
func (tb *tab) sees(text string) {
	tb.b.t.Helper()
	tb.wait("find.text().replace(/\\s+/g, ' ').includes(" + quote(text) + ")")
}

// press waits for a button or link with a text and presses it.
func (tb *tab) press(text string) {
	tb.b.t.Helper()
	tb.wait("find.button(" + quote(text) + ")")
	js[bool](tb, "(find.button("+quote(text)+").click(), true)")
}

// write puts the focus into a field and types, as a keyboard does.
func (tb *tab) write(selector, text string) {
	tb.b.t.Helper()
	tb.wait("find.all(" + quote(selector) + ").length")
	js[bool](tb, "(find.all("+quote(selector)+")[0].focus(), true)")
	tb.keys(text)
}

// keys types. Enter is one event, as from a keyboard: a page that takes it gets no
// line break besides.
func (tb *tab) keys(text string) {
	tb.b.t.Helper()
	for part := range strings.SplitAfterSeq(text, "\r") {
		words, enter := strings.CutSuffix(part, "\r")
		if words != "" {
			if err := chromedp.Do(tb.ctx, chromedp.KeyEvent(words)); err != nil {
				tb.b.t.Fatal(err)
			}
		}
		if !enter {
			continue
		}
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
			key := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
			if kind == input.DispatchKeyEventTypeKeyDown {
				key.Text = "\r"
			}
			if _, err := chromedp.Call(tb.ctx, input.DispatchKeyEvent, key); err != nil {
				tb.b.t.Fatal(err)
			}
		}
	}
}

// tabTo presses the tab key until what has the focus bears a name.
func (tb *tab) tabTo(name string) {
	tb.b.t.Helper()
	for range 60 {
		if js[bool](tb, "find.name(find.focused()).includes("+quote(name)+")") {
			return
		}
		tb.keys("\t")
	}
	tb.shot("failed")
	tb.b.t.Fatalf("the tab key does not lead to %q", name)
}

// look is a size of the window with what the reader prefers, as media features.
type look struct {
	name          string
	width, height int64
	media         map[string]string
}

// appear lets the page have a look.
func (tb *tab) appear(l look) {
	tb.b.t.Helper()
	// Without motion, so that nothing is looked at halfway.
	features := []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}
	for _, name := range slices.Sorted(maps.Keys(l.media)) {
		features = append(features, &emulation.MediaFeature{Name: name, Value: l.media[name]})
	}
	if _, err := chromedp.Call(tb.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		tb.b.t.Fatal(err)
	}
	if err := chromedp.Do(tb.ctx, chromedp.EmulateViewport(l.width, l.height)); err != nil {
		tb.b.t.Fatal(err)
	}
}

// shot takes a picture into web/screenshots, which git ignores.
func (tb *tab) shot(name string) {
	tb.b.t.Helper()
	picture, err := chromedp.Run(tb.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		tb.b.t.Error(err)
		return
	}
	dir := filepath.Join("..", "..", "web", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		tb.b.t.Error(err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		tb.b.t.Error(err)
	}
}

// axe runs axe-core on the page and reports every violation.
func (tb *tab) axe(state string) {
	tb.b.t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "web", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		if os.Getenv("EMMA_TEST_ALL") != "" {
			tb.b.t.Fatal(err)
		}
		tb.b.t.Logf("%s: accessibility not checked, axe-core is not installed: run npm ci in web", state)
		return
	}
	if js[bool](tb, "!window.axe") { // not yet on this page
		if err := chromedp.Do(tb.ctx, chromedp.Evaluate[chromedp.Void](string(source)+"; undefined")); err != nil {
			tb.b.t.Fatal(err)
		}
	}
	const rules = `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")))`
	found, err := chromedp.Run(tb.ctx, chromedp.Evaluate[[]string](rules, chromedp.EvalAwaitPromise))
	if err != nil {
		tb.b.t.Errorf("%s: %v", state, err)
	}
	for _, v := range found {
		tb.b.t.Errorf("%s: %s", state, v)
	}
}

func quote(text string) string {
	b, _ := json.Marshal(text) // a string always encodes
	return string(b)
}
