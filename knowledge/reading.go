package knowledge

import (
	"strings"
	"unicode"
)

// Grades that an answer should not be above: visitors read under stress, many of them
// in a second language.
const hardestGrade, hardestSpanish = 10.0, 55.0

// readingLevel says how hard a plain text is to read: for English the school grade
// (Kincaid, Fishburne, Rogers and Chissom 1975), for Spanish the ease from 0 to 100
// (Fernández Huerta 1959). hard tells whether it is too hard; a text of fewer than
// thirty words is never.
func readingLevel(text, language string) (level float64, hard bool) {
	words, syllables, sentences := 0, 0, 0
	open := false
	for line := range strings.Lines(text) {
		for field := range strings.FieldsSeq(line) {
			if n := syllablesOf(field, language); n > 0 {
				words, syllables, open = words+1, syllables+n, true
			}
			if open && strings.ContainsAny(field[len(field)-1:], ".!?:") {
				sentences, open = sentences+1, false
			}
		}
		if open { // a heading, or a point of a list
			sentences, open = sentences+1, false
		}
	}
	if words < 30 {
		return 0, false
	}
	perSentence, perWord := float64(words)/float64(sentences), float64(syllables)/float64(words)
	if language == Spanish {
		level = 206.84 - 60*perWord - 1.02*perSentence
		return level, level < hardestSpanish
	}
	level = 0.39*perSentence + 11.8*perWord - 15.59
	return level, level > hardestGrade
}

// syllablesOf counts the groups of vowels in a word; 0 for what is no word, such as a
// number or an address.
func syllablesOf(word, language string) int {
	word = strings.TrimFunc(fold(word), func(r rune) bool { return !unicode.IsLetter(r) })
	if word == "" || strings.ContainsAny(word, "/@") || strings.ContainsFunc(word, unicode.IsDigit) {
		return 0
	}
	n, inside := 0, false
	for _, r := range word {
		vowel := strings.ContainsRune("aeiouy", r)
		if vowel && !inside {
			n++
		}
		inside = vowel
	}
	if language == English && n > 1 && strings.HasSuffix(word, "e") && !strings.HasSuffix(word, "le") {
		n-- // the silent e
	}
	return max(n, 1)
}
