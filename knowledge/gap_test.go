package knowledge

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// asks makes questions, one a visitor, a minute apart.
func asks(language string, outcome Outcome, texts ...string) []Asked {
	var out []Asked
	for i, text := range texts {
		id := fmt.Sprintf("%s-%s-%d-%.8s", language, outcome, i, text)
		out = append(out, Asked{ID: id, Visitor: id, At: time.Unix(int64(60*i), 0), Language: language, Text: text, Outcome: outcome})
	}
	return out
}

func titles(gaps []Gap) []string {
	var out []string
	for _, g := range gaps {
		out = append(out, fmt.Sprintf("%d %s", g.Visitors, g.Title))
	}
	return out
}

func TestAlikeQuestionsAreOneGap(t *testing.T) {
	asked := asks("en", OutcomeUnanswered,
		"my upload is stuck at 100 percent", "pdf upload stuck", "the upload of my pdf gets stuck", "why is upload stuck at 100",
		"can i bring my dog to the interview", "are dogs allowed at the interview",
		"is there parking at the office")
	asked = append(asked, asks("es", OutcomeUnsure, "la carga del archivo se queda en 100", "no carga mi archivo pdf")...)
	gaps := Gaps(asked)
	var sizes []int
	for _, g := range gaps {
		sizes = append(sizes, g.Visitors)
	}
	if diff := cmp.Diff([]int{4, 2, 2, 1}, sizes); diff != "" {
		t.Fatalf("%s\n%v", diff, titles(gaps))
	}
	if !strings.Contains(gaps[0].Title, "upload") || gaps[0].Language != "en" {
		t.Errorf("the first gap is %q", gaps[0].Title)
	}
	again := Gaps(asked)
	if diff := cmp.Diff(titles(gaps), titles(again)); diff != "" {
		t.Errorf("the same questions gave other gaps: %s", diff)
	}
}

func TestOneVisitorWhoAsksTenTimesCountsOnce(t *testing.T) {
	asked := asks("en", OutcomeUnanswered, "where do i park my zeppelin", "park my zeppelin", "zeppelin parking")
	for i := range asked {
		asked[i].Visitor = "the same"
	}
	if gaps := Gaps(asked); len(gaps) != 1 || gaps[0].Visitors != 1 || len(gaps[0].Open) != 3 {
		t.Errorf("the gaps are %v", titles(gaps))
	}
}

func TestWhatOneVisitorToldAnAgentStaysBetweenThem(t *testing.T) {
	alone := asks("en", OutcomeAgent, "my husband left me and took the card")
	if gaps := Gaps(alone); len(gaps) != 0 {
		t.Errorf("an editor sees %v", titles(gaps))
	}
	many := asks("en", OutcomeAgent, "may I travel with a stamp in my passport", "can i travel with the passport stamp")
	if gaps := Gaps(many); len(gaps) != 1 || gaps[0].Visitors != 2 {
		t.Errorf("what two visitors asked gave %v", titles(gaps))
	}
}

func TestAClosedGapComesBackOnlyWhenItRecurs(t *testing.T) {
	asked := asks("en", OutcomeUnanswered, "where do i park my zeppelin", "zeppelin parking place")
	for i := range asked {
		asked[i].Closing = "c1"
	}
	if gaps := Gaps(asked); len(gaps) != 0 {
		t.Errorf("a closed gap shows as %v", titles(gaps))
	}
	asked = append(asked, Asked{ID: "new", Visitor: "new", At: time.Unix(9000, 0), Language: "en", Text: "park a zeppelin where", Outcome: OutcomeUnanswered})
	gaps := Gaps(asked)
	if len(gaps) != 1 || gaps[0].Visitors != 1 || len(gaps[0].Open) != 1 || !cmp.Equal(gaps[0].Before, []string{"c1"}) {
		t.Errorf("asked again it gave %+v", gaps)
	}
}

func TestAnswersThatDoNotHelpAreAGapOfTheirArticle(t *testing.T) {
	asked := asks("en", OutcomeUnhelpful, "how much is it", "price of the form please")
	for i := range asked {
		asked[i].Article = "fees-amount"
	}
	asked = append(asked, asks("en", OutcomeAnswered, "how much is it")...)
	gaps := Gaps(asked)
	if len(gaps) != 1 || gaps[0].Article != "fees-amount" || gaps[0].Visitors != 2 {
		t.Errorf("the gaps are %+v", gaps)
	}
}

func TestWordingsAreDifferentAndCarryNoNumbers(t *testing.T) {
	g := Gap{Open: asks("en", OutcomeUnanswered, "Upload stuck!", "upload  stuck", "my file IS stuck", "[receipt number] is stuck", "my file is stuck", "my file is stuck?", strings.Repeat("long ", 100))}
	if diff := cmp.Diff([]string{"my file IS stuck", "Upload stuck!"}, g.Wordings(5)); diff != "" {
		t.Error(diff)
	}
	if got := g.Wordings(1); len(got) != 1 {
		t.Errorf("a limit of 1 gave %v", got)
	}
}

func BenchmarkGaps(b *testing.B) {
	articles, err := Starter()
	if err != nil {
		b.Fatal(err)
	}
	var asked []Asked
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 5000 {
		a := articles[random.IntN(len(articles))]
		text := a.Alternates[random.IntN(len(a.Alternates))]
		asked = append(asked, Asked{ID: fmt.Sprint(i), Visitor: fmt.Sprint(i), Language: a.Language, Text: text, Outcome: OutcomeUnanswered, At: time.Unix(int64(i), 0)})
	}
	b.ResetTimer()
	for b.Loop() {
		b.ReportMetric(float64(len(Gaps(asked))), "gaps")
	}
}
