package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"emma/cmd/emma/store"
	"emma/knowledge"
)

// publishKills is how often a publisher is killed; EMMA_TEST_KILLS asks for another number.
const publishKills = 5

// publisherFolder tells the test program to publish in a folder until it is killed, and
// publisherDatabase in which database.
const publisherFolder, publisherDatabase = "EMMA_TEST_PUBLISHER", "EMMA_TEST_PUBLISHER_DATABASE"

// TestPublisher is the process that the next test kills.
func TestPublisher(t *testing.T) {
	dir := os.Getenv(publisherFolder)
	if dir == "" {
		t.Skip("only a helper of TestAKilledPublisherLeavesOneEdition")
	}
	ctx := context.Background()
	s, err := store.Open(ctx, store.Config{Database: os.Getenv(publisherDatabase), Dir: dir, Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	base, err := knowledge.OpenBase(ctx, knowledge.Config{Dir: filepath.Join(dir, "index"), Source: s, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for n := len(live(t, s)["a/en"]); ; n++ {
		answer := strings.Repeat("x", n+1)
		steps := []knowledge.Step{edition(t, s, "a", "en", answer, "Ed"), edition(t, s, "a", "es", answer, "Ed")}
		if _, err := s.MoveArticles(ctx, steps, "Ed", ""); err != nil {
			t.Fatal(err)
		}
		fmt.Println("published", n+1)
		if err := base.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// A publisher that is killed (SIGKILL, at random instants) leaves both languages at one
// edition, the last that it told of or the next, and the index holds it after a restart.
func TestAKilledPublisherLeavesOneEdition(t *testing.T) {
	times := publishKills
	if asked, err := strconv.Atoi(os.Getenv("EMMA_TEST_KILLS")); err == nil {
		times = asked
	}
	onBothEngines(t, func(t *testing.T, d database) {
		dir, ctx := d.config.Dir, context.Background()
		if dir == "" {
			dir = t.TempDir()
		}
		for trial := range times {
			told := publishUntilKilled(t, dir, d.config.Database)
			s, err := store.Open(ctx, d.config)
			if err != nil {
				t.Fatal(err)
			}
			got := live(t, s)
			if n := len(got["a/en"]); got["a/en"] != got["a/es"] || n < told || n > told+1 {
				t.Fatalf("trial %d: %d editions were told of; visitors get %d characters in English and %d in Spanish", trial, told, n, len(got["a/es"]))
			}
			config := knowledge.Config{Dir: filepath.Join(dir, "index"), Source: s, Now: time.Now}
			base, err := knowledge.OpenBase(ctx, config)
			if err != nil {
				t.Fatal(err)
			}
			if found, ok := base.Published("a", "es"); !ok || found.Answer != got["a/es"] {
				t.Errorf("trial %d: the base does not hold what SQL holds", trial)
			}
			if err := base.Settle(ctx); err != nil {
				t.Fatal(err)
			}
			if err := base.Close(); err != nil {
				t.Fatal(err)
			}
			if wrong, err := knowledge.CheckIndex(ctx, config); err != nil || len(wrong) > 0 {
				t.Errorf("trial %d: %v %v", trial, wrong, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// publishUntilKilled lets a process publish for a moment, kills it, and returns the
// last edition that it told of.
func publishUntilKilled(t *testing.T, dir, database string) (told int) {
	t.Helper()
	publisher := exec.Command(os.Args[0], "-test.run", "^TestPublisher$")
	publisher.Env = append(os.Environ(), publisherFolder+"="+dir, publisherDatabase+"="+database)
	out, err := publisher.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := publisher.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if n, err := fmt.Sscanf(lines.Text(), "published %d", &told); n == 1 && err == nil && !killed {
			killed = true
			time.AfterFunc(time.Duration(rand.Int64N(int64(40*time.Millisecond))), func() { _ = publisher.Process.Kill() })
		}
	}
	_ = publisher.Wait() // it was killed
	if !killed {
		t.Fatal("the publisher published nothing")
	}
	return told
}
