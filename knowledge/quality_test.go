package knowledge

import (
	"context"
	"slices"
	"testing"
	"time"
)

func TestQualityNamesWhatMayBeMended(t *testing.T) {
	w, _, notebook := workshopOn(t)
	notebook.used = []Use{{Article: "other", Shown: enoughShown}}
	ctx := context.Background()
	long := "Notwithstanding the aforementioned stipulations, applicants requiring supplementary documentation should immediately communicate with the corresponding administrative representatives, considering that circumstances necessitating extraordinary intervention ordinarily require considerable deliberation beforehand."
	articles := fixed{
		{ID: "a", Language: English, Status: StatusPublished, Question: "Where do I park my zeppelin?", Alternates: []string{"zeppelin parking"}, Answer: "# Roof\n\n### Times\n\n![](roof.png) On the roof."},
		{ID: "b", Language: English, Status: StatusPublished, Question: "Where may I park my zeppelin?", Alternates: []string{"Zeppelin parking"}, Answer: long + " " + long},
		{ID: "c", Language: English, Status: StatusPublished, Question: "How do I bake bread?", Answer: "With flour. ![bread](bread.png)"},
	}
	base, err := OpenBase(ctx, Config{Source: articles, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = base.Close() }()
	w.base = base
	found, err := w.examine(ctx)
	if err != nil {
		t.Fatal(err)
	}
	has := func(kind ConcernKind, article string) bool {
		return slices.ContainsFunc(found, func(c Concern) bool { return c.Kind == kind && c.Article == article })
	}
	for kind, article := range map[ConcernKind]string{ConcernTwin: "b", ConcernShared: "b", ConcernAlt: "a", ConcernHeadings: "a", ConcernHard: "b", ConcernUnseen: "c"} {
		if !has(kind, article) {
			t.Errorf("nothing is said of %s in %s: %+v", kind, article, found)
		}
	}
	for _, kind := range []ConcernKind{ConcernAlt, ConcernHard, ConcernTwin} {
		if has(kind, "c") {
			t.Errorf("%s is said of an article that is well: %+v", kind, found)
		}
	}
}

func TestReadingLevels(t *testing.T) {
	easy := "You can go to the office. Take your card with you. Ask the people at the desk for help. They will show you the form. Fill it in and sign it. Then send it by mail to us."
	if level, hard := readingLevel(easy, English); hard || level > 5 {
		t.Errorf("an easy text has grade %.1f", level)
	}
	facil := "Usted puede ir a la oficina. Lleve su tarjeta. Pida ayuda a la gente de la mesa. Le van a dar la hoja. Llene la hoja y ponga su firma. Luego mande la hoja por correo a la casa."
	if level, hard := readingLevel(facil, Spanish); hard {
		t.Errorf("an easy Spanish text has %.1f points", level)
	}
}
