package knowledge

import "strings"

// StopWords returns the words of a language that say little about a topic, folded: no
// capitals, accents or apostrophes.
func StopWords(language string) []string { return strings.Fields(stopWords(language)) }

// stopWords are the words of a language that say little about a topic, as they stand
// after folding (no accents, no apostrophes).
func stopWords(language string) string {
	if language == Spanish {
		return `a al algo alguien ahi aqui asi aun aunque bien buenas buenos cada casi como con cual cuales
		cuando cuanto da dar de del desde donde dos e el ella ellas ellos en entonces entre era eran es esa esas
		ese eso esos esta estaba estan estar estas este esto estos estoy fue fui ha hace hacer hacia han hasta
		hay he hola la las le les lo los mas me mi mis mucho muy nada ni no nos nosotros o os otra otro para
		pero pide poder por porque pq pues puede pueden puedo que q quien quiero quisiera saber se sea ser
		si sin sobre solo son soy su sus tal tambien tan te tengo ti tiene tienen todo todos tu tus un una
		unas uno unos usted ustedes va van voy y ya yo gracias favor necesito debo ayuda`
	}
	return `a about after all also am an and any anyone are arent as at be been being but by can cant could
	couldnt did didnt do does doesnt doing dont for from get give go going got had has have havent having he
	hello help her hers here hey hi him his how i id if ill im in into is isnt it its ive just know let like
	may me might my need no not now of off ok on one or our out over own please pls plz re s she should so
	some someone tell than thank thanks that thats the their them then there these they theyre thing this
	those to too u ur us very want was wasnt way we were what whats when where which while who whom whos why
	will with wont would y yes you your yours`
}
