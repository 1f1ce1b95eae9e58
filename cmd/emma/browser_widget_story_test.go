package main

import "testing"

// TestTheWidgetByKeyboardAlone is a visitor's whole story without a mouse: ask,
// choose, ask for a person, talk with the agent, rate, start anew.
func TestTheWidgetByKeyboardAlone(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))

	v := b.open(p.origin+"/", 1280, 900)
	v.wait("find.button('Ask Emma')")
	v.tabTo("Ask Emma")
	v.keys("\r")
	v.wait("find.focused().matches('textarea')")
	v.keys("How do I change my address?\r")
	v.sees("computer Emma says")
	v.tabTo("Talk to a person")
	v.keys("\r")
	v.sees("You are next in line")
	conversation := agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Waiting) == 1 }).Waiting[0].Conversation
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": conversation})
	v.sees("You are now talking with a person")
	agent.send(map[string]any{"type": "say", "id": newID(), "conversation": conversation, "text": "Hello, how can I help?"})
	v.sees("Hello, how can I help?")
	v.tabTo("Your message")
	v.keys("My card never came.\r")
	agent.until(func(f frame) bool { return f.Type == "message" && f.Text == "My card never came." })
	v.tabTo("End chat")
	v.keys("\r")
	v.sees("This chat has ended")
}
