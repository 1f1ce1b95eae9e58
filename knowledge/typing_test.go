package knowledge

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
)

// mistype gives a fifth of the words of four letters and more one typing error each: a
// letter too many, one too few, a wrong one, or two that changed places.
func mistype(text string, random *rand.Rand) string {
	words := strings.Fields(text)
	for i, w := range words {
		letters := []rune(w)
		if len(letters) < 4 || random.IntN(5) > 0 {
			continue
		}
		at := random.IntN(len(letters) - 1)
		other := rune('a' + random.IntN(26))
		switch random.IntN(4) {
		case 0:
			letters = append(letters[:at+1], append([]rune{other}, letters[at+1:]...)...)
		case 1:
			letters = append(letters[:at], letters[at+1:]...)
		case 2:
			letters[at] = other
		case 3:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		}
		words[i] = string(letters)
	}
	return strings.Join(words, " ")
}

// misspace leaves out a fifth of the spaces between words of three letters and more, and
// writes a fifth of the words of six letters and more as two.
func misspace(text string, random *rand.Rand) string {
	words := strings.Fields(text)
	var out strings.Builder
	for i, w := range words {
		if i > 0 && (len(w) < 3 || len(words[i-1]) < 3 || random.IntN(5) > 0) {
			out.WriteByte(' ')
		}
		if len(w) >= 6 && random.IntN(5) == 0 {
			at := 2 + random.IntN(len(w)-4)
			w = w[:at] + " " + w[at:]
		}
		out.WriteString(w)
	}
	return out.String()
}

// ways is how often each question is mistyped, each time otherwise: where errors fall is
// chance, and on one draw of 566 questions that alone makes a point.
const ways = 3

// TestTypingErrorsCostLittle asks the starter base what was held out of it, as it is
// and mistyped. With -data it also asks banking77 k10:
// go test ./knowledge -run TestTypingErrorsCostLittle -v -data FOLDER
func TestTypingErrorsCostLittle(t *testing.T) {
	sets := []collection{starterHeldOut(t, 2)}
	if *dataDir != "" {
		sets = append(sets, readCollection(t, "banking77", "k10"))
	}
	kinds := []struct {
		name    string
		mistype func(string, *rand.Rand) string
		most    float64 // questions in a hundred that may lose their article by it
	}{{"letters", mistype, 2}, {"spaces", misspace, 4}}
	for _, c := range sets {
		base := openMadeUp(t, c.articles)
		for _, kind := range kinds {
			t.Run(c.name+" "+kind.name, func(t *testing.T) { typingCosts(t, base, c.inScope(), kind.mistype, kind.most) })
		}
	}
}

func typingCosts(t *testing.T, base *Base, questions []posed, mistype func(string, *rand.Rand) string, most float64) {
	random := rand.New(rand.NewPCG(20, 26))
	clean, still, touched := 0, 0, 0
	for _, q := range questions {
		if topOne(t, base, q.text) == q.article {
			clean++
		}
		for range ways {
			mistyped := mistype(q.text, random)
			if mistyped != q.text {
				touched++
			}
			if topOne(t, base, mistyped) == q.article {
				still++
			}
		}
	}
	n := float64(len(questions))
	lost := 100 * (float64(clean) - float64(still)/ways) / n
	t.Logf("%d questions, %d times mistyped: first article right %.1f %% and %.1f %%, lost %.1f points", len(questions), touched, 100*float64(clean)/n, 100*float64(still)/ways/n, lost)
	if touched < ways*len(questions)/3 {
		t.Errorf("only %d of %d questions were mistyped", touched, ways*len(questions))
	}
	if lost > most {
		t.Errorf("typing errors lose %.1f points, at most %.1f are allowed", lost, most)
	}
}

func topOne(tb testing.TB, b *Base, q string) string {
	tb.Helper()
	r, err := b.Search(context.Background(), Query{Text: q, Language: English, Limit: 1})
	if err != nil {
		tb.Fatal(err)
	}
	if len(r.Hits) == 0 {
		return ""
	}
	return r.Hits[0].Article.ID
}
