package knowledge

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
)

// recipe numbers the way that articles are indexed and weights are fitted. What was
// made in another way is made again.
const recipe = 10

// fittedHead says what kept weights belong to.
type fittedHead struct {
	Recipe   int      `json:"recipe"`
	Articles string   `json:"articles"` // fingerprint of the edition
	Classes  int      `json:"classes"`  // 0 without a classifier
	Step     float32  `json:"step"`
	Sizes    []int    `json:"sizes"` // of the classifier's parts
	Verdicts verdicts `json:"verdicts"`
}

// keep writes the fitted weights of an edition.
func (c *cache) keep(e *edition, j *judge) error {
	head := fittedHead{Recipe: recipe, Articles: e.fingerprint(), Verdicts: j.verdicts}
	if k := j.classifier; k != nil {
		head.Classes, head.Step = k.classes, k.step
		head.Sizes = []int{len(k.full), len(k.rows), len(k.from), len(k.article), len(k.weight)}
	}
	line, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("keeping the fitted weights: %w", err)
	}
	content := append(line, '\n')
	if k := j.classifier; k != nil {
		for _, part := range []any{k.full, k.rows, k.from, k.article, k.weight} {
			if content, err = binary.Append(content, binary.LittleEndian, part); err != nil {
				return fmt.Errorf("keeping the fitted weights: %w", err)
			}
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
		if head.Classes != len(m.shapes) {
			return nil, fs.ErrNotExist
		}
		if j.classifier, err = head.classifier(weights, len(m.value)); err != nil {
			return nil, err
		}
	}
	return j, nil
}

// classifier reads the one that the head describes.
func (h fittedHead) classifier(content []byte, grams int) (*classifier, error) {
	k := &classifier{classes: h.Classes, step: h.Step, scale: kindScale()}
	if len(h.Sizes) != 5 || slices.Min(h.Sizes) < 0 || slices.Max(h.Sizes) > len(content) {
		return nil, fmt.Errorf("the sizes of the classifier: %w", errDamaged)
	}
	k.full, k.rows, k.from = make([]int32, h.Sizes[0]), make([]uint64, h.Sizes[1]), make([]uint32, h.Sizes[2])
	k.article, k.weight = make([]uint16, h.Sizes[3]), make([]int16, h.Sizes[4])
	for _, part := range []any{k.full, k.rows, k.from, k.article, k.weight} {
		n, err := binary.Decode(content, binary.LittleEndian, part)
		if err != nil {
			return nil, fmt.Errorf("the parts of the classifier: %w: %w", err, errDamaged)
		}
		content = content[n:]
	}
	return k, k.check(grams)
}
