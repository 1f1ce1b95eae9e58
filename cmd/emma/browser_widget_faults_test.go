package main

import (
	"io"
	"net"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// gate is the network between a browser and the server: it can be cut.
type gate struct {
	listener net.Listener
	mu       sync.Mutex
	target   string // host:port, or empty while the network is cut
	through  map[net.Conn]bool
}

func openGate(t *testing.T, target string) *gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{listener: listener, target: target, through: map[net.Conn]bool{}}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { g.pass(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		g.lead("")
		serving.Wait()
	})
	return g
}

func (g *gate) origin() string { return "http://" + g.listener.Addr().String() }

// lead lets new connections through to a target and cuts those that are there.
func (g *gate) lead(target string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.target = target
	for conn := range g.through {
		_ = conn.Close()
	}
}

func (g *gate) pass(conn net.Conn) {
	defer conn.Close()
	g.mu.Lock()
	target := g.target
	g.mu.Unlock()
	if target == "" {
		return
	}
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	g.mu.Lock()
	if g.target != target {
		g.mu.Unlock()
		return
	}
	g.through[conn], g.through[server] = true, true
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.through, conn)
		delete(g.through, server)
	}()
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(server, conn); _ = server.Close(); _ = conn.Close() })
	_, _ = io.Copy(conn, server)
	_ = conn.Close()
	_ = server.Close()
	both.Wait()
}

// said are the visitor's own messages as a tab shows them, in order.
func (tb *tab) said() []string {
	tb.b.t.Helper()
	return js[[]string](tb, "find.all('.msg.visitor .words').map(e => e.lastChild.textContent)")
}

func (tb *tab) hasSaid(want ...string) {
	tb.b.t.Helper()
	if got := tb.said(); !slices.Equal(got, want) {
		tb.b.t.Errorf("the tab shows %q, want %q", got, want)
	}
}

func TestTheWidgetLosesNothingWhenTheServerIsKilledWhileSomebodyTypes(t *testing.T) {
	emma, dir := built(t, "."), t.TempDir()
	serve := func() (*process, string) {
		p := launch(t, emma, "serve", "--addr", "127.0.0.1:0", "--data", dir, "--always-open")
		address := regexp.MustCompile(`Demo page\s+http://([^/\s]+)/`)
		for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
			if m := address.FindStringSubmatch(p.out.String()); m != nil {
				return p, m[1]
			}
		}
		t.Fatalf("emma did not start:\n%s%s", p.out, p.errs)
		return nil, ""
	}
	p, address := serve()
	g := openGate(t, address)
	b := openBrowser(t, g.origin())
	b.forgive("net::ERR_")
	b.forgive("WebSocket connection to")

	v := b.open(g.origin()+"/", 390, 844)
	v.press("Ask Emma")
	v.press("How do I change my address")
	v.wait("find.all('.msg.emma').length === 1")
	v.write("textarea", "How do I renew my gr")
	p.kill()
	g.lead("")
	v.keys("een card?")
	v.sees("No connection.")
	v.shot("widget-offline-phone")
	v.keys("\r")
	v.sees("Not sent yet. Kept on this device.")
	v.shot("widget-kept-phone")
	_, address = serve()
	g.lead(address)
	v.press("Try now")
	v.wait("find.all('.msg.emma').length === 2")
	first := v.said()[0]
	v.hasSaid(first, "How do I renew my green card?")

	again := b.open(g.origin()+"/", 1280, 900) // another tab, with nothing but what is stored
	again.press("Ask Emma")
	again.wait("find.all('.msg.emma').length === 2")
	again.hasSaid(first, "How do I renew my green card?")
}

// lostForAMinute takes the network from a visitor who has just asked something and goes
// on writing; back gives it again when a minute has passed since.
func lostForAMinute(t *testing.T, p *program, b *browser) (back func()) {
	t.Helper()
	g := openGate(t, p.address)
	b.forgive("net::ERR_")
	b.forgive("WebSocket connection to")
	b.forgive("a request to " + g.origin())
	b.forgive("a request to ws" + strings.TrimPrefix(g.origin(), "http"))
	tb := b.open(g.origin()+"/", 390, 844)
	tb.press("Ask Emma")
	tb.write("textarea", "How do I change my address?\r")
	tb.wait("find.all('.msg.emma').length === 1")
	lost := time.Now()
	g.lead("")
	tb.write("textarea", "Is there a fee?\r")
	tb.sees("No connection.")
	tb.keys("And who must do it?\r")
	tb.wait("find.all('.failed').length === 2")
	return func() {
		t.Helper()
		time.Sleep(time.Until(lost.Add(time.Minute)))
		tb.sees("Kept on this device")
		g.lead(p.address)
		tb.press("Try now")
		tb.wait("!find.all('.failed').length && find.all('.msg.emma').length === 3")
		tb.hasSaid("How do I change my address?", "Is there a fee?", "And who must do it?")
	}
}

func TestTabsShareOneConversationAlsoAfterAnOutage(t *testing.T) {
	p := start(t, t.TempDir())
	g := openGate(t, p.address)
	b := openBrowser(t, g.origin())
	b.forgive("net::ERR_")
	b.forgive("WebSocket connection to")
	left, right := b.open(g.origin()+"/", 1280, 900), b.open(g.origin()+"/", 1280, 900)
	left.press("Ask Emma")
	left.write("textarea", "How do I change my address?\r")
	left.wait("find.all('.msg.emma').length === 1")
	right.press("Ask Emma")
	right.wait("find.all('.msg.emma').length === 1")
	right.write("textarea", "And who must do it?\r")
	left.wait("find.all('.msg.emma').length === 2")

	g.lead("")
	left.sees("No connection.")
	left.write("textarea", "From the left tab\r")
	right.sees("No connection.")
	right.write("textarea", "From the right tab\r")
	right.sees("Kept on this device")
	time.Sleep(5 * time.Second) // several tries fail
	g.lead(p.address)
	for _, tb := range []*tab{left, right} {
		tb.wait("find.all('.msg.visitor').length === 4 && !find.all('.failed').length")
		tb.wait("find.all('.msg.emma').length >= 4")
	}
	if l, r := left.said(), right.said(); !slices.Equal(l, r) {
		t.Errorf("the left tab shows %q, the right one %q", l, r)
	}

	// A shared computer warns before it forgets, and one who is still there may stay.
	left.press("More options")
	left.press("Shared computer")
	touched := func(ago string) {
		js[bool](left, "(localStorage.setItem('emma:' + location.origin + ':touched', Date.now() - "+ago+"), true)")
	}
	touched("165000")
	left.sees("will soon be cleared")
	left.axe("widget, shared computer")
	left.press("I am still here")
	left.wait("!find.text().includes('will soon be cleared')")
	touched("181000")
	// Which tab sees first that the time is over is chance: both close.
	for _, tb := range []*tab{left, right} {
		tb.wait("!find.all('.msg').length && find.button('Ask Emma')")
	}
	if kept := js[string](left, "Object.keys(localStorage).filter((k) => /:(token|seen|resume|earlier|outbox)$/.test(k)).join(' ')"); kept != "" {
		t.Errorf("the browser still holds %q", kept)
	}
	left.press("Ask Emma")
	left.sees("People often ask")
	left.hasSaid()
}
