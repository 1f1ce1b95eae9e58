package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// heading is the front matter of an article's Markdown file.
type heading struct {
	Status        string   `yaml:"status,omitempty"` // left out when published
	Question      string   `yaml:"question"`
	Topic         string   `yaml:"topic,omitempty"`
	Route         string   `yaml:"route,omitempty"`
	Source        *origin  `yaml:"source,omitempty"`
	ReviewBy      string   `yaml:"review_by,omitempty"`
	Owner         string   `yaml:"owner,omitempty"`
	EffectiveFrom string   `yaml:"effective_from,omitempty"`
	ExpiresOn     string   `yaml:"expires_on,omitempty"`
	FollowUps     []string `yaml:"follow_ups,omitempty,flow"`
	Flag          string   `yaml:"flag,omitempty"`
	Alternates    []string `yaml:"alternates,omitempty"`
}

type origin struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// ReadMarkdown reads one article from a Markdown file with YAML front matter between
// two lines of "---"; what follows is the answer. A key that no article has is an
// error, so that a slip of the pen does not lose content. The article is not
// validated and has the given id and language.
func ReadMarkdown(id, language string, content []byte) (Article, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(content, []byte("---\n"))
	if !ok {
		return Article{}, invalid("the file does not begin with a line ---")
	}
	front, answer, ok := bytes.Cut(rest, []byte("\n---\n"))
	if !ok {
		return Article{}, invalid("the front matter has no closing line ---")
	}
	var h heading
	decoder := yaml.NewDecoder(bytes.NewReader(front))
	decoder.KnownFields(true)
	if err := decoder.Decode(&h); err != nil && !errors.Is(err, io.EOF) {
		return Article{}, invalid("the front matter cannot be read: %v", err)
	}
	a := Article{
		ID: id, Language: language, Status: Status(h.Status), Topic: h.Topic, Question: strings.TrimSpace(h.Question), Route: h.Route,
		ReviewBy: h.ReviewBy, Owner: h.Owner, EffectiveFrom: h.EffectiveFrom, ExpiresOn: h.ExpiresOn, FollowUps: h.FollowUps,
		Flag: h.Flag, Alternates: h.Alternates, Answer: strings.TrimSpace(string(answer)),
	}
	if h.Source != nil {
		a.Source = Link{Title: h.Source.Title, URL: h.Source.URL}
	}
	return a, nil
}

// WriteMarkdown is the inverse of ReadMarkdown.
func WriteMarkdown(a Article) ([]byte, error) {
	h := heading{
		Question: a.Question, Topic: a.Topic, Route: a.Route, ReviewBy: a.ReviewBy, Owner: a.Owner, EffectiveFrom: a.EffectiveFrom,
		ExpiresOn: a.ExpiresOn, FollowUps: a.FollowUps, Flag: a.Flag, Alternates: a.Alternates,
	}
	if a.Status != StatusPublished {
		h.Status = string(a.Status)
	}
	if a.Source != (Link{}) {
		h.Source = &origin{Title: a.Source.Title, URL: a.Source.URL}
	}
	var out bytes.Buffer
	out.WriteString("---\n")
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := errors.Join(encoder.Encode(h), encoder.Close()); err != nil {
		return nil, fmt.Errorf("writing %s as Markdown: %w", a.Key(), err)
	}
	out.WriteString("---\n" + strings.TrimSpace(a.Answer) + "\n")
	return out.Bytes(), nil
}
