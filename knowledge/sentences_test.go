package knowledge

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// How many sentences of each kind the encoder is asked for.
const (
	framesWanted, examplesWanted, definitionsWanted = 30000, 22000, 12000
	// Words are drawn the more often the commoner they are, but less so than in texts.
	drawnBy = 1.7
)

// frames are the forms of what people ask, want and tell, whatever it is about.
func frames() []string {
	return strings.Split(strings.TrimSpace(`
how do i V O|can i V O|what is O|what is the N of O|i want to V O|i need to V O for O|why is O A|why was O D
where can i V O|when will O be D|how much is O|how long does O take|please V O|V O|tell me about O|who can V O
is O A|is it possible to V O|do you have O|does O V O|my N is not G|my N has not D yet|i D O but O is A
could you V O with O|what happens if i V O|i cannot V O|help me V O|should i V O or O|which N is A
how many N are there in O|what are the N for O|can you tell me how to V O|i would like to know if O is A
set O to N|turn O off|turn on O|find me O near O|i lost O|O does not work|there is O on O that i did not V
what do i need to V O|am i allowed to V O|how do you say N in N|give me O|show O|is there O for O|i am G O
G O|N N|N V N|O was D and i do not know why|what does N mean|did O V|where is O|who is O|i think O is A
we have D O from O|they V O in O|he said that O is A|she D O at O|if O is A then V O|O and O|the N in O is A
it is A to V O|never V O|i no longer V O|remind me to V O|make O more A|what kind of N is O|after G O can i V O
O instead of O|without O|how A is O|cancel O|change O|pay for O|order O|check O`), "|")
}

// sentences are what the encoder is asked for beside the words: frames filled by chance,
// and examples and definitions of WordNet. The same words give the same sentences.
func (w *wordNet) sentences(rank map[string]int) []string {
	chance := rand.New(rand.NewPCG(1, 2))
	common := func(words []string) string {
		return words[int(float64(len(words))*math.Pow(chance.Float64(), drawnBy))]
	}
	nouns, verbs, adjectives := w.mostly("noun", rank, 6000), w.mostly("verb", rank, 2500), w.mostly("adj", rank, 2500)
	compounds := w.compounds(rank, 8000)
	noun := func() string {
		switch x := chance.Float64(); {
		case x < 0.18:
			return compounds[chance.IntN(len(compounds))]
		case x < 0.32:
			return common(adjectives) + " " + common(nouns)
		case x < 0.42:
			return common(nouns) + " " + common(nouns)
		}
		return common(nouns)
	}
	owners := strings.Split("the|my|a|this|your|our|any|some|that|her|his|their|", "|")
	ending := func(verb, plain, short string) string {
		if strings.HasSuffix(verb, "e") {
			return verb[:len(verb)-1] + short
		}
		return verb + plain
	}
	fill := func(slot string) string {
		switch slot {
		case "V":
			return common(verbs)
		case "G":
			return ending(common(verbs), "ing", "ing")
		case "D":
			return ending(common(verbs), "ed", "ed")
		case "A":
			return common(adjectives)
		case "N":
			return noun()
		}
		return strings.TrimSpace(owners[chance.IntN(len(owners))] + " " + noun())
	}
	var forms []string
	for _, line := range frames() {
		forms = append(forms, strings.Split(line, "\n")...)
	}
	slots := regexp.MustCompile(`\b[VGDANO]\b`)
	var all []string
	for range framesWanted {
		all = append(all, slots.ReplaceAllStringFunc(forms[chance.IntN(len(forms))], fill))
	}
	some := func(texts []string, wanted int) {
		texts = slices.Clone(texts)
		chance.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
		all = append(all, texts[:min(wanted, len(texts))]...)
	}
	some(w.examples, examplesWanted)
	some(w.definitions, definitionsWanted)
	return all
}
