package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"emma/cmd/emma/store/postgrestest"
)

// program is a running Emma of a test, in this process.
type program struct {
	address string // host:port
	origin  string
	output  *output
	stop    func() int // ends it gracefully and returns the exit code
}

// output collects what a command prints while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// start runs `emma serve` on a free port and waits until it is ready. Flags may be
// added; the data folder is dir.
func start(t testing.TB, dir string, flags ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	p := &program{output: &output{}}
	ended, code := make(chan struct{}), 0
	args := append([]string{"serve", "--addr", "127.0.0.1:0", "--data", dir, "--always-open"}, flags...)
	go func() {
		defer close(ended)
		code = run(ctx, args, terminal{out: p.output, err: p.output, in: strings.NewReader("")})
	}()
	p.stop = func() int {
		cancel()
		<-ended
		return code
	}
	t.Cleanup(func() { p.stop() })
	found := regexp.MustCompile(`Demo page\s+http://([^/\s]+)/`)
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if m := found.FindStringSubmatch(p.output.String()); m != nil {
			p.address, p.origin = m[1], "http://"+m[1]
			break
		}
		select {
		case <-ended:
			t.Fatalf("emma ended with code %d:\n%s", code, p.output)
		default:
		}
		if time.Now().After(deadline) {
			t.Fatalf("emma did not start:\n%s", p.output)
		}
	}
	response, err := http.Get(p.origin + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("readyz says %s", response.Status)
	}
	return p
}

// password returns what the first start printed for an account.
func (p *program) password(t testing.TB, name string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^  ` + name + `\s+(\S+)`).FindStringSubmatch(p.output.String())
	if m == nil {
		t.Fatalf("no password of %s in\n%s", name, p.output)
	}
	return m[1]
}

// postgres is the PostgreSQL server of these tests.
var postgres = sync.OnceValue(postgrestest.Start)

// onBothEngines runs a test with the flags for SQLite and for PostgreSQL.
func onBothEngines(t *testing.T, test func(t *testing.T, flags ...string)) {
	t.Run("sqlite", func(t *testing.T) { test(t) })
	t.Run("postgres", func(t *testing.T) { test(t, "--database", postgres().Database(t)) })
}

func TestMain(m *testing.M) {
	code := m.Run()
	postgres().Stop()
	os.Exit(code)
}

// command runs one command to its end.
func command(t testing.TB, input string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(context.Background(), args, terminal{out: &o, err: &e, in: strings.NewReader(input)})
	return code, o.String(), e.String()
}

func freeAddress(t testing.TB) (address string, taken net.Listener) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String(), l
}
