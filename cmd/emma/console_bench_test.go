package main

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// BenchmarkConsole measures the console with 500 visitors in the line and 40 own
// chats: the time until the lists stand, how long a new waiting chat takes from its receipt to
// the screen, and how long a key takes to appear while chats come in.
func BenchmarkConsole(b *testing.B) {
	dir := b.TempDir()
	p := start(b, dir, "--message-rate", "0", "--connections-per-address", "0")
	if code, _, errs := command(b, staffPassword+"\n", "staff", "add", "Dana Reyes", "--role", "agent", "--team", "general", "--capacity", "50", "--password-stdin", "--data", dir); code != 0 {
		b.Fatal(errs)
	}
	var ids []string
	for i := range 540 {
		_, welcome := p.waiting(b, fmt.Sprintf("A question of visitor %d about a card that did not come", i+1))
		ids = append(ids, welcome.Conversation)
	}
	chrome := openBrowser(b, p.origin)
	tb := chrome.seat("Dana Reyes", "/console/c/"+ids[0], 1440, 900)
	// Her page keeps her here while she takes 40 on another socket.
	desk := p.staff(b, p.signIn(b, "Dana Reyes", staffPassword))
	for _, id := range ids[:40] {
		desk.do(map[string]any{"type": "claim", "conversation": id})
	}
	open := ids[0]
	tb.sees("My chats 40 of 50")

	var paints []float64
	for range 5 {
		tb.navigate("/console/c/" + open)
		tb.wait("find.all('.chats a').length >= 40")
		// By the page's own clock, from the start of the navigation; at most one poll late.
		paints = append(paints, js[float64](tb, "performance.now()"))
	}

	js[bool](tb, `(() => {
		const pane = document.querySelector(".lists");
		pane.scrollTop = pane.scrollHeight;
		window.seenAt = {};
		new MutationObserver(() => {
			for (const row of document.querySelectorAll("[data-conversation]")) seenAt[row.dataset.conversation] ??= Date.now();
			pane.scrollTop = pane.scrollHeight;
		}).observe(pane, {childList: true, subtree: true, characterData: true});
		return true;
	})()`)
	var waits []time.Duration
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		v, welcome := p.visitor(b, "", 0)
		v.do(map[string]any{"type": "agent"})
		stored := time.Now()
		tb.wait("window.seenAt[" + quote(welcome.Conversation) + "]")
		seen := time.UnixMilli(js[int64](tb, "window.seenAt["+quote(welcome.Conversation)+"]"))
		waits = append(waits, max(0, seen.Sub(stored)))
	}
	slices.Sort(waits)
	b.ReportMetric(slices.Max(paints), "ms-to-lists-worst")
	b.ReportMetric(float64(waits[len(waits)/2])/1e6, "ms-to-screen-p50")
	b.ReportMetric(float64(waits[min(len(waits)-1, len(waits)*99/100)])/1e6, "ms-to-screen-p99")

	// Typing while the line moves: from the key to the next frame.
	tb.wait("find.all('#reply').length")
	js[bool](tb, `(() => {
		window.keyTimes = [];
		const field = document.querySelector("#reply");
		field.focus();
		field.addEventListener("keydown", () => { const at = performance.now(); requestAnimationFrame(() => keyTimes.push(performance.now() - at)); });
		return true;
	})()`)
	for i := range 40 {
		if i%4 == 0 {
			p.waiting(b, "One more")
		}
		tb.keys("a")
	}
	tb.wait("window.keyTimes.length >= 40")
	b.ReportMetric(js[float64](tb, "keyTimes.sort((a, b) => a - b)[Math.floor(keyTimes.length * 0.99)]"), "ms-key-p99")
}
