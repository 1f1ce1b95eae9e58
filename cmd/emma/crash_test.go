package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// kills is how often the server is killed on one data folder.
const kills = 10

// damage is what emma-load reports, as far as these tests look at it.
type damage struct {
	Connected, Sent, Acked, Answered, Reconnects, Claims int64
	Unacked, Lost, Duplicated, Gaps, Reordered           int
	Check                                                *struct {
		Conversations, Acked, Streams, Resumed int
		StaffLogs                              int `json:"staff_logs"`
		ResumedFaulty                          int `json:"resumed_faulty"`
		Notes                                  []string
	}
}

// A server that is killed under load (SIGKILL, at random instants) has lost, doubled and skipped nothing of what it
// acknowledged when it is back.
//
// What a killed process cannot show is a database that does not sync: what was written is in the system's memory and
// survives the process. A build with -tags faultysync passes here; only a power cut, or a disk that drops what was not
// synced, tells it from a sound one.
func TestNothingAcknowledgedIsLostWhenTheServerIsKilled(t *testing.T) {
	emma, load := built(t, "."), built(t, "../emma-load")
	onBothEngines(t, func(t *testing.T, flags ...string) {
		t.Parallel()
		d := killAgainAndAgain(t, emma, load, kills, "40s", flags...)
		if d.Lost != 0 || d.Duplicated != 0 || d.Gaps != 0 || d.Reordered != 0 {
			t.Errorf("lost %d, duplicated %d, gaps %d, reordered %d: %q", d.Lost, d.Duplicated, d.Gaps, d.Reordered, d.Check.Notes)
		}
		if d.Unacked != 0 || d.Acked == 0 || d.Acked != int64(d.Check.Acked) || d.Check.StaffLogs != d.Check.Conversations {
			t.Errorf("the check did not see everything: %+v, %+v", d, d.Check)
		}
		if d.Reconnects < kills || d.Check.Resumed < kills || d.Check.ResumedFaulty != 0 || d.Claims == 0 {
			t.Errorf("the load was not what it should be: %+v, %+v", d, d.Check)
		}
	})
}

// The control: a build that acknowledges before it commits fails the same test.
func TestAcknowledgingBeforeTheCommitIsFoundOut(t *testing.T) {
	emma, load := built(t, ".", "-tags", "faultyack"), built(t, "../emma-load")
	onBothEngines(t, func(t *testing.T, flags ...string) {
		t.Parallel()
		if d := killAgainAndAgain(t, emma, load, kills/2, "5s", flags...); d.Lost == 0 {
			t.Errorf("nothing was lost: %+v, %+v", d, d.Check)
		}
	})
}

// built builds a command of this module and returns its path.
func built(t *testing.T, folder string, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", append(append([]string{"build", "-o", path}, flags...), folder)...)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", folder, err, out)
	}
	return path
}

// process is a running program of its own.
type process struct {
	*exec.Cmd
	out, errs *output
}

func launch(t *testing.T, path string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(path, args...), out: &output{}, errs: &output{}}
	p.Stdout, p.Stderr = p.out, p.errs
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}

// kill ends the process at once, without a word to it.
func (p *process) kill() {
	if p.ProcessState == nil {
		_ = p.Process.Kill()
		_ = p.Wait()
	}
}

// killAgainAndAgain runs visitors and an agent against one data folder whose server is killed and started again so many
// times, waits at most settle for what is outstanding then, and returns what they found.
func killAgainAndAgain(t *testing.T, emma, load string, times int, settle string, flags ...string) damage {
	address, listener := freeAddress(t)
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	serve := append([]string{"serve", "--addr", address, "--data", t.TempDir(), "--message-rate", "0", "--connections-per-address", "0", "--always-open"}, flags...)
	server := launch(t, emma, serve...)
	waitReady(t, server, address)
	var password []string
	for deadline := time.Now().Add(10 * time.Second); password == nil; time.Sleep(10 * time.Millisecond) {
		password = regexp.MustCompile(`(?m)^  agent\s+(\S+)`).FindStringSubmatch(server.out.String())
		if time.Now().After(deadline) {
			t.Fatalf("no password of the agent in\n%s", server.out)
		}
	}
	client := launch(t, load, "--url", "http://"+address, "-n", "40", "--every", "1s", "--for", "10m", "--settle", settle,
		"--want-person", "0.2", "--exchanges", "5", "--agent", "agent:"+password[1])
	time.Sleep(time.Second)
	for range times {
		time.Sleep(300*time.Millisecond + rand.N(1500*time.Millisecond))
		server.kill()
		server = launch(t, emma, serve...)
		waitReady(t, server, address)
	}
	if err := client.Process.Signal(os.Interrupt); err != nil {
		t.Fatalf("the load ended early: %v\n%s", err, client.errs)
	}
	_ = client.Wait() // its code repeats what the report says
	var d damage
	if err := json.Unmarshal([]byte(client.out.String()), &d); err != nil || d.Check == nil {
		t.Fatalf("emma-load gave no report: %v\n%s%s", err, client.out, client.errs)
	}
	t.Logf("%d sent, %d acknowledged, %d answered, %d reconnects, %d streams resumed", d.Sent, d.Acked, d.Answered, d.Reconnects, d.Check.Resumed)
	return d
}

// waitReady waits until the server serves.
func waitReady(t *testing.T, server *process, address string) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		response, err := http.Get("http://" + address + "/readyz")
		if err != nil {
			continue
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return
		}
	}
	t.Fatalf("the server is not ready:\n%s%s", server.out, strings.TrimSpace(server.errs.String()))
}
