package knowledge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"sync"
	"time"
)

const (
	// studyAfter is how long the base must be left alone before it is studied, so
	// that a row of edits costs one fit.
	studyAfter = 5 * time.Second
	// studyAgain is how long after a failure, such as a full disk, it is tried again.
	studyAgain = time.Minute
	// mostClassified is the size of the largest classifier, in grams times articles;
	// beyond it a base goes without. It bounds memory at 43 MB (128 MB while it is
	// trained), and the time of a fit with it.
	mostClassified = 16 << 20
	// mostRehearsed is the number of articles above which the shipped weights are
	// used as they are.
	mostRehearsed = 2000
)

// study is the background work of a base: it builds the index, trains the classifiers
// and fits the weights, and puts each in force when it is done. Searches never wait
// for it.
type study struct {
	base   *Base
	cache  *cache // nil when nothing is kept on disk
	cancel context.CancelFunc
	wake   chan struct{} // something changed; holds at most one
	now    chan struct{} // somebody waits; holds at most one
	ended  chan struct{}

	working sync.Mutex // held while it works and gives back what it needed for that
}

// newStudy takes over what the folder holds and begins to work.
func newStudy(b *Base, dir string) *study {
	ctx, cancel := context.WithCancel(context.Background())
	s := &study{base: b, cancel: cancel, wake: make(chan struct{}, 1), now: make(chan struct{}, 1), ended: make(chan struct{})}
	if dir != "" {
		s.recall(dir)
	}
	go s.run(ctx)
	s.wakeUp()
	return s
}

func (s *study) wakeUp() { signal(s.wake) }

func (s *study) hurry() { signal(s.now) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is signalled already
	}
}

func (s *study) end() {
	s.cancel()
	<-s.ended
}

func (s *study) run(ctx context.Context) {
	defer close(s.ended)
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
			s.waitForQuiet(ctx)
		case <-s.now:
		}
		if ctx.Err() != nil || s.base.state.Load().settled() {
			continue
		}
		s.workOnce(ctx)
	}
}

func (s *study) workOnce(ctx context.Context) {
	s.working.Lock()
	defer s.working.Unlock()
	if err := s.work(ctx); err != nil && ctx.Err() == nil {
		s.base.report(fmt.Errorf("studying the knowledge base: %w", err))
		time.AfterFunc(studyAgain, s.wakeUp)
	}
	// A fit takes several times the memory of its result. Left alone, the runtime would let
	// the garbage of searches grow to as much before it collects again.
	debug.FreeOSMemory()
}

// waitForQuiet returns when nothing has changed for a while or somebody waits.
func (s *study) waitForQuiet(ctx context.Context) {
	for {
		quiet := time.NewTimer(studyAfter)
		select {
		case <-s.wake:
			quiet.Stop()
			continue
		case <-quiet.C:
		case <-s.now:
			quiet.Stop()
		case <-ctx.Done():
			quiet.Stop()
		}
		return
	}
}

// work does what is left to be done for the present articles.
func (s *study) work(ctx context.Context) error {
	if st := s.base.state.Load(); st.index == nil || st.lateCount() > 0 {
		if err := s.buildIndex(ctx, st.shelf); err != nil {
			return err
		}
	}
	for language := range s.base.state.Load().judges {
		st := s.base.state.Load()
		if j := st.judges[language]; !j.fitted {
			if err := s.learn(ctx, st.shelf.editions[language], j); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *study) buildIndex(ctx context.Context, shelf *shelf) error {
	var x *index
	var err error
	if s.cache != nil {
		if x, err = s.cache.build(ctx, shelf); err != nil && ctx.Err() == nil && !errors.Is(err, errNothing) {
			s.base.report(fmt.Errorf("the search index is kept in memory: %w", err))
		}
	}
	if x == nil {
		if x, err = memoryIndex(ctx, shelf, s.base.report); err != nil {
			return err
		}
	}
	s.base.swapIndex(x)
	if s.cache != nil {
		return s.cache.sweep()
	}
	return nil
}

// learn trains the classifier of an edition and fits the weights.
func (s *study) learn(ctx context.Context, e *edition, old *judge) error {
	j := &judge{matcher: old.matcher, verdicts: old.verdicts, rehearsed: old.rehearsed}
	if old.matcher.patched() { // what was edited since is not counted as the rest is
		j.matcher = newMatcher(len(e.entries), e.leaf)
	}
	classify := len(j.matcher.value)*len(e.entries) <= mostClassified && len(e.entries) > 1 && len(e.entries) <= mostClasses
	if classify {
		var err error
		if j.classifier, err = trainClassifier(ctx, j.matcher); err != nil {
			return err
		}
		first := *j
		s.base.putJudge(e, &first)
	}
	j.fitted = true
	if len(e.entries) <= mostRehearsed && !j.rehearsed {
		r, err := rehearse(ctx, e.leaves(), classify)
		if err != nil {
			return err
		}
		j.verdicts = conclude(r, s.base.state.Load().target)
	}
	if s.base.putJudge(e, j) && s.cache != nil {
		return s.cache.keep(e, j)
	}
	return nil
}

// recall takes over index and weights from the folder where they fit the articles.
func (s *study) recall(dir string) {
	var err error
	if s.cache, err = openCache(dir, s.base.report); err != nil {
		s.base.report(err)
		return
	}
	x, err := s.cache.open()
	switch {
	case err == nil:
		s.base.swapIndex(x)
	case !errors.Is(err, fs.ErrNotExist):
		s.base.report(fmt.Errorf("the search index is built again: %w", err))
	}
	st := s.base.state.Load()
	for language, e := range st.shelf.editions {
		j, err := s.cache.recall(e, st.judges[language].matcher, st.target)
		switch {
		case err == nil:
			s.base.putJudge(e, j)
		case !errors.Is(err, fs.ErrNotExist):
			s.base.report(fmt.Errorf("the weights are fitted again: %w", err))
		}
	}
}

// putJudge puts a judge in force if its edition is the present one.
func (b *Base) putJudge(e *edition, j *judge) bool {
	return b.replace(func(s *state) bool {
		if s.shelf.editions[e.language] != e {
			return false
		}
		s.judges[e.language] = j.aiming(s.target) // which may be another one by now
		return true
	})
}

// swapIndex puts an index in force and closes the one before when its searches are
// over.
func (b *Base) swapIndex(x *index) {
	var old *index
	b.replace(func(s *state) bool {
		old = s.index
		s.setIndex(x)
		return true
	})
	old.retire()
}

// dropIndex stops using an index that failed: every article is compared with every
// question until the next one is built.
func (b *Base) dropIndex(x *index, why error) {
	dropped := b.replace(func(s *state) bool {
		if s.index != x {
			return false
		}
		s.setIndex(nil)
		return true
	})
	if dropped {
		b.report(why)
		x.retire()
		b.study.hurry()
	}
}
