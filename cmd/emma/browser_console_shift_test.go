package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// TestAShift is a day at the desk: twelve visitors, three agents of two tiers, each
// with a browser of their own. Dana works by keyboard alone; a mouse is never used in
// her browser.
func TestAShift(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, "--message-rate", "0")
	hire(t, dir, "Dana Reyes", "agent", "general")
	hire(t, dir, "Noor Aziz", "agent", "general")
	hire(t, dir, "Luis Mora", "senior", "general")
	b := openBrowser(t, p.origin)
	visitors := make([]*client, 12)
	ids := make([]string, len(visitors))
	for i := range visitors {
		v, welcome := p.waiting(t, fmt.Sprintf("I need a person, visitor %d", i+1))
		visitors[i], ids[i] = v, welcome.Conversation
	}
	dana, noor, luis := b.seat("Dana Reyes", "/console", 1440, 900), b.seat("Noor Aziz", "/console", 1440, 900), b.seat("Luis Mora", "/console", 1440, 900)
	for _, tb := range []*tab{dana, noor, luis} {
		tb.sees("visitor 12")
	}

	// Dana takes the first, with a saved reply, an article and her own words.
	d := keyboard{dana}
	d.makeReply()
	d.take("visitor 1")
	d.say("/hello\r")
	heard(t, visitors[0], "Hello, I am Dana.")
	visitors[0].ask("My green card was lost. What do I do now?")
	dana.wait("find.all('.known h3').some(e => /green card/i.test(e.innerText))")
	dana.keys("i")
	dana.wait("document.activeElement.id === 'reply' && document.activeElement.value.length > 40")
	article := js[string](dana, "document.activeElement.value.slice(0, 40)")
	dana.ctrl("\r")
	heard(t, visitors[0], article)
	dana.keys(kb.Escape)
	d.note("Told what to do about a lost card.")
	d.close()

	// Closing has led on: she takes the next and hands it to the second tier.
	d.take("visitor 2")
	d.say("One moment, I bring a colleague.")
	heard(t, visitors[1], "One moment")
	d.escalate("Second filing, needs an officer.")
	visitors[1].until(isState("waiting"))
	luis.press("visitor 2")
	luis.sees("Second filing, needs an officer.")
	luis.press("Take this chat")
	luis.wait("find.all('#reply').length")
	luis.write("#reply", "I am Luis, an officer. I have read it.")
	luis.press("Send to visitor")
	heard(t, visitors[1], "I have read it")

	// She gives one back to Emma by the palette.
	d.take("visitor 3")
	dana.keys(kb.Escape)
	dana.ctrl("k")
	dana.wait("document.querySelector('[role=combobox]') === document.activeElement")
	dana.keys("back to emma\r")
	visitors[2].until(isState("bot"))

	// Two want the same one: the slower sees who has it.
	noor.press("visitor 4")
	noor.sees("Take this chat")
	luis.press("visitor 4")
	noor.sees("Luis Mora is looking at this")
	luis.press("Take this chat")
	visitors[3].until(isState("agent"))
	noor.sees("Luis Mora has this chat")
	luis.wait("find.all('#reply').length")
	luis.write("#reply", "Hello, this is Luis.")
	luis.press("Send to visitor")
	heard(t, visitors[3], "this is Luis")

	// The rest is shared by those who have a mouse.
	for i := 4; i < len(visitors); i++ {
		tb := []*tab{noor, luis}[i%2]
		name := fmt.Sprintf("visitor %d", i+1)
		tb.press(name)
		tb.press("Take this chat")
		tb.wait("find.all('#reply').length")
		tb.write("#reply", "Your answer, "+name)
		tb.press("Send to visitor")
		heard(t, visitors[i], "Your answer, "+name)
		tb.press("Close E")
		tb.wait("find.button('Close the chat')")
		js[bool](tb, `(find.all("dialog label").find(l => l.innerText.includes("Answered")).click(), true)`)
		tb.press("Close the chat")
		visitors[i].until(isState("closed"))
	}
	noor.sees("Nobody is waiting")
	dana.sees("You have no chats")
}

// heard waits until a visitor has got an agent's message with some words.
func heard(t *testing.T, v *client, words string) {
	t.Helper()
	fits := func(f frame) bool { return isMessage("agent")(f) && strings.Contains(f.Text, words) }
	if !slices.ContainsFunc(v.heard, fits) {
		v.until(fits)
	}
}

// keyboard is an agent who has no mouse.
type keyboard struct{ *tab }

// take goes down the lists to a chat that waits, and takes it.
func (k keyboard) take(title string) {
	k.b.t.Helper()
	k.keys(kb.Escape)
	for range 40 {
		if js[bool](k.tab, "document.querySelector('#chat-h')?.textContent.endsWith("+quote(title)+") || false") {
			k.wait("find.button('Take this chat')")
			k.keys("a")
			k.wait("document.activeElement.id === 'reply'")
			return
		}
		k.keys("j")
		time.Sleep(100 * time.Millisecond)
	}
	k.shot("failed")
	k.b.t.Fatalf("J does not lead to %q", title)
}

// say writes into the reply, which has the focus, and sends it.
func (k keyboard) say(text string) {
	k.b.t.Helper()
	k.wait("document.activeElement.id === 'reply'")
	if text == "/hello\r" {
		k.keys("/hello")
		k.wait("document.querySelector('[role=listbox] [aria-selected=true]')")
		k.keys("\r")
		k.wait("document.activeElement.value.startsWith('Hello, I am')")
	} else {
		k.keys(text)
	}
	k.ctrl("\r")
	k.wait("document.activeElement.value === ''")
	k.keys(kb.Escape)
}

func (k keyboard) note(text string) {
	k.b.t.Helper()
	k.keys(kb.Escape + "n")
	k.wait("document.activeElement.id === 'note'")
	k.keys(text)
	k.ctrl("\r")
	k.sees(text)
	k.keys(kb.Escape)
}

// close ends the open chat as answered and goes on.
func (k keyboard) close() {
	k.b.t.Helper()
	k.keys("e")
	k.sees("Close this chat")
	k.keys(" ") // the first way it can have ended
	k.reach("Close and go to the next")
	k.keys("\r")
	k.wait("!document.querySelector('dialog')")
}

// escalate hands the open chat to the second tier.
func (k keyboard) escalate(why string) {
	k.b.t.Helper()
	k.keys("t")
	k.sees("Transfer this chat")
	k.wait("document.activeElement.type === 'radio'")
	k.keys("\t")
	k.wait("document.activeElement.tagName === 'TEXTAREA'")
	k.keys(why)
	k.reach("Transfer to Tier 2")
	k.keys("\r")
	k.wait("!document.querySelector('dialog')")
}

// makeReply saves a reply for use again.
func (k keyboard) makeReply() {
	k.b.t.Helper()
	k.ctrl("k")
	k.wait("document.querySelector('[role=combobox]') === document.activeElement")
	k.keys("saved\r")
	k.sees("There are no saved replies yet")
	k.reach("New reply")
	k.keys("\r")
	k.wait("document.activeElement.id === 'rf-short'")
	k.keys("hello\t\t\t")
	k.wait("document.activeElement.id === 'rf-text'")
	k.keys("Hello, I am {agent}. I read what you wrote.")
	k.reach("Save the reply")
	k.keys("\r")
	k.wait("!document.querySelector('dialog')")
	k.sees("/hello")
	k.ctrl("k")
	k.wait("document.querySelector('[role=combobox]') === document.activeElement")
	k.keys("desk: my\r")
	k.sees("My chats")
}
