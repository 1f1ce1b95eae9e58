package main

import (
	"regexp"
	"testing"

	"emma/knowledge"
)

func TestEveryBlankOfTheStarterBaseHasASetting(t *testing.T) {
	articles, err := knowledge.Starter()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	blank := regexp.MustCompile(`\{([a-z_]+)\}`)
	for _, a := range articles {
		for _, m := range blank.FindAllStringSubmatch(a.Question+" "+a.Answer, -1) {
			used[m[1]] = true
			if contactSettings()[m[1]] == "" {
				t.Errorf("%s uses %s, which is no setting", a.Key(), m[0])
			}
		}
	}
	for name := range contactSettings() {
		if !used[name] {
			t.Errorf("the setting %s is used by no article", name)
		}
	}
}
