package knowledge

import (
	"context"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
)

var fitStarter = flag.Bool("fit-starter", false, "fit starterfit.json on the starter base and write it")

// TestTheStarterIsFitted checks that the verdicts that come with the starter base are
// those of its present articles, and that its own wordings bear out what is promised of
// the answers; with -fit-starter it writes them:
// go test ./knowledge -run TestTheStarterIsFitted -fit-starter
func TestTheStarterIsFitted(t *testing.T) {
	articles, err := Starter()
	if err != nil {
		t.Fatal(err)
	}
	for i := range articles {
		articles[i].Status = StatusPublished
	}
	s, _ := (&shelf{editions: map[string]*edition{}}).with(articles, 1, strings.NewReplacer(), newPage())
	if *fitStarter {
		fits := map[string]starterFitted{}
		for language, e := range s.editions {
			leaves := e.leaves()
			r, err := rehearse(context.Background(), leaves, true)
			if err != nil {
				t.Fatal(err)
			}
			fits[language] = starterFitted{Articles: e.written(), Verdicts: conclude(r, DefaultTarget)}
		}
		content, err := json.Marshal(fits)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("starterfit.json", append(content, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		starterFit = content
	}
	for language, e := range s.editions {
		v, rehearsed := starterVerdicts(e, DefaultTarget)
		if !rehearsed {
			t.Errorf("the starter base in %s changed: fit its verdicts again, as this test says", language)
		} else if p := v.Classified.Promise; p.Bound < DefaultTarget {
			t.Errorf("the starter base in %s promises %.3f of its answers to be right, want %.2f: %+v", language, p.Bound, DefaultTarget, p)
		}
	}
}
