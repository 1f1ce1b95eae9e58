package main

import (
	"testing"
)

// TestTheWholeStoryInABrowser is the story of story_test.go in real pages: the
// widget on the demo page, the console and the editor in further tabs.
func TestTheWholeStoryInABrowser(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)

	visitor := b.open(p.origin+"/", 1280, 900)
	visitor.axe("demo page")
	visitor.press("Ask Emma")
	visitor.sees("I am a computer program, not a person")
	visitor.axe("widget, greeting")
	visitor.shot("widget-greeting-desktop")
	visitor.write("textarea", "I moved. How do I change my address?\r")
	visitor.sees("Was this helpful?")
	visitor.axe("widget, answer")
	visitor.shot("widget-answer-desktop")
	visitor.press("Talk to a person")
	visitor.wait("find.button('Leave the line')")
	visitor.axe("widget, waiting")
	visitor.shot("widget-waiting-desktop")

	agent := b.open(p.origin+"/console", 1440, 900)
	agent.wait("find.all('input[type=password]').length")
	agent.axe("sign-in")
	agent.shot("signin")
	agent.write("input:not([type=password])", "agent")
	agent.write("input[type=password]", "wrong\r")
	agent.sees("wrong")
	js[bool](agent, "(find.all('input[type=password]')[0].select(), true)")
	agent.write("input[type=password]", p.password(t, "agent")+"\r")
	agent.sees("Waiting")
	agent.press("Talk to a person")
	agent.press("Take this chat")
	agent.sees("Emma is silent")
	agent.write("form.reply textarea", "Hello, this is the agent. Did the card move with you?")
	agent.press("Send to visitor")
	visitor.sees("You are now talking with a person")
	visitor.sees("Did the card move with you?")
	visitor.axe("widget, agent")
	visitor.shot("widget-agent-desktop")

	visitor.write("textarea", "No, it went to the old address.\r")
	agent.sees("it went to the old address")
	agent.press("Private note")
	agent.write("form.private textarea", "Probably a non-delivery request.")
	agent.press("Save private note")
	agent.sees("only staff see this")
	agent.axe("console, conversation")
	agent.shot("console-desk-1440")

	agent.press("Close")
	agent.wait("find.all('dialog, [role=dialog]').length")
	agent.axe("console, closing")
	agent.shot("console-close")
	js[bool](agent, "(find.all('dialog button[type=submit], [role=dialog] button[type=submit]')[0].click(), true)")
	visitor.sees("This chat has ended")
	visitor.axe("widget, ended")
	visitor.shot("widget-ended-desktop")
	if js[bool](visitor, "find.text().includes('non-delivery')") {
		t.Error("the visitor sees the private note")
	}

	editor := b.open(p.origin+"/editor", 1440, 900) // the console's session is the agent's
	editor.sees("editor")
	editor.shot("editor-as-agent")
}

func TestAnEditorChangesAnArticleInTheBrowser(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	editor := b.open(p.origin+"/editor", 1440, 900)
	editor.write("input:not([type=password])", "admin")
	editor.write("input[type=password]", p.password(t, "admin")+"\r")
	editor.sees("How do I change my address")
	editor.axe("editor, list")
	editor.shot("editor-list-1440")
}

func TestTheWidgetOnAPhoneInSpanishAndInTheDark(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	phone := b.open(p.origin+"/?lang=es", 390, 844)
	phone.dark()
	phone.press("Emma")
	phone.sees("Soy un programa de computadora")
	phone.axe("widget, Spanish, dark, greeting")
	phone.shot("widget-greeting-phone-spanish-dark")
	phone.write("textarea", "me mude, como cambio mi direccion\r")
	phone.sees("AR-11")
	phone.axe("widget, Spanish, dark, answer")
	phone.shot("widget-answer-phone-spanish-dark")
	phone.press("Hablar con una persona")
	phone.wait("find.button('fila')")
	phone.axe("widget, Spanish, dark, waiting")
	phone.shot("widget-waiting-phone-spanish-dark")
}
