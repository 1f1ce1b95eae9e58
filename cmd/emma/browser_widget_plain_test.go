package main

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The chat as a page of forms: accessible in its states, and there when scripts are
// switched off; where they run, the widget fills the page.
func TestTheChatPageWithAndWithoutTheWidget(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	v := b.open(p.origin+"/chat?plain=1", 390, 844)
	v.sees("Hello. I am Emma.")
	v.axe("chat page, greeting")
	v.shot("chat-greeting-phone")
	v.press("How do I change my address")
	v.sees("Was this helpful?")
	v.axe("chat page, answer")
	v.shot("chat-answer-phone")
	v.press("Talk to a person")
	v.sees("You are next in line")
	v.appear(look{width: 390, height: 844, media: map[string]string{"prefers-color-scheme": "dark"}})
	v.axe("chat page, line")
	v.shot("chat-queue-phone-dark")
	v.press("End chat")
	v.sees("This chat has ended")
	v.axe("chat page, ended")
	v.shot("chat-ended-phone-dark")

	full := b.open(p.origin+"/chat?language=es", 1280, 900)
	full.wait("find.all('.root.alone .panel').length")
	full.sees("Soy un programa de computadora")
	full.axe("chat page with the widget")
	full.shot("chat-widget-desktop-spanish")

	off := b.open("about:blank", 1280, 900)
	if _, err := chromedp.Call(off.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(off.ctx, chromedp.Navigate(p.origin+"/chat")); err != nil {
		t.Fatal(err)
	}
	off.shot("chat-without-scripts-desktop")
}
