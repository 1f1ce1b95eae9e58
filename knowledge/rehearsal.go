package knowledge

import (
	"context"
	"runtime"
	"slices"
	"sync"
)

const (
	// folds is how many parts a rehearsal cuts the base into.
	folds = 5
	// trialsWanted bounds the time of a rehearsal.
	trialsWanted = 8000
	// enoughWordings are so many that some of the folds will do.
	enoughWordings = 2500
)

// nobodyShare is the share of questions without an answer that the confidence is fitted
// for. What a base cannot answer is not in its articles, so that this is an assumption:
// 15 % for a hundred articles, and more the fewer there are. The questions of an article
// that is held out stand for them; those lie nearer to the base than most of what
// visitors ask in vain, and so they count as more than their share.
func nobodyShare(articles int) float64 {
	return min(max(15/float64(max(articles, 1)), 0.1), 0.5)
}

// rehearsal is how a base does on its own wordings while it does not have them.
type rehearsal struct {
	articles   int
	classified []trial
	plain      []trial // the same texts without a classifier
}

// workers is how many processors background work may use: half of them, so that
// searches have the others.
func workers() int { return max(runtime.GOMAXPROCS(0)/2, 1) }

// rehearse holds out a fifth of the wordings of each article, and another fifth of
// the articles as a whole, five times over, and returns how the rest of the base
// does on them. The same leaves give the same trials. It fails only when the context
// ends.
func rehearse(ctx context.Context, leaves []leaf, classify bool) (rehearsal, error) {
	var parts [folds]rehearsal
	var errs [folds]error
	var running sync.WaitGroup
	free := make(chan struct{}, workers())
	for fold := range foldsTried(leaves) {
		free <- struct{}{}
		running.Go(func() {
			parts[fold], errs[fold] = rehearseFold(ctx, leaves, fold, classify)
			<-free
		})
	}
	running.Wait()
	all := rehearsal{articles: len(leaves)}
	for fold := range folds {
		if errs[fold] != nil {
			return rehearsal{}, errs[fold]
		}
		all.classified = append(all.classified, parts[fold].classified...)
		all.plain = append(all.plain, parts[fold].plain...)
	}
	return all, nil
}

func rehearseFold(ctx context.Context, leaves []leaf, fold int, classify bool) (rehearsal, error) {
	var rest []leaf
	place := make([]int, len(leaves))
	for a, l := range leaves {
		place[a] = -1
		if apart(a) == fold {
			continue
		}
		place[a] = len(rest)
		kept := leaf{body: l.body}
		for t, s := range l.texts {
			if !heldOut(t, a, fold) {
				kept.texts = append(kept.texts, s)
			}
		}
		rest = append(rest, kept)
	}
	var r rehearsal
	j, err := train(ctx, rest, classify)
	if err != nil {
		return r, err
	}
	directory := newDirectory(j.matcher)
	for a, l := range leaves {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		for t, s := range l.texts {
			if t > 0 && tried(t, len(l.texts), a, len(leaves)) && (place[a] < 0 || heldOut(t, a, fold)) {
				r.add(j, s, directory, place[a])
			}
		}
	}
	return r, nil
}

// tried reports whether a wording, one of so many of the article, is among those that are
// tried. They are drawn from all: what is added last counts as much as what came first.
func tried(text, texts, article, articles int) bool {
	return mix(uint32(text)*2654435761^uint32(article))%uint32(texts) < uint32(trialsEach(articles))
}

// trialsEach is about how many wordings of each article are tried, so that there are not many
// more trials than trialsWanted.
func trialsEach(articles int) int { return max(trialsWanted/(2*articles), 5) }

// foldsTried is how many of the folds are tried: two are enough where there are many
// wordings.
func foldsTried(leaves []leaf) int {
	wordings := 0
	for _, l := range leaves {
		wordings += len(l.texts)
	}
	if wordings > enoughWordings {
		return 2
	}
	return folds
}

// heldOut reports whether a wording is held out. The question never is: it is in the
// words of the article's body too.
func heldOut(text, article, fold int) bool { return text > 0 && (text+article)%folds == fold }

// apart names the fold in which an article is held out as a whole.
func apart(article int) int { return int(mix(uint32(article)*2654435761) % folds) }

// train builds the judge of the leaves, with the shipped verdicts.
func train(ctx context.Context, leaves []leaf, classify bool) (*judge, error) {
	j := &judge{matcher: newMatcher(len(leaves), func(a int) leaf { return leaves[a] }), verdicts: shipped(DefaultTarget)}
	if !classify {
		return j, nil
	}
	var err error
	j.classifier, err = trainClassifier(ctx, j.matcher)
	return j, err
}

// add tries a text whose right article is known; -1 means that there is none. It is
// compared with the articles that a search would compare it with.
func (r *rehearsal) add(j *judge, s *sketch, directory directory, right int) {
	c := j.compare(s)
	defer j.matcher.release(c)
	articles := append(c.favourites(nil, favoured), directory.find(c, searched)...)
	if right >= 0 {
		articles = append(articles, right)
	}
	slices.Sort(articles)
	articles = slices.Compact(articles)
	rows := make([]features, len(articles))
	for i, a := range articles {
		rows[i] = j.matcher.features(c, a)
	}
	signs := j.matcher.signs(c)
	if j.classifier != nil {
		r.classified = append(r.classified, newTrial(j.Classified.Ranker, rows, slices.Index(articles, right), signs))
		for i := range rows {
			rows[i][fClass] = 0
		}
	}
	r.plain = append(r.plain, newTrial(j.Plain.Ranker, rows, slices.Index(articles, right), signs))
}

// newTrial keeps the best rows, and the right one in any case.
func newTrial(ranker ranker, rows []features, right int, signs signs) trial {
	t := trial{right: -1, signs: signs}
	for i, a := range ranker.order(rows, candidates) {
		if a == right {
			t.right = i
		}
		t.rows = append(t.rows, rows[a])
	}
	if t.right < 0 && right >= 0 {
		t.right = len(t.rows) - 1
		t.rows[t.right] = rows[right]
	}
	return t
}
