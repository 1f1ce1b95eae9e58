package knowledge

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Explanation says how a search came to its ranking, for editors and agents.
type Explanation struct {
	Words      []ExplainedWord      `json:"words"`
	Candidates []ExplainedCandidate `json:"candidates"` // best first, as in the result
	Promise    Promise              `json:"promise"`
	// Signs are what the confidence was read from: the part of each in its logit,
	// greatest first, without those that count for nothing.
	Signs []Part `json:"signs"`
}

// ExplainedWord is one word of the text as it was read.
type ExplainedWord struct {
	Text  string `json:"text"`
	Stem  string `json:"stem"`  // what it is compared by
	Stop  bool   `json:"stop"`  // it says little about the topic and is not searched for
	Known bool   `json:"known"` // some article has it
	// Share is how much it weighs among the words of the text, 0..1: the rarer in the
	// base, the more.
	Share float64 `json:"share"`
}

// ExplainedCandidate is one article and what spoke for it.
type ExplainedCandidate struct {
	Article    string      `json:"article"`
	Question   string      `json:"question"`
	Confidence float64     `json:"confidence"`
	Score      float64     `json:"score"`
	Wording    string      `json:"wording"` // the question or alternate most like the text
	Terms      []FoundTerm `json:"terms"`
	Features   []Part      `json:"features"` // parts of the score, greatest first
	// Behind are the features by which it is behind the first candidate, the greatest
	// difference first: why it is not the first.
	Behind []Part `json:"behind"`
}

// FoundTerm is a word of the text that the article has.
type FoundTerm struct {
	Word  string `json:"word"`
	Field string `json:"field"` // question, alternates or answer
	Count int    `json:"count"` // how often it is there
}

// Part is what one feature adds: Value times its weight.
type Part struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Part  float64 `json:"part"`
}

// Explain searches as [Base.Search] does and says what counted. It takes several times
// as long.
func (b *Base) Explain(ctx context.Context, q Query) (Explanation, error) {
	if err := ctx.Err(); err != nil {
		return Explanation{}, err
	}
	s := b.present()
	e, j := s.shelf.editions[q.Language], s.judges[q.Language]
	if e == nil {
		return Explanation{}, nil
	}
	words := e.reader.understood(q.Text, j.matcher.lexicon)
	c := j.compare(sketchOf(words))
	defer j.matcher.release(c)
	found, err := b.candidates(ctx, s, e, c, words)
	if err != nil {
		return Explanation{}, err
	}
	return e.explain(j, c, found, words, q.Limit), nil
}

// explain says how a judge ranks some articles for a compared text, whose words are given.
func (e *edition) explain(j *judge, c *comparison, found []int, words []word, limit int) Explanation {
	r := j.rank(c, found)
	v := j.verdict()
	x := Explanation{Words: explainWords(j, c, words), Promise: v.Promise}
	for i, hit := range hits(e, r, limit) {
		a := e.entries[r.articles[i]]
		candidate := ExplainedCandidate{
			Article: hit.Article.ID, Question: hit.Article.Question, Confidence: hit.Confidence, Score: hit.Score,
			Wording: e.closest(c, j.matcher.shapes[r.articles[i]], a), Terms: e.foundTerms(a, x.Words),
			Features: v.Ranker.parts(r.rows[i], features{}),
		}
		if i > 0 {
			candidate.Behind = v.Ranker.parts(r.rows[0], r.rows[i])
		}
		x.Candidates = append(x.Candidates, candidate)
	}
	if len(x.Candidates) > 0 {
		x.Signs = v.Confidence.parts(r.signs)
	}
	return x
}

func explainWords(j *judge, c *comparison, read []word) []ExplainedWord {
	shares := map[uint32]float32{}
	for i, t := range c.sketch.terms {
		shares[t] = c.rarity[i]
	}
	var words []ExplainedWord
	for _, w := range read {
		if w.group {
			continue
		}
		term := key(wordGrams, w.stem)
		_, known := j.matcher.term(term)
		words = append(words, ExplainedWord{Text: w.plain, Stem: w.stem, Stop: w.stop, Known: known || w.stop, Share: float64(shares[term])})
	}
	return words
}

// closest returns the wording of an article that has most words and letters in common
// with the compared text.
func (e *edition) closest(c *comparison, s *shape, a *entry) string {
	best, at := float32(-1), 0
	for t, sum := range s.resemble(c) {
		like := sum[wordGrams]*s.scale[t][wordGrams] + sum[letterGrams]*s.scale[t][letterGrams]
		if like > best {
			best, at = like, t
		}
	}
	if at == 0 {
		return a.Question
	}
	return a.Alternates[at-1]
}

func (e *edition) foundTerms(a *entry, words []ExplainedWord) []FoundTerm {
	fields := []struct {
		name  string
		texts []string
	}{{fieldQuestion, []string{a.Question}}, {fieldAlternates, a.Alternates}, {fieldAnswer, []string{a.Answer}}}
	var terms []FoundTerm
	for _, f := range fields {
		counts := map[string]int{}
		for _, text := range f.texts {
			for _, w := range e.reader.words(text) {
				counts[w.stem]++
			}
		}
		for _, w := range words {
			if n := counts[w.Stem]; n > 0 && !w.Stop {
				terms = append(terms, FoundTerm{Word: w.Text, Field: f.name, Count: n})
			}
		}
	}
	return terms
}

// parts are what one row of features has over another in the score.
func (r ranker) parts(row, other features) []Part {
	var parts []Part
	for i, name := range featureNames() {
		if by := float64(row[i] - other[i]); by*r.Weights[i] > 0 {
			parts = append(parts, Part{Name: name, Value: by, Part: by * r.Weights[i]})
		}
	}
	return sorted(parts)
}

func (c confidence) parts(s signs) []Part {
	var parts []Part
	for i, name := range signNames() {
		if part := s[i] * c.Weights[i]; part != 0 {
			parts = append(parts, Part{Name: name, Value: s[i], Part: part})
		}
	}
	return sorted(parts)
}

func sorted(parts []Part) []Part {
	slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(math.Abs(b.Part), math.Abs(a.Part)) })
	return parts
}

func featureNames() [featureCount]string {
	return [featureCount]string{
		fWordBest: "words of the best wording", fWordTop3: "words of the three best", fWordCentre: "words of all wordings",
		fLetterBest: "letters of the best wording", fLetterTop3: "letters of the three best", fLetterCentre: "letters of all wordings",
		fConceptBest: "meanings of the best wording", fConceptTop3: "meanings of the three best", fConceptCentre: "meanings of all wordings",
		fWordings: "rare words in the wordings", fBody: "rare words in question and answer",
		fCovered: "words that the article has", fClass: "likelihood by all wordings of the base",
		fSenseBest: "sense of the best wording", fSenseCentre: "sense of all wordings", fSpread: "spread of the wordings",
	}
}

func signNames() [signCount]string {
	return [signCount]string{
		sShare: "share of the first", sShareLogit: "share of the first, log-odds", sMargin: "lead over the second",
		sWordBest: "words in common", sLetterBest: "letters in common", sConceptBest: "meanings in common",
		sLetterTop3: "letters in common with three wordings", sWordings: "rare words in the wordings",
		sBody: "rare words in question and answer", sCovered: "words that the article has",
		sClass: "likelihood", sClassLogit: "likelihood, log-odds", sWordLead: "lead in words", sLetterLead: "lead in letters",
		sConceptLead: "lead in meanings", sWordingsLead: "lead in rare words", sClassLead: "lead in likelihood",
		sEntropy: "clearness of the ranking", sUnknownWords: "unknown words", sUnknownLetters: "unknown letters",
		sUnknownConcepts: "unknown meanings", sKnownTerms: "known words", sLength: "length",
		sSenseBest: "sense of the nearest wording", sSenseCentre: "sense of the wordings", sSenseLead: "lead in sense",
		sEvidence: "evidence of the sense", sSpread: "spread of the wordings",
	}
}
