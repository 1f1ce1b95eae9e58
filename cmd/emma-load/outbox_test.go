package main

import (
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestOneCommandIsUnderWayAndKeepsItsID(t *testing.T) {
	var o outbox
	a, _ := o.put(command{Type: "say", Text: "a"}, time.Now())
	b, _ := o.put(command{Type: "say", Text: "b"}, time.Now())
	if a.ID == b.ID || uuid.Validate(a.ID) != nil {
		t.Fatalf("ids %q and %q", a.ID, b.ID)
	}
	if l, first := o.take(); l != a || !first {
		t.Fatal("the first command is not taken first")
	}
	if l, _ := o.take(); l != nil {
		t.Fatal("two commands are under way")
	}
	if o.head(b.ID) != nil || o.head(a.ID) != a {
		t.Fatal("the command under way is another")
	}
	id := a.ID
	o.again()
	if o.head(id) != nil {
		t.Fatal("a command is under way after the socket broke")
	}
	if l, first := o.take(); l != a || first || l.ID != id {
		t.Fatal("sent again, it is another command")
	}
	o.done()
	if l, first := o.take(); l != b || !first {
		t.Fatal("the next command does not follow")
	}
}

func TestAFullOutboxRefuses(t *testing.T) {
	var o outbox
	for range 64 {
		if _, ok := o.put(command{}, time.Now()); !ok {
			t.Fatal("refused early")
		}
	}
	if _, ok := o.put(command{}, time.Now()); ok {
		t.Error("a 65th command was taken")
	}
}

func TestReconnectingFollowsTheProtocol(t *testing.T) {
	for code, want := range map[int]bool{0: false, 1000: true, 1001: false, 1008: true, 1011: false, 1013: false, 4001: false, 4002: false, 4501: true, 4999: true} {
		if lasting(code) != want {
			t.Errorf("code %d is lasting: %v", code, !want)
		}
	}
	for try, bound := range map[int]time.Duration{0: 2 * time.Second, 7: 2 * time.Second, 8: 30 * time.Second, 1000: 30 * time.Second} {
		longest := time.Duration(0)
		for range 300 {
			longest = max(longest, jitter(try))
		}
		if longest >= bound || longest < bound/2 {
			t.Errorf("the longest of 300 pauses before try %d is %v, bound %v", try, longest, bound)
		}
	}
}

func TestAnOutageLastsUntilAllAreBack(t *testing.T) {
	ta := newTally()
	for range 3 {
		ta.rise()
	}
	ta.expect(3)
	ta.fall()
	ta.fall()
	ta.rise()
	if ta.outage() == nil {
		t.Fatal("the outage ended before all were back")
	}
	ta.rise()
	ta.fall()
	var r report
	r.take(ta, time.Now())
	if len(r.Breaks) != 2 || r.Breaks[0].Connections != 2 || r.Breaks[1].Connections != 1 || r.Breaks[1].BackSeconds != 0 || ta.outage() == nil {
		t.Errorf("breaks %+v", r.Breaks)
	}
	ta.expect(0)
	ta.rise()
	ta.fall()
	if len(ta.breaks) != 2 {
		t.Error("an orderly end counts as an outage")
	}
}

func TestUsageIsReadFromTheSystemsText(t *testing.T) {
	stat := "42 (a ) b) S 1 42 42 0 -1 4194560 100 0 0 0 250 75 0 0 20 0 9 0 100"
	u, err := parseUsage("Name:\ta\nVmRSS:\t  2048 kB\nThreads:\t9\n", stat)
	if err != nil || u.rss != 2<<20 || u.cpu != 3.25 {
		t.Errorf("usage %+v, %v", u, err)
	}
	for _, bad := range [][2]string{{"", stat}, {"VmRSS: 1 kB", "42 (a) S 1"}, {"VmRSS: 1 kB", "42 (a) S 1 2 3 4 5 6 7 8 9 10 x y"}} {
		if _, err := parseUsage(bad[0], bad[1]); err == nil {
			t.Errorf("%q gave no error", bad)
		}
	}
	if _, err := os.Stat("/proc/self/stat"); err == nil {
		if u, err := processUsage(os.Getpid()); err != nil || u.rss < 1<<20 {
			t.Errorf("this process: %+v, %v", u, err)
		}
	}
}

func TestEveryQuestionIsOrdinary(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range questions() {
		if seen[q] || len(q) > 200 || q == "" {
			t.Errorf("question %q", q)
		}
		seen[q] = true
	}
}
