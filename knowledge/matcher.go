package knowledge

import (
	"math"
	"slices"
	"sync"
)

// leaf is what is compared of one article: its wordings (the question first) and the
// words of its question and answer.
type leaf struct {
	texts []*sketch
	body  []uint32 // terms of question and answer, repeated as often as they occur
}

// matcher compares a text with every wording of a set of articles. It is immutable
// and safe for concurrent use. Memory: about 12 bytes for each gram of each wording.
type matcher struct {
	ids      map[uint32]int32 // gram → number
	idf      []float32        // by number
	posts    [][]posting      // by number, in the order of the wordings
	begin    []int32          // the wordings of article a are begin[a] … begin[a+1]-1
	centroid [gramKinds][]float32
	terms    map[uint32]*termUse
	unseen   float32
	wordings lengths
	bodies   lengths
	scratch  sync.Pool
}

type posting struct {
	text   int32
	weight float32 // of the wording's vector, which has length 1 per kind
}

// termUse says which articles use a term: in their wordings, and in question and answer.
type termUse struct {
	idf       float32
	inWording []termPost
	inBody    []termPost
	articles  int
}

type termPost struct {
	article int32
	count   float32
}

// lengths are the sizes of documents, for BM25.
type lengths struct {
	of   []float32
	mean float32
}

func newMatcher(leaves []leaf) *matcher {
	m := &matcher{ids: map[uint32]int32{}, terms: map[uint32]*termUse{}, begin: make([]int32, 1, len(leaves)+1)}
	m.unseen = rarity(0, len(leaves))
	m.countGrams(leaves)
	m.countTerms(leaves)
	m.posts = make([][]posting, len(m.idf))
	for k := range m.centroid {
		m.centroid[k] = make([]float32, len(leaves))
	}
	sum := make([]float32, len(m.idf))
	var touched []int32
	text := int32(0)
	for a, l := range leaves {
		for _, s := range l.texts {
			for _, v := range m.vector(s) {
				m.posts[v.id] = append(m.posts[v.id], posting{text, v.weight})
				if sum[v.id] == 0 {
					touched = append(touched, v.id)
				}
				sum[v.id] += v.weight
			}
			text++
		}
		m.begin = append(m.begin, text)
		m.closeCentroid(a, leaves[a], sum)
		for _, id := range touched {
			sum[id] = 0
		}
		touched = touched[:0]
	}
	return m
}

// countGrams numbers the grams and weighs them by rarity among articles.
func (m *matcher) countGrams(leaves []leaf) {
	var articles []int32
	last := []int32{}
	for a, l := range leaves {
		for _, s := range l.texts {
			for _, g := range s.grams {
				id, ok := m.ids[g.key]
				if !ok {
					id = int32(len(articles))
					m.ids[g.key] = id
					articles = append(articles, 0)
					last = append(last, -1)
				}
				if last[id] != int32(a) {
					last[id] = int32(a)
					articles[id]++
				}
			}
		}
	}
	m.idf = make([]float32, len(articles))
	for id, n := range articles {
		m.idf[id] = rarity(int(n), len(leaves))
	}
}

func (m *matcher) countTerms(leaves []leaf) {
	m.wordings.of = make([]float32, len(leaves))
	m.bodies.of = make([]float32, len(leaves))
	use := func(term uint32, a int) *termUse {
		u := m.terms[term]
		if u == nil {
			u = &termUse{}
			m.terms[term] = u
		}
		return u
	}
	for a, l := range leaves {
		for _, s := range l.texts {
			for _, t := range s.terms {
				u := use(t, a)
				u.inWording = count(u.inWording, int32(a))
			}
			m.wordings.of[a] += float32(len(s.terms))
		}
		for _, t := range l.body {
			u := use(t, a)
			u.inBody = count(u.inBody, int32(a))
		}
		m.bodies.of[a] = float32(len(l.body))
	}
	m.wordings.close()
	m.bodies.close()
	for _, u := range m.terms {
		u.articles = len(u.inWording)
		for _, p := range u.inBody {
			if _, found := slices.BinarySearchFunc(u.inWording, p.article, byArticle); !found {
				u.articles++
			}
		}
		u.idf = rarity(u.articles, len(leaves))
	}
}

func byArticle(p termPost, article int32) int { return int(p.article - article) }

// count adds one use; articles come in order.
func count(posts []termPost, article int32) []termPost {
	if n := len(posts); n > 0 && posts[n-1].article == article {
		posts[n-1].count++
		return posts
	}
	return append(posts, termPost{article, 1})
}

func (l *lengths) close() {
	for _, n := range l.of {
		l.mean += n
	}
	l.mean = max(l.mean/float32(max(len(l.of), 1)), 1)
}

func (m *matcher) closeCentroid(a int, l leaf, sum []float32) {
	var square [gramKinds]float64
	seen := map[int32]bool{}
	for _, s := range l.texts {
		for _, g := range s.grams {
			id := m.ids[g.key]
			if !seen[id] {
				seen[id] = true
				square[g.kind()] += float64(sum[id]) * float64(sum[id])
			}
		}
	}
	for k := range square {
		m.centroid[k][a] = float32(math.Sqrt(square[k]))
	}
}

// weighed is one component of a text's vector.
type weighed struct {
	id     int32
	kind   int8
	weight float32
}

// vector returns the known components of a text, its length over all grams, unknown
// ones included, being 1 for each kind that the text has.
func (m *matcher) vector(s *sketch) []weighed {
	out := make([]weighed, 0, len(s.grams))
	var square [gramKinds]float32
	for _, g := range s.grams {
		id, ok := m.ids[g.key]
		w := g.weight * m.unseen
		if ok {
			w = g.weight * m.idf[id]
			out = append(out, weighed{id, int8(g.kind()), w})
		}
		square[g.kind()] += w * w
	}
	for k := range square {
		square[k] = 1 / float32(math.Sqrt(float64(max(square[k], 1e-12))))
	}
	for i := range out {
		out[i].weight *= square[out[i].kind]
	}
	return out
}

// articles is how many articles there are.
func (m *matcher) articles() int { return len(m.begin) - 1 }

// known is the share of a text's terms that occur anywhere in the base.
func (m *matcher) known(s *sketch) float64 {
	if len(s.terms) == 0 {
		return 1
	}
	n := 0
	for _, t := range s.terms {
		if m.terms[t] != nil {
			n++
		}
	}
	return float64(n) / float64(len(s.terms))
}
