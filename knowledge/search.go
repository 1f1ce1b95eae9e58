package knowledge

// Query asks for the articles that answer a text.
type Query struct {
	Text     string
	Language string // en or es; articles of the other language are not returned
	Limit    int    // at most this many hits; 0 means 5
}

// Hit is one candidate for an answer.
type Hit struct {
	Article Published
	// Score orders the hits of one result; it is not comparable between queries.
	Score float64
	// Confidence is the probability that this article is the right one. Of the
	// first hit it is the calibrated confidence of the whole result.
	Confidence float64
}

// Published is an article as visitors get it: placeholders filled in, the answer
// rendered. It is shared between readers and must not be changed.
type Published struct {
	Article
	HTML string // sanitised
	Text string // the answer as plain text
}

// Result is what a search found.
type Result struct {
	Hits []Hit // best first; empty when nothing matches at all
	// Known is the share 0..1 of the query's words (stop words left out) that
	// occur anywhere in the base in that language; 1 for a query of stop words only.
	Known float64
	// Answer and Clarify are the thresholds on Confidence in force: at or above
	// Answer the first hit may be answered; at or above Clarify choices are offered.
	Answer, Clarify float64
	// Change is the change counter of the base that the index was built from.
	Change int64
}

// Topic is one entry of the guided menu.
type Topic struct {
	ID       string   // for example "green-card"
	Label    string   // in the language asked for
	Articles []string // ids of the published articles, in menu order
}
