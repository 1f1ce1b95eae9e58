package knowledge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// record is an article in a file: a line of JSON. What is empty is left out.
type record struct {
	ID            string   `json:"id"`
	Language      string   `json:"language"`
	Status        Status   `json:"status,omitempty"` // left out when published
	Topic         string   `json:"topic,omitempty"`
	Question      string   `json:"question"`
	Alternates    []string `json:"alternates,omitempty"`
	Answer        string   `json:"answer"`
	Source        *Link    `json:"source,omitempty"`
	FollowUps     []string `json:"follow_ups,omitempty"`
	Route         string   `json:"route,omitempty"`
	ReviewBy      string   `json:"review_by,omitempty"`
	Owner         string   `json:"owner,omitempty"`
	EffectiveFrom string   `json:"effective_from,omitempty"`
	ExpiresOn     string   `json:"expires_on,omitempty"`
	Flag          string   `json:"flag,omitempty"`
}

func recordOf(a Article) record {
	r := record{
		ID: a.ID, Language: a.Language, Status: a.Status, Topic: a.Topic, Question: a.Question, Alternates: a.Alternates, Answer: a.Answer,
		FollowUps: a.FollowUps, Route: a.Route, ReviewBy: a.ReviewBy, Owner: a.Owner, EffectiveFrom: a.EffectiveFrom, ExpiresOn: a.ExpiresOn, Flag: a.Flag,
	}
	if r.Status == StatusPublished {
		r.Status = ""
	}
	if a.Source != (Link{}) {
		r.Source = &a.Source
	}
	return r
}

func (r record) article() Article {
	a := Article{
		ID: r.ID, Language: r.Language, Status: r.Status, Topic: r.Topic, Question: r.Question, Alternates: r.Alternates, Answer: r.Answer,
		FollowUps: r.FollowUps, Route: r.Route, ReviewBy: r.ReviewBy, Owner: r.Owner, EffectiveFrom: r.EffectiveFrom, ExpiresOn: r.ExpiresOn, Flag: r.Flag,
	}
	if r.Source != nil {
		a.Source = *r.Source
	}
	return a
}

func (b *Batch) readJSONLines(file string, content []byte, language string) {
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))) {
		number++
		line = bytes.TrimSpace(line)
		place := Place{file, number}
		switch {
		case len(line) == 0:
			continue
		case line[0] == '[':
			b.flaw(place, "this is a list; write each article on a line of its own, without [ ] around them and commas between them")
			return
		case !utf8.Valid(line):
			b.flaw(place, "the text is not UTF-8; save the file as UTF-8")
			continue
		}
		r := record{Language: language}
		if err := decodeLine(line, &r); err != nil {
			b.flaw(place, "%s", err)
			continue
		}
		b.add(place, r.article())
	}
	if number == 0 {
		b.flaw(Place{file, 0}, "the file is empty")
	}
}

// decodeLine reads one JSON object; its errors are sentences for editors.
func decodeLine(line []byte, r *record) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(r)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return errors.New("there is something after the article; write each article on a line of its own")
		}
		return nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the line ends in the middle of the article; an article must stand on one line")
	case errors.As(err, &syntax):
		return fmt.Errorf("this is not JSON (at character %d: %s)", syntax.Offset, strings.TrimPrefix(syntax.Error(), "json: "))
	case errors.As(err, &kind):
		return fmt.Errorf("%q holds a %s where something else belongs; texts stand in \"quotes\", lists in [\"a\", \"b\"]", kind.Field, kind.Value)
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return fmt.Errorf("there is no field %s; the fields are %s", strings.TrimPrefix(err.Error(), "json: unknown field "), strings.Join(columns(), ", "))
	}
	return err
}

// WriteJSONLines writes one article a line, in the given order.
func WriteJSONLines(w io.Writer, articles []Article) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, a := range articles {
		if err := encoder.Encode(recordOf(a.Normal())); err != nil {
			return fmt.Errorf("writing %s: %w", a.Key(), err)
		}
	}
	return nil
}
