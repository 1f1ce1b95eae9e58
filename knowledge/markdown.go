package knowledge

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Render turns Markdown into the HTML that visitors get and into plain text.
//
// The HTML holds only these elements, whatever the Markdown says: p br strong em a
// ul ol li code pre blockquote h3 h4 hr table thead tbody tr th td del; the only
// attributes are href on a (http, https, mailto, tel) and start on ol. HTML inside
// the Markdown is dropped. Both results are safe to show; neither fails.
func Render(markdown string) (html, plain string) {
	return newPage().render(markdown)
}

// page renders answers. It is safe for concurrent use.
type page struct {
	markdown goldmark.Markdown
	allowed  *bluemonday.Policy
}

func newPage() *page {
	allowed := bluemonday.NewPolicy()
	allowed.AllowElements("p", "br", "strong", "em", "ul", "ol", "li", "code", "pre", "blockquote",
		"h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td", "del")
	allowed.AllowURLSchemes("http", "https", "mailto", "tel")
	allowed.RequireParseableURLs(true)
	allowed.AllowAttrs("href").OnElements("a")
	allowed.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	return &page{
		allowed: allowed,
		markdown: goldmark.New(
			goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
			goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(headings{}, 100))),
		),
	}
}

func (p *page) render(markdown string) (html, plain string) {
	source := []byte(strings.ToValidUTF8(markdown, ""))
	root := p.markdown.Parser().Parse(text.NewReader(source))
	var out bytes.Buffer
	if err := p.markdown.Renderer().Render(&out, source, root); err != nil {
		return "", ""
	}
	return strings.TrimSpace(p.allowed.Sanitize(out.String())), flatten(root, source)
}

// headings keeps answers below the headings of the page that shows them: there is
// only h3 and h4.
type headings struct{}

func (headings) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = min(max(h.Level, 3), 4)
		}
		return ast.WalkContinue, nil
	})
}

// flatten returns the text of a document: blocks apart by an empty line, list items
// on lines of their own with a mark, the address of a link after its words.
func flatten(root ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			closeText(&b, n)
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Value(source))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			} else if n.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		case *ast.RawHTML, *ast.HTMLBlock, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.CodeBlock:
			b.Write(n.Lines().Value(source))
		case *ast.FencedCodeBlock:
			b.Write(n.Lines().Value(source))
		case *ast.ListItem:
			b.WriteString(itemMark(n))
		case *east.TableCell:
			if n.PreviousSibling() != nil {
				b.WriteString(" | ")
			}
		}
		return ast.WalkContinue, nil
	})
	return tidy(b.String())
}

func closeText(b *strings.Builder, n ast.Node) {
	switch n := n.(type) {
	case *ast.Link:
		if target := string(n.Destination); target != "" && !strings.HasSuffix(b.String(), target) && safeTarget(target) {
			fmt.Fprintf(b, " (%s)", target)
		}
	case *ast.Paragraph, *ast.Heading, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.List, *east.Table:
		b.WriteString("\n\n")
	case *ast.TextBlock, *ast.ListItem, *east.TableRow, *east.TableHeader:
		b.WriteByte('\n')
	}
}

func safeTarget(target string) bool {
	for _, scheme := range []string{"http://", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(strings.ToLower(target), scheme) {
			return true
		}
	}
	return false
}

func itemMark(item *ast.ListItem) string {
	list, ok := item.Parent().(*ast.List)
	if !ok || !list.IsOrdered() {
		return "- "
	}
	number := list.Start
	for n := item.PreviousSibling(); n != nil; n = n.PreviousSibling() {
		number++
	}
	return fmt.Sprintf("%d. ", number)
}

// tidy trims lines and leaves at most one empty line between two.
func tidy(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" && (len(lines) == 0 || lines[len(lines)-1] == "") {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
