package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The index library keeps its workers for the life of the process.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreTopFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"))
}

// loaded runs emma-load with these flags against the server and returns its report and exit code.
func loaded(t *testing.T, s *fakeServer, flags ...string) (report, int) {
	t.Helper()
	var out, complaints bytes.Buffer
	args := append([]string{"--url", s.http.URL, "--every", "100ms", "--for", "1s", "-n", "10", "--settle", "2s"}, flags...)
	code := execute(t.Context(), args, &out, &complaints, nil)
	var rep report
	if code == 2 {
		t.Fatalf("the run was not made: %s", complaints.String())
	}
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatalf("standard output is not one JSON object: %v\n%s", err, out.String())
	}
	return rep, code
}

// cutting breaks all connections a few times while the test runs.
func cutting(t *testing.T, s *fakeServer) {
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 3 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(250 * time.Millisecond):
				s.cut()
			}
		}
	}()
	t.Cleanup(func() { stop(); <-done })
}

func TestEverythingThatWasAcknowledgedIsFoundAgain(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	rep, code := loaded(t, s)
	if code != 0 || !rep.Check.clean() {
		t.Fatalf("code %d, check %+v", code, rep.Check)
	}
	if rep.Connected != 10 || rep.Sent < 90 || rep.Acked != rep.Sent || rep.Answered != rep.Sent || rep.Unacked != 0 {
		t.Errorf("the counts do not fit the schedule of 100 turns: %+v", rep)
	}
	if int64(rep.Check.Acked) != rep.Acked || rep.Check.Conversations != 10 || rep.Check.Streams != 10 || rep.Check.Events != int(2*rep.Acked) {
		t.Errorf("the check has not looked at all: %+v", rep.Check)
	}
	for _, kind := range []string{"ack", "answer", "connect", "lateness"} {
		if rep.Millis[kind].N == 0 {
			t.Errorf("no %s was measured", kind)
		}
	}
}

func TestVisitorsComeBackAndSendAgain(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	cutting(t, s)
	rep, code := loaded(t, s)
	if code != 0 || rep.Acked != rep.Sent || rep.Unacked != 0 {
		t.Fatalf("code %d, %d of %d acknowledged, check %+v", code, rep.Acked, rep.Sent, rep.Check)
	}
	if rep.Reconnects == 0 || len(rep.Breaks) == 0 || rep.BackSeconds <= 0 || rep.Check.Resumed == 0 || rep.Check.ResumedFaulty != 0 {
		t.Errorf("the breaks do not show: %+v, check %+v", rep, rep.Check)
	}
	if rep.Errors["broken"] == 0 {
		t.Errorf("errors %v do not count the broken connections", rep.Errors)
	}
}

func TestAgentsClaimAnswerAndClose(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	// Longer than an agent whose connection breaks may stay away.
	rep, code := loaded(t, s, "--for", "3s", "--want-person", "0.4", "--exchanges", "2", "--agent", "dana:secret", "--agent", "luis:secret")
	if code != 0 || rep.Check.StaffLogs != rep.Check.Conversations {
		t.Fatalf("code %d, check %+v", code, rep.Check)
	}
	if rep.Claims < 4 || rep.Closed == 0 || rep.Handoffs < 4 || rep.Check.Conversations <= 10 {
		t.Errorf("agents did not work: %+v", rep)
	}
	for _, kind := range []string{"claim", "agent", "reply"} {
		if rep.Millis[kind].N == 0 {
			t.Errorf("no %s was measured", kind)
		}
	}
}

func TestAgentsComeBackAndSendAgain(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	cutting(t, s)
	// Longer than an agent whose connection breaks may stay away.
	rep, code := loaded(t, s, "--for", "3s", "--want-person", "0.4", "--exchanges", "2", "--agent", "dana:secret", "--agent", "luis:secret")
	if code != 0 || rep.Unacked != 0 || rep.Claims == 0 {
		t.Fatalf("code %d, report %+v, check %+v", code, rep, rep.Check)
	}
}

func TestBusyIsSentAgainWithTheSameID(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	s.busy = 10
	rep, code := loaded(t, s, "--settle", "20s")
	if code != 0 || rep.Errors["busy"] != 10 || rep.Acked != rep.Sent {
		t.Errorf("code %d, errors %v, %d of %d acknowledged", code, rep.Errors, rep.Acked, rep.Sent)
	}
}

// The controls: each fault of the server is found, as what it is.
func TestEachFaultOfTheServerIsFound(t *testing.T) {
	agents := []string{"--agent", "dana:secret"}
	for _, c := range []struct {
		fault fault
		flags []string
		cuts  bool
		count func(r report) int
	}{
		{loses, nil, false, func(r report) int { return r.Lost }},
		{ackEarly, nil, false, func(r report) int { return r.Lost }},
		{neverStored, nil, false, func(r report) int { return r.Check.Altered + r.Lost }},
		{doubles, nil, false, func(r report) int { return r.Duplicated }},
		{invents, nil, false, func(r report) int { return r.Duplicated }},
		{forgetsIDs, nil, false, func(r report) int { return r.Duplicated }},
		{skipsOnResume, nil, false, func(r report) int { return min(r.Gaps, r.Check.ResumedFaulty) }},
		{misnumbers, nil, false, func(r report) int { return r.Reordered }},
		{alters, nil, false, func(r report) int { return r.Check.Altered }},
		{swaps, nil, false, func(r report) int { return r.Reordered }},
		{skipsNumber, agents, false, func(r report) int { return r.Gaps }},
		{repeats, nil, true, func(r report) int { return r.Check.ResumedFaulty }},
	} {
		t.Run(string(c.fault), func(t *testing.T) {
			t.Parallel()
			s := newFake(t, c.fault)
			if c.cuts {
				cutting(t, s)
			}
			rep, code := loaded(t, s, c.flags...)
			if code != 1 || c.count(rep) == 0 {
				t.Errorf("code %d, check %+v", code, rep.Check)
			}
		})
	}
}

func TestFirstFramesInTheRequestsSegmentAreCounted(t *testing.T) {
	t.Parallel()
	for fault, want := range map[fault]int{honest: 40, deaf: 0} {
		rep, code := loaded(t, newFake(t, fault), "--first-frame", "40", "--patience", "500ms")
		if rep.FirstFrames != 40 || rep.FirstFramesOK != want || (code == 0) != (fault == honest) {
			t.Errorf("%q: code %d, %d of %d welcome, want %d", fault, code, rep.FirstFramesOK, rep.FirstFrames, want)
		}
	}
}

func TestIdleVisitorsSayNothing(t *testing.T) {
	t.Parallel()
	rep, code := loaded(t, newFake(t, honest), "--idle", "--for", "50ms")
	if code != 0 || rep.Connected != 10 || rep.Sent != 0 || rep.Check.Conversations != 10 {
		t.Errorf("code %d, %+v", code, rep)
	}
}

func TestFloorsGiveRatios(t *testing.T) {
	rep, _ := loaded(t, newFake(t, honest), "--floors", "--data", t.TempDir(), "--search-us", "100")
	if rep.Floors.Fdatasync.N == 0 || rep.Floors.Echo.N == 0 || rep.Floors.Drift < 1 {
		t.Fatalf("floors %+v", rep.Floors)
	}
	floor := rep.Floors.Fdatasync.P50 + rep.Floors.Echo.P50 + 0.1
	if got, want := rep.Ratios["answer_p50"], rep.Millis["answer"].P50/floor; got < want-.01 || got > want+.01 {
		t.Errorf("ratio %v, want %v", got, want)
	}
}

func TestTheJournalOfARunCanBeCheckedLater(t *testing.T) {
	t.Parallel()
	for _, fault := range []fault{honest, loses} {
		s := newFake(t, fault)
		journal := filepath.Join(t.TempDir(), "journal")
		rep, _ := loaded(t, s, "--journal", journal, "--no-check")
		if rep.Check != nil {
			t.Errorf("--no-check has checked")
		}
		var out bytes.Buffer
		code := execute(t.Context(), []string{"check", "--journal", journal, "--url", s.http.URL}, &out, io.Discard, nil)
		var found findings
		if err := json.Unmarshal(out.Bytes(), &found); err != nil {
			t.Fatal(err)
		}
		if found.clean() != (fault == honest) || (code == 0) != (fault == honest) || int64(found.Acked) != rep.Acked {
			t.Errorf("%q: code %d, %+v", fault, code, found)
		}
		s.mu.Lock()
		s.epoch = "e2"
		s.mu.Unlock()
		if code := execute(t.Context(), []string{"check", "--journal", journal, "--url", s.http.URL}, io.Discard, io.Discard, nil); code != 1 {
			t.Errorf("another database passed the check with code %d", code)
		}
	}
}

func TestWhatCannotBeRunIsSaidWithCodeTwo(t *testing.T) {
	s := newFake(t, honest)
	for want, args := range map[string][]string{
		"no server answers":   {"--url", "http://127.0.0.1:1"},
		"not an http":         {"--url", "localhost:8080"},
		"must be above 0":     {"--url", s.http.URL, "-n", "0"},
		"NAME:PASSWORD":       {"--url", s.http.URL, "--agent", "dana"},
		"dana cannot sign in": {"--url", s.http.URL, "--agent", "dana:wrong", "--for", "50ms", "-n", "1"},
		"and needs":           {"--url", s.http.URL, "-n", "100000000"},
		"unknown flag":        {"--nonsense"},
	} {
		var out, complaints bytes.Buffer
		code := execute(t.Context(), args, &out, &complaints, nil)
		if code != 2 || out.Len() > 0 || !strings.Contains(complaints.String(), want) {
			t.Errorf("%q: code %d, said %q", args, code, complaints.String())
		}
	}
}

func TestAnInterruptedRunSettlesAndIsChecked(t *testing.T) {
	t.Parallel()
	s := newFake(t, honest)
	ctx, interrupt := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, interrupt)
	var out bytes.Buffer
	code := execute(ctx, []string{"--url", s.http.URL, "-n", "5", "--every", "50ms", "--for", "1h"}, &out, io.Discard, nil)
	var rep report
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatal(err)
	}
	if code != 0 || rep.Acked == 0 || rep.Acked != rep.Sent || rep.Check == nil || int64(rep.Check.Acked) != rep.Acked {
		t.Errorf("code %d, report %+v", code, rep)
	}
}
