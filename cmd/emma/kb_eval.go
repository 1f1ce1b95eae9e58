package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"emma/bot"
	"emma/knowledge"
)

// mostLine bounds a line of a file of articles or questions, in bytes.
const mostLine = 16 << 20

type kbEvalCmd struct {
	Articles    string `required:"" type:"existingfile" help:"File of articles, one JSON object a line: id, language, question, alternates, answer."`
	Questions   string `required:"" type:"existingfile" help:"File of questions, one JSON object a line: q, language, and article: the id of the right one, or null."`
	Predictions string `type:"path" help:"File to write what was decided on each question to, one JSON object a line."`
	Language    string `enum:"en,es,auto" default:"auto" help:"Language of the questions: en, es, or auto to decide it as for a visitor."`
}

// askedQuestion is one line of the file of questions. Article is for scoring only.
type askedQuestion struct {
	Q        string  `json:"q"`
	Language string  `json:"language"`
	Article  *string `json:"article"`
}

// prediction is one line of the file of predictions.
type prediction struct {
	Q        string          `json:"q"`
	Decision bot.Action      `json:"decision"`
	Reason   bot.Reason      `json:"reason"`
	Top      []bot.Candidate `json:"top"`
}

// evaluation is what is printed.
type evaluation struct {
	knowledge.Scores
	Target  float64 `json:"target"`  // the precision that is promised
	Bound   float64 `json:"bound"`   // what it is at least, by the base's own wordings
	Answer  float64 `json:"answer"`  // the confidence from which on Emma answers
	Clarify float64 `json:"clarify"` // and from which on she asks which one is meant
	P50     float64 `json:"p50_us"`  // of a whole decision, search included
	P99     float64 `json:"p99_us"`
	BuildMS int64   `json:"build_ms"`
	Count   int     `json:"articles"`
}

// Run evaluates without a server or a database.
func (c kbEvalCmd) Run(ctx context.Context, t terminal) (err error) {
	articles, err := readLines[knowledge.Article](c.Articles)
	if err != nil {
		return err
	}
	questions, err := readLines[askedQuestion](c.Questions)
	if err != nil {
		return err
	}
	begun := time.Now()
	base, err := knowledge.OpenBase(ctx, knowledge.Config{
		Source: fixedArticles(published(articles)), Settings: contactSettings(), Now: time.Now,
		Report: func(err error) { fmt.Fprintln(t.err, err) },
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, base.Close()) }()
	if err := base.Settle(ctx); err != nil {
		return err
	}
	result := evaluation{BuildMS: time.Since(begun).Milliseconds(), Count: len(articles)}
	phrases, err := bot.DefaultPhrases()
	if err != nil {
		return err
	}
	e := evaluator{emma: bot.New(base, phrases, ownContacts()...), base: base, language: c.Language}
	out, closeOut, err := create(c.Predictions)
	if err != nil {
		return err
	}
	var trials []knowledge.Trial
	for _, q := range questions {
		p, err := e.ask(ctx, q)
		if err != nil {
			return errors.Join(err, closeOut())
		}
		trials = append(trials, trial(q, p))
		if err := out.Encode(p); err != nil {
			return errors.Join(fmt.Errorf("writing the predictions: %w", err), closeOut())
		}
	}
	if err := closeOut(); err != nil {
		return fmt.Errorf("writing the predictions: %w", err)
	}
	result.Scores = knowledge.Score(trials)
	promise, _ := base.Promise(articlesLanguage(articles, c.Language))
	result.Target, result.Bound, result.Answer, result.Clarify = promise.Target, promise.Bound, promise.Answer, promise.Clarify
	result.P50, result.P99 = e.percentile(0.5), e.percentile(0.99)
	return json.NewEncoder(t.out).Encode(result)
}

// evaluator asks Emma questions as first messages of visitors.
type evaluator struct {
	emma     *bot.Bot
	base     *knowledge.Base
	language string
	took     []time.Duration
}

func (e *evaluator) ask(ctx context.Context, q askedQuestion) (prediction, error) {
	asked := bot.Question{Memory: bot.Memory{Language: q.Language}}
	if e.language != "auto" {
		asked.Memory = bot.Memory{Language: e.language, Chosen: true}
	}
	begun := time.Now()
	asked.Text, _ = bot.Mask(q.Q)
	d, err := e.emma.Decide(ctx, asked)
	e.took = append(e.took, time.Since(begun))
	if err != nil {
		return prediction{}, err
	}
	p := prediction{Q: q.Q, Decision: d.Action, Reason: d.Reason, Top: d.Candidates}
	if len(p.Top) == 0 { // she decided without looking anything up
		found, err := e.base.Search(ctx, knowledge.Query{Text: asked.Text, Language: d.Language})
		if err != nil {
			return prediction{}, err
		}
		for _, hit := range found.Hits {
			p.Top = append(p.Top, bot.Candidate{Article: hit.Article.ID, Confidence: hit.Confidence})
		}
	}
	// What she answered comes first, also where a rule chose it and not the search.
	if d.Action == bot.Answer && d.Article != "" && (len(p.Top) == 0 || p.Top[0].Article != d.Article) {
		p.Top = slices.DeleteFunc(slices.Clone(p.Top), func(c bot.Candidate) bool { return c.Article == d.Article })
		p.Top = slices.Insert(p.Top, 0, bot.Candidate{Article: d.Article, Confidence: d.Confidence})
		p.Top = p.Top[:min(len(p.Top), 5)]
	}
	if p.Top == nil {
		p.Top = []bot.Candidate{}
	}
	return p, nil
}

// percentile of the time that a decision took, in microseconds.
func (e *evaluator) percentile(share float64) float64 {
	if len(e.took) == 0 {
		return 0
	}
	slices.SortFunc(e.took, cmp.Compare)
	return float64(e.took[int(share*float64(len(e.took)-1))].Nanoseconds()) / 1000
}

func trial(q askedQuestion, p prediction) knowledge.Trial {
	// Safety lines are said whatever the base holds: they answer no question.
	t := knowledge.Trial{Answered: p.Decision == bot.Answer && p.Reason != bot.Safety}
	if q.Article != nil {
		t.Right = *q.Article
	}
	for _, c := range p.Top {
		t.Ranked = append(t.Ranked, c.Article)
	}
	if len(p.Top) > 0 {
		t.Confidence = p.Top[0].Confidence
	}
	return t
}

// articlesLanguage is the language whose promise is reported.
func articlesLanguage(articles []knowledge.Article, asked string) string {
	if asked != "auto" || len(articles) == 0 {
		return asked
	}
	return cmp.Or(articles[0].Language, knowledge.English)
}

// fixedArticles is a source that never changes.
type fixedArticles []knowledge.Article

// Published implements knowledge.Source.
func (f fixedArticles) Published(_ context.Context, after int64) ([]knowledge.Article, int64, error) {
	if after > 0 {
		return nil, 1, nil
	}
	return f, 1, nil
}

func published(articles []knowledge.Article) []knowledge.Article {
	out := slices.Clone(articles)
	for i := range out {
		out[i].Status, out[i].Revision, out[i].Change = knowledge.StatusPublished, 1, 1
		if out[i].Language == "" {
			out[i].Language = knowledge.English
		}
	}
	return out
}

// readLines reads a file of JSON objects, one a line; empty lines are left out.
func readLines[T any](file string) ([]T, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, cause(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	var all []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, mostLine)
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var one T
		if err := json.Unmarshal(line, &one); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", file, number, err)
		}
		all = append(all, one)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return all, nil
}

// create opens a file for JSON lines; an empty name throws them away.
func create(file string) (out *json.Encoder, done func() error, err error) {
	if file == "" {
		return json.NewEncoder(io.Discard), func() error { return nil }, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, nil, fmt.Errorf("writing %s: %w", file, cause(err))
	}
	buffered := bufio.NewWriter(f)
	return json.NewEncoder(buffered), func() error { return errors.Join(buffered.Flush(), f.Close()) }, nil
}
