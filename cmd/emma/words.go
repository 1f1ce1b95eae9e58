package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"emma/web"
)

// readWords reads files such as fr.json: texts of the widget by name, for the language
// that the file is named after. Its errors say what to mend.
func readWords(files []string) (web.Words, error) {
	words := web.Words{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		texts := map[string]string{}
		if err := json.Unmarshal(content, &texts); err != nil {
			return nil, fmt.Errorf("%s is not an object of names and texts: %w", file, err)
		}
		words[strings.TrimSuffix(filepath.Base(file), ".json")] = texts
	}
	return words, words.Validate()
}
