package main

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// looks are the ways in which every state of the widget is checked and pictured.
var looks = []look{
	{name: "desktop", width: 1280, height: 900},
	{name: "phone-dark", width: 390, height: 844, media: map[string]string{"prefers-color-scheme": "dark"}},
	{name: "320x256", width: 320, height: 256},
	{name: "forced-colours", width: 1280, height: 900, media: map[string]string{"forced-colors": "active"}},
}

// TestTheWidgetIsAccessibleInEveryState drives one visitor through all states of the
// widget. Each is checked by axe and pictured on a desktop, at 320 × 256, in the dark,
// in forced colours and in Spanish.
func TestTheWidgetIsAccessibleInEveryState(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	agent := p.staff(t, p.signIn(t, "agent", p.password(t, "agent")))
	agent.staysAlive()
	back := lostForAMinute(t, p, b)
	v := b.open(p.origin+"/", 1280, 900)

	v.wait("find.button('Ask Emma')")
	v.inEveryLook("closed")
	v.press("Ask Emma")
	v.sees("People often ask")
	v.inEveryLook("greeting")
	v.spanish("greeting")
	v.speak("es")
	js[bool](v, "(Emma.close(), true)")
	v.axe("widget, closed, Spanish")
	js[bool](v, "(Emma.open(), true)")
	v.speak("en")

	v.write("textarea", "renew my green")
	v.wait("find.all('.offers button').length")
	v.inEveryLook("typing")
	v.speak("es")
	v.overwrite("renovar mi tarjeta")
	v.wait("find.all('.offers button').length")
	v.axe("widget, typing, Spanish")
	v.speak("en")
	v.overwrite("menu\r")
	v.wait("find.all('.once button').length > 1")
	v.inEveryLook("choices")
	v.spanish("choices")
	v.press("How do I change my address")
	v.sees("Was this helpful?")
	v.inEveryLook("answer")
	v.spanish("answer")
	v.press("No")
	v.sees("It is hard to understand")
	v.inEveryLook("reasons")
	v.press("It is hard to understand")
	v.sees("Thank you. This helps us.")

	v.write("textarea", "My number is IOE0912345678\r")
	v.sees("This looks like a receipt number")
	v.inEveryLook("number-warning")
	v.spanish("number-warning")
	js[bool](v, "(find.all('textarea')[0].select(), true)")
	v.keys("\b")

	js[bool](v, "(find.all('button.person-bar')[0].click(), true)")
	v.sees("You are next in line")
	v.inEveryLook("queue")
	v.spanish("queue")
	v.press("Leave a message")
	v.inEveryLook("message-form")
	v.press("Back to Emma")
	conversation := agent.until(func(f frame) bool { return f.Type == "desk" && len(f.Waiting) == 1 }).Waiting[0].Conversation
	agent.send(map[string]any{"type": "claim", "id": newID(), "conversation": conversation})
	agent.send(map[string]any{"type": "say", "id": newID(), "conversation": conversation, "text": "Hello. I read your question. Did you move after you sent your form?"})
	v.sees("Did you move after")
	v.write("textarea", "Yes, in September. I told the post office.\r")
	agent.send(map[string]any{"type": "typing", "conversation": conversation})
	v.inEveryLook("agent")
	v.spanish("agent")

	v.press("End chat")
	v.sees("This chat has ended")
	v.inEveryLook("ended")
	v.spanish("ended")
	v.speak("es")
	js[bool](v, "(find.all('.stars input')[3].click(), find.all('.ended form button')[0].click(), true)")
	v.sees("Gracias")
	v.inEveryLook("rated") // in Spanish; in English it would be asked again
	v.speak("en")

	js[bool](v, "(find.all('.ended .primary')[0].click(), true)")
	v.sees("People often ask")
	v.press("More options")
	v.press("Sound for new messages")
	v.press("More options")
	v.inEveryLook("menu")
	v.keys(kb.Escape)
	back()
	p.stop()
	v.write("textarea", "Is anybody there?\r")
	v.sees("No connection.")
	v.inEveryLook("error")
	v.spanish("error")
}

// inEveryLook checks and pictures a state.
func (tb *tab) inEveryLook(state string) {
	tb.b.t.Helper()
	for _, l := range looks {
		tb.appear(l)
		tb.axe("widget, " + state + ", " + l.name)
		tb.shot("widget-" + state + "-" + l.name)
	}
	tb.appear(looks[0])
}

// overwrite writes into the composer in the place of what stands there.
func (tb *tab) overwrite(text string) {
	tb.b.t.Helper()
	js[bool](tb, "(find.all('textarea')[0].select(), true)")
	tb.write("textarea", text)
}

// spanish switches the language, checks and switches back.
func (tb *tab) spanish(state string) {
	tb.b.t.Helper()
	tb.speak("es")
	time.Sleep(100 * time.Millisecond) // the log is drawn anew
	tb.axe("widget, " + state + ", Spanish")
	tb.appear(look{width: 390, height: 844})
	tb.shot("widget-" + state + "-phone-spanish")
	tb.appear(looks[0])
	tb.speak("en")
}

// speak switches the widget's language with its button, which leads from one to the next.
func (tb *tab) speak(language string) {
	tb.b.t.Helper()
	for range 3 {
		js[bool](tb, "(find.all('.panel:not([lang="+language+"]) .head button[lang]').forEach(b => b.click()), true)")
	}
	tb.wait("find.all('.panel[lang=" + language + "]').length")
}
