package knowledge

import (
	"context"
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkCheck measures the publish gate on the starter base: one article of it, with
// another answer and one more alternate.
// go test ./knowledge -run - -bench Check -cpu 1
func BenchmarkCheck(b *testing.B) {
	articles, err := Starter()
	if err != nil {
		b.Fatal(err)
	}
	s := &shelfStore{articles: map[string]Article{}}
	for i, a := range articles {
		a.Revision = 1
		s.articles[a.Key()] = a
		articles[i].Status = StatusPublished
	}
	base, err := OpenBase(context.Background(), Config{Source: fixed(articles), Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = base.Close() }()
	if err := base.Settle(context.Background()); err != nil { // it is not at work beside
		b.Fatal(err)
	}
	w := NewWorkshop(s, &paperNotebook{}, &paperPress{rules: DefaultRules()}, nil, base, time.Now)
	defer w.Close()
	edited := s.articles["gc-renew/en"]
	edited.Answer += "\n\nBring the old card."
	edited.Alternates = append([]string{"my card is about to run out, what do i do"}, edited.Alternates...)
	edited.Revision = 2
	s.articles[edited.Key()] = edited
	wordings, began := 0, processorTime()
	for b.Loop() {
		c, _, err := w.CheckAndPublish(context.Background(), Step{ID: "gc-renew", Language: English, Revision: 2}, "", "Ed")
		if err != nil {
			b.Fatal(err)
		}
		wordings = c.Report.Wordings
	}
	b.ReportMetric((processorTime()-began).Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(wordings), "wordings")
}

// processorTime is what the process has used so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkFit measures what is done in the background after a publication: the
// classifier is trained and the base rehearsed on its own wordings.
// go test ./knowledge -run - -bench Fit -benchtime 1x -cpu 1
func BenchmarkFit(b *testing.B) {
	starter, err := Starter()
	if err != nil {
		b.Fatal(err)
	}
	invented, _, _ := madeUp(150, 10)
	for name, articles := range map[string][]Article{"starter": starter, "150x10": invented} {
		b.Run(name, func(b *testing.B) {
			for i := range articles {
				articles[i].Status = StatusPublished
			}
			s, _ := (&shelf{editions: map[string]*edition{}}).with(articles, 1, strings.NewReplacer(), newPage())
			for b.Loop() {
				for _, e := range s.editions {
					leaves := e.leaves()
					begun := processorTime()
					if _, err := train(context.Background(), leaves, true); err != nil {
						b.Fatal(err)
					}
					trained := processorTime() - begun
					r, err := rehearse(context.Background(), leaves, true)
					if err != nil {
						b.Fatal(err)
					}
					rehearsed := processorTime() - begun
					conclude(r, DefaultTarget)
					b.ReportMetric(trained.Seconds(), "train-s-"+e.language)
					b.ReportMetric((rehearsed - trained).Seconds(), "rehearse-s-"+e.language)
					b.ReportMetric((processorTime() - begun - rehearsed).Seconds(), "conclude-s-"+e.language)
				}
			}
		})
	}
}
