package knowledge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// readQnA reads a .tsv file as QnA Maker and its successor export it: a row for each
// wording, rows of one answer share a QnaId. The first wording is the question;
// metadata "topic" and "route" are taken over, prompts become follow-ups. Ids are
// qna-<QnaId>, so that the same export twice is the same articles.
func (b *Batch) readQnA(file string, content []byte, language string) {
	content, ok := b.text(file, content)
	if !ok {
		return
	}
	var header []string
	var order []string
	pairs, places := map[string]*Article{}, map[string]Place{}
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		place := Place{file, number}
		line = strings.TrimRight(line, "\r\n")
		cells := strings.Split(line, "\t")
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case header == nil:
			for _, name := range cells {
				header = append(header, strings.ToLower(strings.TrimSpace(name)))
			}
			for _, name := range []string{"question", "answer"} {
				if !slices.Contains(header, name) {
					b.flaw(place, "there is no column %q; a .tsv file must be an export of QnA Maker, with Question and Answer in its first row", name)
					return
				}
			}
			continue
		}
		row := qnaRow{header, cells}
		id := row.id()
		if id == "" {
			b.flaw(place, "the row has neither a QnaId nor a question to name it by")
			continue
		}
		if pairs[id] == nil {
			a := row.article(id, language)
			pairs[id], places[id] = &a, place
			order = append(order, id)
		} else if q := row.question(); q != pairs[id].Question {
			pairs[id].Alternates = append(pairs[id].Alternates, q)
		}
	}
	for _, id := range order {
		b.add(places[id], *pairs[id])
	}
	if len(order) == 0 && len(b.Flaws) == 0 {
		b.flaw(Place{file, 0}, "the file holds no questions")
	}
}

// qnaRow is one row under the header in small letters.
type qnaRow struct{ header, cells []string }

func (r qnaRow) cell(name string) string {
	if i := slices.Index(r.header, name); i >= 0 && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// question and answer undo the way in which the export writes line breaks.
func (r qnaRow) question() string {
	return strings.Join(strings.Fields(strings.NewReplacer(`\n`, " ", `\r`, " ", `\t`, " ").Replace(r.cell("question"))), " ")
}

func (r qnaRow) answer() string {
	return strings.NewReplacer(`\n`, "\n", `\r`, "", `\t`, "\t").Replace(r.cell("answer"))
}

// id is stable over exports: of the QnaId, or of the question where there is none.
func (r qnaRow) id() string {
	if n, err := strconv.Atoi(r.cell("qnaid")); err == nil && n > 0 {
		return fmt.Sprintf("qna-%d", n)
	}
	return slug(r.question())
}

func (r qnaRow) article(id, language string) Article {
	a := Article{ID: id, Language: language, Question: r.question(), Answer: r.answer()}
	if source := r.cell("source"); strings.HasPrefix(source, "https://") || strings.HasPrefix(source, "http://") {
		a.Source = Link{Title: r.cell("sourcedisplayname"), URL: source}
	}
	tags := r.metadata()
	a.Topic, a.Route = tags["topic"], strings.ToLower(tags["route"])
	var prompts []struct{ QnaID int } // letter case does not matter
	if json.Unmarshal([]byte(r.cell("prompts")), &prompts) == nil {
		for _, p := range prompts {
			if next := fmt.Sprintf("qna-%d", p.QnaID); p.QnaID > 0 && next != id && len(a.FollowUps) < MaxFollowUps {
				a.FollowUps = append(a.FollowUps, next)
			}
		}
	}
	return a
}

// metadata reads both forms: name:value|name:value, and a JSON list of pairs.
func (r qnaRow) metadata() map[string]string {
	cell, out := r.cell("metadata"), map[string]string{}
	var list []struct{ Name, Value string }
	if json.Unmarshal([]byte(cell), &list) == nil {
		for _, pair := range list {
			out[strings.ToLower(pair.Name)] = pair.Value
		}
		return out
	}
	for pair := range strings.SplitSeq(cell, "|") {
		if name, value, ok := strings.Cut(pair, ":"); ok {
			out[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
	}
	return out
}

// slug makes an id of a text: small letters, digits and hyphens, at most 60.
func slug(text string) string {
	words := strings.FieldsFunc(fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := strings.Join(words, "-")
	if len(id) > 60 {
		id = strings.TrimRight(id[:60], "-")
	}
	return id
}
