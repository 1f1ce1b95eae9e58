package main

import (
	"testing"
	"time"
)

// TestAnEmptyChairIsSetAway leaves a console alone until the desk sets its agent away,
// who comes back with a key and stays while they touch the page.
func TestAnEmptyChairIsSetAway(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir, "--message-rate", "0", "--agent-idle", "2s")
	hire(t, dir, "Dana Reyes", "agent")
	_, mine := p.waiting(t, "Lamentablemente, el departamento de naturalizaciones internacionales desconsideradamente no respondió")
	b := openBrowser(t, p.origin)
	tb := b.seat("Dana Reyes", "/console/c/"+mine.Conversation, 1440, 900)
	tb.sees("Take this chat")
	js[bool](tb, "(document.activeElement.blur(), true)")
	tb.keys("a")
	tb.sees("nobody touched this page")
	tb.sees("You keep your chat.")
	tb.bothThemes("set away")
	// The pictures were taken without a hand on the page: Dana is away still.
	tb.wait("document.querySelector('.status-select').value === 'away'")
	js[bool](tb, "(document.activeElement.blur(), true)") // in the field it would be a letter
	tb.keys("b")
	tb.wait("document.querySelector('.status-select').value === 'available' && !document.querySelector('.strip')")
	for begun := time.Now(); time.Since(begun) < 4*time.Second; time.Sleep(300 * time.Millisecond) {
		tb.keys("\t")
	}
	tb.wait("document.querySelector('.status-select').value === 'available'")
	tb.sees("nobody touched this page")
	tb.press("Stay away")
	tb.wait("document.querySelector('.status-select').value === 'away' && !document.querySelector('.strip')")
}
