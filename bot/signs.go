package bot

import (
	"slices"
	"strings"
)

// mostSignWords bounds the words of a message that the model looks at.
const mostSignWords = 120

// signs are what the model sees of a message: its words and their beginnings, pairs of
// words in which forms, relatives, months and numbers are one word each, the signals of
// the lists, and how long it is. fired are the signals that fire. No sign holds a number
// of the visitor. Each sign is told in four parts that belong together, some of them more
// than once.
func (s *signals) signs(fired []bool, said []*heard, asks bool, tell func(a, b, c, d string)) {
	if len(said) > mostSignWords {
		said = said[:mostSignWords]
		fired = s.firing(said)
	}
	tell("bias", "", "", "")
	shape := s.shape(fired, said, asks)
	for i, a := range shape {
		tell("is:", a, "", "")
		for _, b := range shape[i+1:] {
			tell("is:", a, "+", b)
		}
	}
	for number, name := range s.names {
		if fired[number] && telling(name) {
			tell("sig:", name, "", "")
		}
	}
	for i, h := range said {
		w := h.common
		tell(w, "", "", "")
		if len(w) >= 6 && w[0] != '@' {
			tell(w[:4], "*", "", "")
		}
		for _, class := range h.classes {
			tell("@", class, "", "")
		}
		tell(w, "_", common(said, i+1), "")
		if i+1 < len(said) {
			tell(w, "__", common(said, i+2), "")
		}
	}
	tell("^", "_", common(said, 0), "")
	if len(said) > 0 {
		tell("^", "__", common(said, 1), "")
	}
	switch n := len(said); {
	case n <= 1:
		tell("len:1", "", "", "")
	case n <= 3:
		tell("len:3", "", "", "")
	case n <= 7:
		tell("len:7", "", "", "")
	case n <= 14:
		tell("len:14", "", "", "")
	default:
		tell("len:more", "", "", "")
	}
	if asks {
		tell("?", "", "", "")
	}
}

// telling reports whether a signal is a sign: not one of those for other uses.
func telling(signal string) bool {
	return !strings.HasPrefix(signal, "word_") && !strings.HasPrefix(signal, "pick_") && signal != "filler"
}

// common is what stands for a word of a message in pairs, $ after the last one.
func common(said []*heard, i int) string {
	if i >= len(said) {
		return "$"
	}
	return said[i].common
}

// common is a word, or the class that stands for it in pairs.
func (s *signals) common(w string) string {
	if w[0] >= '0' && w[0] <= '9' {
		if slices.Contains(s.classOf[w], "formnumber") {
			return "@formnumber"
		}
		return "@number"
	}
	for _, class := range s.classOf[w] {
		switch class {
		case "relative", "month", "unit", "person", "thing":
			return "@" + class
		}
	}
	return w
}

// shape is how a message is built, whatever it is about: who it speaks of, whether
// something has happened, and in what form it asks. The model weighs these and each
// pair of them. fired are the signals that fire.
func (s *signals) shape(fired []bool, said []*heard, asks bool) []string {
	var out []string
	for _, part := range []string{"own", "relative", "first_person", "outcome", "waiting", "missing", "demand", "how", "whether",
		"what_to_do", "meaning", "if", "generic", "time", "action", "told", "self_event"} {
		if number, ok := s.number["case_"+part]; ok && fired[number] {
			out = append(out, part)
		}
	}
	if slices.ContainsFunc(said, func(h *heard) bool { return h.past }) {
		out = append(out, "past")
	}
	asksAbout := func(part string) bool {
		return slices.Contains([]string{"how", "whether", "what_to_do", "meaning", "if"}, part)
	}
	if !slices.ContainsFunc(out, asksAbout) {
		out = append(out, "direct")
		if !slices.Contains(out, "demand") && !asks {
			out = append(out, "states")
		}
	}
	if asks {
		out = append(out, "asks")
	}
	if len(said) <= 3 {
		out = append(out, "short")
	}
	return out
}

// isPast reports whether a word looks like a verb of the past, in either language.
func isPast(w string) bool {
	if len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "aron") || strings.HasSuffix(w, "ieron")) {
		return true
	}
	return slices.Contains([]string{"got", "sent", "went", "said", "told", "took", "kept", "lost", "came", "did", "had", "was", "were", "been", "gave", "made", "paid",
		"fue", "fui", "hice", "tuve", "mande", "envie", "recibi", "pague", "meti", "llame", "pase", "llego", "dijo", "pidio", "nego", "paso"}, w)
}
