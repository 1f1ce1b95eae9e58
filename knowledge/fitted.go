package knowledge

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
)

// recipe numbers the way that articles are indexed and weights are fitted. What was
// made in another way is made again.
const recipe = 7

// fittedHead says what kept weights belong to.
type fittedHead struct {
	Recipe   int      `json:"recipe"`
	Articles string   `json:"articles"` // fingerprint of the edition
	Classes  int      `json:"classes"`  // 0 without a classifier
	Weights  int      `json:"weights"`
	Verdicts verdicts `json:"verdicts"`
}

// keep writes the fitted weights of an edition.
func (c *cache) keep(e *edition, j *judge) error {
	head := fittedHead{Recipe: recipe, Articles: e.fingerprint(), Verdicts: j.verdicts}
	if j.classifier != nil {
		head.Classes, head.Weights = j.classifier.classes, len(j.classifier.weights)
	}
	line, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("keeping the fitted weights: %w", err)
	}
	content := append(line, '\n')
	if j.classifier != nil {
		for _, w := range j.classifier.weights {
			content = binary.LittleEndian.AppendUint32(content, math.Float32bits(w))
		}
	}
	return writeSealed(filepath.Join(c.dir, "fitted-"+e.language), content)
}

// recall returns the judge with the weights that were kept for just this edition. It
// fails with fs.ErrNotExist when there are none.
func (c *cache) recall(e *edition, m *matcher, target float64) (*judge, error) {
	content, err := readSealed(filepath.Join(c.dir, "fitted-"+e.language))
	if err != nil {
		return nil, err
	}
	line, weights, _ := bytes.Cut(content, []byte("\n"))
	var head fittedHead
	if err := json.Unmarshal(line, &head); err != nil || head.Recipe != recipe || head.Articles != e.fingerprint() {
		return nil, fs.ErrNotExist // of other articles or another version
	}
	if _, known := head.Verdicts.aiming(target); !known {
		return nil, fs.ErrNotExist // of another target
	}
	j := &judge{matcher: m, verdicts: head.Verdicts, fitted: true}
	if head.Classes > 0 {
		if head.Classes != len(m.shapes) || head.Weights != len(m.value)*head.Classes || len(weights) != 4*head.Weights {
			return nil, fs.ErrNotExist
		}
		j.classifier = &classifier{classes: head.Classes, weights: make([]float32, head.Weights), scale: kindScale()}
		for i := range j.classifier.weights {
			j.classifier.weights[i] = math.Float32frombits(binary.LittleEndian.Uint32(weights[4*i:]))
		}
	}
	return j, nil
}
