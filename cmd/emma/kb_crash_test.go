package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// importKills is how often an import is killed; EMMA_TEST_KILLS asks for another number.
const importKills = 5

// An import that is killed (SIGKILL, at random instants) left the base as it was, or
// whole as the file says, never a mixture.
func TestAKilledImportIsWholeOrNothing(t *testing.T) {
	emma := built(t, ".")
	times := importKills
	if asked, err := strconv.Atoi(os.Getenv("EMMA_TEST_KILLS")); err == nil {
		times = asked
	}
	onBothEngines(t, func(t *testing.T, flags ...string) {
		t.Parallel()
		dir := t.TempDir()
		b := base{t, append(flags, "--data", filepath.Join(dir, "data"))}
		const articles = 250
		files := map[string]string{}
		for _, edition := range []string{"old", "new"} {
			var lines strings.Builder
			for i := range articles {
				fmt.Fprintf(&lines, `{"id":"trial-%d","question":"What about %d?","answer":"It is %s."}`+"\n", i, i, edition)
			}
			files[edition] = write(t, filepath.Join(dir, edition+".jsonl"), lines.String())
		}
		begun := time.Now()
		b.must("import", files["old"])
		whole := time.Since(begun)
		present, changed := "old", 0
		for range times {
			next := map[string]string{"old": "new", "new": "old"}[present]
			p := launch(t, emma, append([]string{"kb", "import", files[next]}, b.flags...)...)
			time.Sleep(time.Duration(rand.Int64N(int64(whole))))
			p.kill()
			b.must("export", filepath.Join(dir, "out.jsonl"))
			count := map[string]int{}
			for line := range strings.Lines(read(t, filepath.Join(dir, "out.jsonl"))) {
				var a struct{ ID, Answer string }
				if err := json.Unmarshal([]byte(line), &a); err != nil {
					t.Fatal(err)
				}
				if strings.HasPrefix(a.ID, "trial-") {
					count[strings.TrimSuffix(strings.TrimPrefix(a.Answer, "It is "), ".")]++
				}
			}
			if len(count) != 1 || count["old"]+count["new"] != articles {
				t.Fatalf("after a kill the base holds %v", count)
			}
			if count[next] > 0 {
				present = next
				changed++
			}
		}
		if code, out, errs := command(t, "", append([]string{"verify"}, b.flags...)...); code != 0 {
			t.Errorf("verify gave %d %s%s", code, out, errs)
		}
		t.Logf("%d of %d killed imports were done", changed, times)
	})
}
