package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"emma/handoff"
)

// writeTeams prints teams as YAML, the fields in the order in which they are declared,
// below a word on what cannot be guessed.
func writeTeams(out io.Writer, teams []handoff.Team) error {
	content, err := json.Marshal(map[string]any{"teams": teams})
	if err != nil {
		return fmt.Errorf("writing the teams: %w", err)
	}
	var node yaml.Node // JSON is YAML in one line
	if err := yaml.Unmarshal(content, &node); err != nil {
		return fmt.Errorf("writing the teams: %w", err)
	}
	unfold(&node)
	node.HeadComment = "languages: " + handoff.LanguageRule
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	if err := encoder.Encode(&node); err != nil {
		return fmt.Errorf("writing the teams: %w", err)
	}
	return encoder.Close()
}

// unfold writes lists of single values in one line and everything else over several.
func unfold(node *yaml.Node) {
	node.Style = 0
	if node.Kind == yaml.SequenceNode {
		node.Style = yaml.FlowStyle
		for _, item := range node.Content {
			if item.Kind != yaml.ScalarNode {
				node.Style = 0
			}
		}
	}
	for _, item := range node.Content {
		unfold(item)
	}
}

// readTeams reads a file of teams, in YAML or JSON.
func readTeams(content []byte) ([]handoff.Team, error) {
	var node yaml.Node
	if err := yaml.Unmarshal(content, &node); err != nil {
		return nil, fmt.Errorf("it is not YAML: %w", err)
	}
	asText(&node)
	var file struct{ Teams []map[string]any }
	if err := node.Decode(&file); err != nil || len(file.Teams) == 0 {
		return nil, errors.New("it has no list of teams (teams: …); emma team show prints one to begin with")
	}
	var teams []handoff.Team
	for _, plain := range file.Teams {
		content, err := json.Marshal(plain)
		if err != nil {
			return nil, fmt.Errorf("reading a team: %w", err)
		}
		team, err := handoff.ReadTeam(content)
		if err != nil {
			return nil, err
		}
		teams = append(teams, team)
	}
	return teams, nil
}

// asText keeps dates such as 2026-12-24 the text that they are.
func asText(node *yaml.Node) {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!timestamp" {
		node.Tag = "!!str"
	}
	for _, item := range node.Content {
		asText(item)
	}
}
