package knowledge

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed starter
var starter embed.FS

// Starter returns the articles that come with the program, ordered by language and
// id: sample content about US immigration services, general information and not
// legal advice. They are not published yet.
func Starter() ([]Article, error) {
	var articles []Article
	for _, language := range []string{English, Spanish} {
		files, err := fs.Glob(starter, "starter/"+language+"/*.md")
		if err != nil {
			return nil, fmt.Errorf("listing the starter articles: %w", err)
		}
		for _, file := range files {
			content, err := starter.ReadFile(file)
			if err != nil {
				return nil, fmt.Errorf("reading the starter article %s: %w", file, err)
			}
			a, err := ReadMarkdown(strings.TrimSuffix(path.Base(file), ".md"), language, content)
			if err != nil {
				return nil, fmt.Errorf("starter article %s: %w", file, err)
			}
			articles = append(articles, a)
		}
	}
	return articles, nil
}
