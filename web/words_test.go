package web

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheWidgetsLanguagesAreComplete(t *testing.T) {
	names, english, err := ownWords()
	if err != nil {
		t.Fatal(err)
	}
	var spanish []string
	if err := json.Unmarshal([]byte(readFile(t, "src/widget/words/es.json")), &spanish); err != nil || len(spanish) != len(names) {
		t.Fatalf("%d Spanish texts for %d names: %v", len(spanish), len(names), err)
	}
	for i, name := range names {
		if strings.TrimSpace(english[i]) == "" || strings.TrimSpace(spanish[i]) == "" {
			t.Errorf("%s is empty", name)
		}
		for _, gap := range gaps(english[i]) {
			if !strings.Contains(spanish[i], gap) {
				t.Errorf("%s has %s in English only", name, gap)
			}
		}
	}
}

func TestWordsOfASiteAreChecked(t *testing.T) {
	for _, c := range []struct {
		words Words
		want  string // part of the error, or empty for none
	}{
		{Words{}, ""},
		{Words{"en": {"helloTitle": "Welcome. I am {name}."}}, ""},
		{Words{"en": {"greeting": "Hi"}}, `no text of the name "greeting"`},
		{Words{"es": {"talk": "Hablar con {agent}"}}, "cannot hold {agent}"},
		{Words{"fr": {"launcher": "Demander"}}, "fr: these texts are missing: news"},
		{Words{"French": whole(t)}, "not a language such as fr"},
		{Words{"fr": whole(t)}, ""},
	} {
		err := c.words.Validate()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// whole is a language of its own: the English one.
func whole(t *testing.T) map[string]string {
	t.Helper()
	names, english, err := ownWords()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for i, name := range names {
		words[name] = english[i]
	}
	return words
}

func TestWordsOfASiteStayASCII(t *testing.T) {
	script, err := Words{"en": {"helloTitle": "\u00a1Hola! \U0001f44b </script>"}}.dress([]byte("run()"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(script), `(()=>{const emmaWords={"en":{"9":"\u{a1}Hola! \u{1f44b} \u003c/script\u003e"}};`+"\nrun()})()\n"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
