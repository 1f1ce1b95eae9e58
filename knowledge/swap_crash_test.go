package knowledge

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var kills = flag.Int("kills", 5, "how often the process that swaps the index is killed")

const swapDir = "EMMA_TEST_SWAP_DIR" // tells the test binary to be the process that is killed

// twoBases are two versions of a base, in which each article has the texts that another
// one has in the other version: an index of one taken for that of the other is wrong
// about everything.
func twoBases() (versions [2][]Article, questions []string) {
	first, questions, _ := madeUp(60, 4)
	second := slices.Clone(first)
	for i := range second {
		other := first[(i+7)%len(first)]
		second[i].Question, second[i].Alternates, second[i].Answer = other.Question, other.Alternates, other.Answer
		second[i].Change = 2
	}
	return [2][]Article{first, second}, questions[:200]
}

// turning is a source that publishes the other version each time it is turned.
type turning struct {
	versions [2][]Article
	change   atomic.Int64
}

func (t *turning) Published(_ context.Context, after int64) ([]Article, int64, error) {
	change := t.change.Load()
	if after == change {
		return nil, change, nil
	}
	return t.versions[change%2], change, nil
}

// TestSwapUntilKilled is the process that is killed: it publishes one version after the
// other, builds the index and the weights of each, and swaps them.
func TestSwapUntilKilled(t *testing.T) {
	dir := os.Getenv(swapDir)
	if dir == "" {
		t.Skip("runs as the child of another test")
	}
	versions, _ := twoBases()
	source := &turning{versions: versions}
	source.change.Store(2)
	b, err := OpenBase(context.Background(), Config{Dir: dir, Source: source, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for {
		if err := b.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdout.WriteString("settled\n")
		source.change.Add(1)
		if err := b.Refresh(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAKillDuringTheSwapCostsAtMostOneRebuild kills -9 a process that swaps the index
// again and again, at random points, and opens what it leaves behind.
// go test ./knowledge -run Kill -kills 300
func TestAKillDuringTheSwapCostsAtMostOneRebuild(t *testing.T) {
	versions, questions := twoBases()
	var want [2][][]string
	for v := range versions {
		want[v], _ = settled(t, t.TempDir(), fixed(versions[v]), questions)
	}
	if n := differences(want[0], want[1]); n < len(questions)/2 {
		t.Fatalf("the two versions answer alike but for %d of %d questions", n, len(questions))
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(9, 9))
	whole, stale := 0, 0
	for round := range *kills {
		killSwapping(t, dir, time.Duration(random.IntN(400))*time.Millisecond)
		version := round % 2
		b, reported := open(t, dir, fixed(versions[version]))
		if s := b.state.Load(); s.settled() {
			whole++
		} else if s.index != nil {
			stale++
		}
		if n := wrongAnswers(t, b, questions, want[version]); n > 0 {
			t.Errorf("round %d: before it was mended, %d questions got a wrong answer", round, n)
		}
		if err := b.Settle(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want[version], topThree(t, b, questions)); diff != "" {
			t.Errorf("round %d: it answers otherwise; it reported %q\n%s", round, *reported, diff)
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		again, _ := open(t, dir, fixed(versions[version]))
		if !again.state.Load().settled() {
			t.Errorf("round %d: after one rebuild there is still work to do", round)
		}
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("of %d starts %d found everything in place, %d an index of other articles", *kills, whole, stale)
}

// killSwapping lets the child swap once, and kills it some time later.
func killSwapping(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestSwapUntilKilled$")
	child.Env = append(os.Environ(), swapDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "settled" {
	}
	time.Sleep(after)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
}

// wrongAnswers counts the questions that Emma would answer with another article than
// she finds when everything is in order. What she is not sure of she does not answer.
func wrongAnswers(t *testing.T, b *Base, questions []string, want [][]string) (n int) {
	t.Helper()
	for i, q := range questions {
		r, err := b.Search(context.Background(), Query{Text: q, Language: English, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) > 0 && r.Hits[0].Confidence >= r.Answer && (len(want[i]) == 0 || r.Hits[0].Article.ID != want[i][0]) {
			n++
		}
	}
	return n
}

// TestAnIndexOfOtherArticlesWouldBeSeen is the control of the tests above: an index
// whose manifest lies about what it was built from does change answers.
func TestAnIndexOfOtherArticlesWouldBeSeen(t *testing.T) {
	versions, questions := twoBases()
	dirs := [2]string{t.TempDir(), t.TempDir()}
	var want [2][][]string
	for v := range versions {
		want[v], _ = settled(t, dirs[v], fixed(versions[v]), questions)
	}
	var manifests [2]manifest
	for v, dir := range dirs {
		content, err := readSealed(filepath.Join(dir, "manifest"))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(content, &manifests[v]); err != nil {
			t.Fatal(err)
		}
	}
	manifests[0].Articles = manifests[1].Articles // the lie
	lie, err := json.Marshal(manifests[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := writeSealed(filepath.Join(dirs[0], "manifest"), lie); err != nil {
		t.Fatal(err)
	}
	got, _ := settled(t, dirs[0], fixed(versions[1]), questions)
	changed := 0
	for i := range got {
		if !slices.Equal(got[i], want[1][i]) {
			changed++
		}
	}
	if changed == 0 {
		t.Error("an index of other articles changes nothing: these tests would not see a wrong index")
	}
	t.Logf("the first three of %d of %d questions are others", changed, len(questions))
}
