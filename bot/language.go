package bot

import (
	"unicode"
	"unicode/utf8"

	"emma/knowledge"
)

// grams are weights of letter groups: above 0 for Spanish, below for English, in
// tenths of a natural log-odds. They are counted from the starter base
// (go test ./bot -run Grams -grams).
type grams map[string]int

const (
	// clearScore is how far a message must lean before it may switch the language.
	clearScore = 30
	// wordsToSwitch is the fewest words that may switch a conversation's language.
	wordsToSwitch = 3
	// mostScore bounds the running score so that a visitor can still switch.
	mostScore = 120
)

// decideLanguage sets the language of the answer from the message and the turns
// before. A short message keeps the language of the conversation, and one that the
// visitor chose by hand stays unless a whole sentence says otherwise.
func (t *turn) decideLanguage() error {
	m := &t.memory
	score := t.bot.lean(t.text, t.said)
	count := len(t.said)
	known := m.Language != ""
	switch {
	case count == 0:
	case m.Chosen && (count < 5 || abs(score) < 2*clearScore):
	case known && (count < wordsToSwitch && abs(score) < 2*clearScore || abs(score) < clearScore):
		m.Spanish = clamp(m.Spanish/2 + score)
	default:
		m.Spanish = clamp(m.Spanish/2 + score)
		decided := score
		if abs(score) < clearScore {
			decided = m.Spanish
		}
		if abs(score) < clearScore && count >= wordsToSwitch {
			decided += t.knownBetter()
		}
		switch {
		case decided > 0:
			m.Language = knowledge.Spanish
		case decided < 0 || !known:
			m.Language = knowledge.English
		}
		m.Chosen = false
	}
	if m.Language == "" {
		m.Language = knowledge.English
		if score > 0 {
			m.Language = knowledge.Spanish
		}
	}
	return nil
}

// knownBetter asks which language's articles know more of the words.
func (t *turn) knownBetter() int {
	said := essence(t.text)
	return int(clearScore * (t.bot.base.Known(said, knowledge.Spanish) - t.bot.base.Known(said, knowledge.English)))
}

// lean is how much a text looks Spanish (above 0) or English (below 0): function
// words, letters of one language only, and letter groups.
func (b *Bot) lean(text string, said []*heard) int {
	score := 0
	for _, r := range text {
		switch r {
		case '¿', '¡', 'ñ', 'Ñ':
			score += 25
		case 'á', 'é', 'í', 'ó', 'ú', 'ü', 'Á', 'É', 'Í', 'Ó', 'Ú', 'Ü':
			score += 15
		}
	}
	score = min(score, 60)
	// Who mixes languages begins in their own: "puedo hacer el change of address".
	function := 24
	for i := range said[:min(len(said), 200)] {
		_, isSpanish := b.signals.matchAt("word_es", said, i)
		_, isEnglish := b.signals.matchAt("word_en", said, i)
		switch {
		case isSpanish && !isEnglish:
			score += function
		case isEnglish && !isSpanish:
			score -= function
		default:
			score += said[i].lean
			continue
		}
		function = max(12, function-4)
	}
	return score
}

// weight sums the letter groups of one word, edges included.
func (g grams) weight(word string) int {
	if len(g) == 0 || utf8.RuneCountInString(word) < 3 || unicode.IsDigit(rune(word[0])) {
		return 0
	}
	sum := 0
	for _, gram := range lettersOf(word) {
		sum += g[gram]
	}
	return max(-6, min(6, sum/3))
}

// lettersOf are the groups of three letters of a word with its edges marked.
func lettersOf(word string) []string {
	runes := []rune("_" + word + "_")
	var out []string
	for i := 0; i+3 <= len(runes); i++ {
		out = append(out, string(runes[i:i+3]))
	}
	return out
}

func abs(n int) int { return max(n, -n) }

func clamp(n int) int { return max(-mostScore, min(mostScore, n)) }
