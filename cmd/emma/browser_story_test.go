package main

import "testing"

// TestTheWholeStoryInABrowser is the story of story_test.go in real pages: the widget on
// the demo page in one tab, the console in a second. The pictures of the README are taken
// here.
func TestTheWholeStoryInABrowser(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	if code, _, errs := command(t, "four random words here\n", "staff", "add", "Dana R.", "--role", "agent", "--password-stdin", "--data", dir); code != 0 {
		t.Fatal(errs)
	}
	b := openBrowser(t, p.origin)

	visitor := b.open(p.origin+"/", 1280, 860)
	visitor.press("Ask Emma")
	visitor.sees("I am a computer program, not a person")
	visitor.write("textarea", "How do I change my address?\r")
	visitor.sees("Was this helpful?")
	visitor.shot("widget-answer-desktop")
	visitor.press("Talk to a person")
	visitor.sees("You are next in line")

	agent := b.open(p.origin+"/console", 1440, 900)
	agent.wait("find.all('input[type=password]').length")
	agent.axe("sign-in")
	agent.write("input:not([type=password])", "Dana R.")
	agent.write("input[type=password]", "wrong\r")
	agent.sees("wrong")
	js[bool](agent, "(find.all('input[type=password]')[0].select(), true)")
	agent.write("input[type=password]", "four random words here\r")
	agent.press("Talk to a person")
	agent.press("Take this chat")
	agent.wait("find.all('form.reply textarea').length")
	agent.write("form.reply textarea", "Hello, this is Dana. Did your card move with you?")
	agent.press("Send to visitor")
	visitor.sees("You are now talking with a person")
	visitor.sees("Did your card move with you?")

	visitor.write("textarea", "No, it went to the old address.\r")
	agent.sees("it went to the old address")
	visitor.shot("widget-agent-desktop")
	js[bool](agent, "(find.all('form.reply input[value=note]')[0].click(), true)")
	agent.write("form.private textarea", "Probably a non-delivery request.")
	agent.press("Save private note")
	agent.sees("only staff see this")
	agent.shot("console-desk-1440")

	agent.press("Close")
	agent.wait("find.all('dialog button[type=submit]').length")
	js[bool](agent, "(find.all('dialog button[type=submit]')[0].click(), true)")
	visitor.sees("This chat has ended")
	if js[bool](visitor, "find.text().includes('non-delivery')") {
		t.Error("the visitor sees the private note")
	}

	editor := b.open(p.origin+"/editor", 1440, 900) // the console's session is the agent's
	editor.sees("editor")
}
