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
// The answer threshold follows from the rehearsal and the target of precision, with a
// lower bound ([Promise]); [Base.Explain] says for each candidate what counted.
//
// # How memory and time stay bounded
//
// A classifier has at most 16 million weights (64 MB); a larger base goes without. A
// rehearsal makes about 8,000 trials, each compared with some forty articles, and a
// base of more than 2,000 articles uses the shipped weights as they are. A question is
// looked up in the index by its eight rarest words and compared with at most forty
// articles and those edited since the index was built.
//
// # What it reaches
//
// Measured by the command below with one recipe and one set of settings, on development
// questions of public collections (only the articles were read for the fit):
//
//	emma kb eval --language en --articles SET/articles_K.jsonl --questions SET/questions_dev.jsonl
//
//	set                 top-1  hit@3  MRR   AUROC  ECE   coverage at 95 % precision
//	clinc150 k5         .777   .915   .847  .876   .088  .534
//	clinc150 k10        .851   .948   .899  .883   .092  .703
//	clinc150 k20        .879   .959   .919  .909   .070  .785
//	banking77 k5        .708   .859   .787  .829   .131  .393
//	banking77 k10       .801   .921   .861  .863   .124  .600
//	banking77 k20       .847   .951   .899  .875   .117  .742
//	hwu64 k10           .761   .911   .835  .861   .141  .563
//	stackfaq k5         .950   .980   .966  .957   .096  .820
//	hint3 curekart      .859   .926   .895  .933   .053  .463
//	hint3 powerplay11   .710   .849   .790  .857   .125  .065
//	hint3 sofmattress   .762   .950   .853  .879   .111  .138
//	banking77oos k10    .732   .884   .810  .829   .056  .004
//	uscis (starter)     .850   .981   .914  .798   .098  .037
//
// AUROC depends on how many of the questions have no answer: 6 % of clinc150, 54 % of
// curekart, 71 % of powerplay11. The rehearsal lacks a fifth of the wordings, so that
// confidence is too low rather than too high where few questions lie outside the base.
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
