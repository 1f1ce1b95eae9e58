package knowledge

import "testing"

func TestASpaceTooManyOrTooFewIsATypingError(t *testing.T) {
	r := newReader(English, nil)
	l, _ := newLexicon(1, func(int) leaf {
		return leaf{texts: []*sketch{r.sketch("where do I replace a passport and my green card"), r.sketch("fingerprints online"), r.sketch("the along"),
			r.sketch("notebook for school"), r.sketch("a note book"), r.sketch("which notebook"), r.sketch("check book"), r.sketch("checkbook"), r.sketch("the check book")}}
	})
	for _, test := range []struct{ typed, meant string }{
		{"lost pass port", "lost passport"}, {"finger prints on line", "fingerprints on line"}, // "on" says little
		{"my greencard", "my green card"}, {"passportcard", "passport card"}, {"myzeppelin", "myzeppelin"},
		{"green card", "green card"},           // both are known
		{"my note book", "my notebook"},        // known too, but written as one more often
		{"my check book", "my check book"},     // and this as two
		{"a long zeppelin", "a long zeppelin"}, // "a" says little
		{"finger 4 prints", "finger 4 prints"}, // not neighbours
		{"пас порт пасс", "пас порт пасс"}, {"pass", "pass"}, {"pass pass port", "pass passport"},
	} {
		got := ""
		for _, w := range r.understood(test.typed, l) {
			if !w.group {
				got += " " + w.plain
			}
		}
		if got != " "+test.meant {
			t.Errorf("%q is read as %q, want %q", test.typed, got, test.meant)
		}
	}
}

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
