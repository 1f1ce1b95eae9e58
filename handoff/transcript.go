package handoff

import (
	"context"
	"fmt"
	"html"
	"strings"
	"time"
)

// Transcript is a conversation as its visitor saw it, with numbers hidden.
type Transcript struct {
	Conversation string
	Language     string
	Title        string
	Began        time.Time
	Lines        []TranscriptLine
}

// TranscriptLine is one message.
type TranscriptLine struct {
	Who  string
	When string
	Text string
}

// transcriptBatch is how many events are read at once.
const transcriptBatch = 500

// Transcript returns what the visitor of a conversation saw.
func (d *Desk) Transcript(ctx context.Context, c Conversation) (Transcript, error) {
	language := c.Language()
	if language == "" {
		language = "en"
	}
	t := Transcript{Conversation: c.ID, Language: language, Title: d.emma.Say("transcript_title", language), Began: c.OpenedAt}
	for seq := int64(0); ; {
		events, err := d.store.EventsAfter(ctx, c.ID, seq, transcriptBatch)
		if err != nil {
			return Transcript{}, fmt.Errorf("reading a transcript: %w", err)
		}
		for _, e := range events {
			seq = e.Seq
			if e.Kind == KindMessage {
				t.Lines = append(t.Lines, d.transcriptLine(e, language))
			}
		}
		if len(events) < transcriptBatch {
			return t, nil
		}
	}
}

func (d *Desk) transcriptLine(e Event, language string) TranscriptLine {
	who := d.emma.Say("transcript_"+string(e.Author), language)
	if e.Author == AuthorAgent {
		who = e.Name + " (" + who + ")"
	}
	text := maskNumbers(e.Text)
	for _, link := range e.Links {
		text += "\n" + link.Title + ": " + link.URL
	}
	return TranscriptLine{Who: who, When: momentText(e.At, d.Hours().Zone, language), Text: text}
}

// Text is the transcript as plain text.
func (t Transcript) Text() string {
	var b strings.Builder
	b.WriteString(t.Title + "\n\n")
	for _, line := range t.Lines {
		fmt.Fprintf(&b, "%s, %s\n%s\n\n", line.Who, line.When, line.Text)
	}
	return b.String()
}

// HTML is the transcript as a page of its own, which loads nothing and runs nothing.
func (t Transcript) HTML() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html>
<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>%s</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1d2b29;background:#fff}
h1{font-size:1.375rem;font-weight:600}ol{list-style:none;padding:0}li{margin:0 0 1.25rem}b{font-weight:600}
time{color:#55635f;font-size:.875rem}p{margin:.25rem 0;white-space:pre-line;overflow-wrap:anywhere}</style></head>
<body><h1>%s</h1>
<ol>
`, html.EscapeString(t.Language), html.EscapeString(t.Title), html.EscapeString(t.Title))
	for _, line := range t.Lines {
		fmt.Fprintf(&b, "<li><b>%s</b> <time>%s</time><p>%s</p></li>\n", html.EscapeString(line.Who), html.EscapeString(line.When), html.EscapeString(line.Text))
	}
	b.WriteString("</ol></body></html>\n")
	return b.String()
}
