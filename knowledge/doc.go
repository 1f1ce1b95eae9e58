// Package knowledge is what Emma knows: articles with their revisions, the index over
// the published ones, and how sure a search is of its first hit.
//
// It may be imported by every other package and imports none of them. It alone knows
// the search engine (Bleve). SQL is the truth; what this package keeps on disk is a
// cache that is checked, and rebuilt when it is missing, stale or damaged.
//
// # How a text finds its article
//
// A [Base] holds one immutable state: the published articles, an index over them, and
// per language a judge. A search
//
//  1. reads the text into words, letters and concepts (sketch),
//  2. collects candidates: the best thirty of the index (Bleve, BM25), the ten that
//     the classifier thinks likeliest, and every article that was edited after the
//     index was built,
//  3. compares the text with each wording of each candidate (features),
//  4. orders them by a linear ranker, and reads the confidence off the result.
//
// An edit replaces the state within milliseconds: the changed articles are compared
// directly, with the weights at hand and without the classifier, which knows the old
// wordings. In the background the study then builds the next index, trains the
// classifier, rehearses the base on its own wordings (held out in five folds, and
// whole articles held out as questions that nobody answers), fits the weights, and
// puts each in force as it is done. A folder keeps the results with their checksums
// for the next start.
//
// Confidence is fitted only on the wordings of the base and on the shipped weights,
// never on questions that it is measured with.
//
// # Articles in files
//
// A [Batch] reads files (JSON lines, CSV, XLSX, Markdown, the export of QnA Maker) to
// their end and collects every flaw with its line; a [Plan] says what an import would
// do to a base. What is written by Write… is read back as it was, and written again
// byte for byte. Articles are imported together or not at all, and what [Article.Stands]
// already is left alone.
package knowledge
