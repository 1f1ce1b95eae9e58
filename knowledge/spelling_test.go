package knowledge

import "testing"

func TestAMistypedWordIsReadAsTheOneThatWasMeant(t *testing.T) {
	r := newReader(English, nil)
	l, _ := newLexicon(1, func(int) leaf {
		return leaf{texts: []*sketch{r.sketch("how do I replace my passport card"), r.sketch("replace a passport"), r.sketch("replica farm"), r.sketch("a form"), r.sketch("the form")}}
	})
	for _, test := range []struct{ typed, meant string }{
		{"passporrt", "passport"}, {"pasport", "passport"}, {"pazsport", "passport"}, {"psasport", "passport"},
		{"eplace", "replace"}, {"replacee", "replace"}, {"replicas", ""}, // which has the stem of a known word
		{"passport", ""}, {"crad", "card"},
		{"fxrm", "form"},                   // more wordings use it than "farm"
		{"cad", ""},                        // too short
		{"pasprot9", ""},                   // no word
		{"zeppelin", ""},                   // nothing is near
		{"psasporrt", ""},                  // two errors
		{"pppppppppppppppppppassport", ""}, // too long
		{"paßportt", ""}, {"пасспорт", ""}, {"\x00\xff", ""},
	} {
		words := r.understood(test.typed, l)
		got := ""
		if len(words) > 0 && words[0].plain != fold(test.typed) {
			got = words[0].plain
		}
		if got != test.meant {
			t.Errorf("%q is read as %q, want %q", test.typed, got, test.meant)
		}
	}
}
