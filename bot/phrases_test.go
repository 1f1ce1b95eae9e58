package bot

import "testing"

func TestTheBuiltInPhrasesLoad(t *testing.T) {
	if _, err := DefaultPhrases(); err != nil {
		t.Fatal(err)
	}
}
