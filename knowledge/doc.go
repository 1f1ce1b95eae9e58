// Package knowledge is what Emma knows: articles with their revisions, the index over
// the published ones, and how sure a search is of its first hit.
//
// It may be imported by every other package and imports none of them. It alone knows
// the search engine (Bleve). SQL is the truth; what this package keeps on disk is a
// cache that is checked, and rebuilt when it is missing, stale or damaged.
package knowledge
