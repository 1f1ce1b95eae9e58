package bot

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// elsewhere is one line of testdata/elsewhere.jsonl: an everyday message to another
// organisation (a bank, a shop, a hospital), in which nobody is in danger, asks for a
// person or tells of an own case. Whole domains are held back, since Emma's next
// organisation is one that nothing was fitted on.
type elsewhere struct {
	Text     string `json:"text"`
	Domain   string `json:"domain"`
	Language string `json:"language"`
	Half     string `json:"half"` // fit or held
}

func readElsewhere(t testing.TB) []elsewhere {
	t.Helper()
	f, err := os.Open("testdata/elsewhere.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []elsewhere
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l elsewhere
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("line %d: %v", len(out)+1, err)
		}
		out = append(out, l)
	}
	return out
}

// TestNoFalseAlarmsInOtherDomains decides the messages of the domains held back.
func TestNoFalseAlarmsInOtherDomains(t *testing.T) {
	b, _ := starterBot(t)
	counts, n := map[string]int{}, 0
	for _, l := range readElsewhere(t) {
		if l.Half != "held" {
			continue
		}
		n++
		d := decide(t, b, l.Text)
		got := kindOf(d)
		counts[got]++
		if got == kindSafety || got == kindPerson || got == kindCase {
			t.Logf("%s, %s: %s %v", got, l.Domain, l.Text, d.Signals)
		}
	}
	t.Logf("%d messages: %v", n, counts)
	for kind, most := range map[string]float64{kindSafety: 0.01, kindPerson: 0.01, kindCase: 0.06} {
		if got := share(counts[kind], n); got > most {
			t.Errorf("%s: %.3f of the messages, want at most %.3f", kind, got, most)
		}
	}
}
