package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const staffPassword = "four random words here"

// hire adds a member of the staff with staffPassword, who may have many chats at once.
func hire(t testing.TB, dir, name, role string, teams ...string) {
	t.Helper()
	args := []string{"staff", "add", name, "--role", role, "--capacity", "200", "--password-stdin", "--data", dir}
	for _, team := range teams {
		args = append(args, "--team", team)
	}
	if code, _, errs := command(t, staffPassword+"\n", args...); code != 0 {
		t.Fatal(errs)
	}
}

// seat opens a page in a profile of its own, with somebody signed in there.
func (b *browser) seat(name, path string, width, height int64) *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	b.t.Cleanup(cancel)
	tb := &tab{b, ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.t.Fatal(err)
	}
	tb.listen()
	if err := chromedp.Do(ctx, chromedp.Navigate(b.origin+"/console")); err != nil {
		b.t.Fatal(err)
	}
	login := `fetch("/api/login", {method: "POST", headers: {"Content-Type": "application/json"}, body: ` +
		quote(`{"name":`+quote(name)+`,"password":`+quote(staffPassword)+`}`) + `}).then(r => r.status)`
	status, err := chromedp.Run(ctx, chromedp.Evaluate[int](login, chromedp.EvalAwaitPromise))
	if err != nil || status != 200 {
		b.t.Fatalf("signing in as %s: %d %v", name, status, err)
	}
	tb.navigate(path)
	return tb
}

func (tb *tab) navigate(path string) {
	tb.b.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.Navigate(tb.b.origin+path)); err != nil {
		tb.b.t.Fatal(err)
	}
}

// goTo changes the view without loading the page again, as a link does.
func (tb *tab) goTo(path string) {
	tb.b.t.Helper()
	js[bool](tb, "(history.pushState(null, '', "+quote(path)+"), dispatchEvent(new PopStateEvent('popstate')), true)")
}

// reach presses the tab key until a control with a name has the focus.
func (tb *tab) reach(name string) {
	tb.b.t.Helper()
	for range 60 {
		tb.keys("\t")
		if js[bool](tb, "document.activeElement !== document.body && find.name(document.activeElement).includes("+quote(name)+")") {
			return
		}
	}
	tb.shot("failed")
	tb.b.t.Fatalf("the tab key does not lead to %q", name)
}

// ctrl presses a key together with the control key.
func (tb *tab) ctrl(key string) {
	tb.b.t.Helper()
	if err := chromedp.Do(tb.ctx, chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl))); err != nil {
		tb.b.t.Fatal(err)
	}
}

// waiting is a visitor who has asked for a person with some words.
func (p *program) waiting(t testing.TB, words string) (*client, frame) {
	t.Helper()
	v, welcome := p.visitor(t, "", 0)
	v.do(map[string]any{"type": "agent"})
	v.do(map[string]any{"type": "say", "text": words})
	return v, welcome
}

// do sends a command and waits for its receipt.
func (c *client) do(f map[string]any) frame {
	c.t.Helper()
	f["id"] = newID()
	c.send(f)
	answer := c.until(func(got frame) bool { return got.ID == f["id"] })
	if answer.Type == "error" {
		c.t.Fatalf("%v is answered with %s: %s", f, answer.Code, answer.Text)
	}
	return answer
}
