package web

import (
	"bytes"
	"slices"
	"sync"

	"emma/handoff"
)

// rowsKept bounds how many encoded rows a generation of rowTexts holds.
const rowsKept = 2000

// rowTexts keeps rows of the line as they were encoded: each is the same for all who see
// it, so one that has not changed is encoded once, however many agents there are and
// however often the line changes around it.
type rowTexts struct {
	mu          sync.Mutex
	now, before map[rowOut][]byte
}

// frame encodes a snapshot of the desk.
func (t *rowTexts) frame(b handoff.Board) []byte {
	f := deskOf(b)
	waiting := f.Waiting
	f.Waiting = []rowOut{}
	head, tail, _ := bytes.Cut(encode(f), []byte("[]")) // the list of those who wait comes first
	texts, size := t.of(waiting), len(head)+len(tail)+2
	for _, text := range texts {
		size += len(text) + 1
	}
	out := slices.Grow([]byte(nil), size)
	out = append(append(out, head...), '[')
	for i, text := range texts {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, text...)
	}
	return append(append(out, ']'), tail...)
}

// of are the texts of rows, in their order.
func (t *rowTexts) of(rows []rowOut) [][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	texts := make([][]byte, len(rows))
	for i, r := range rows {
		text, ok := t.now[r]
		if !ok {
			if text, ok = t.before[r]; !ok {
				text = encode(r)
			}
			if t.now == nil || len(t.now) >= rowsKept {
				t.now, t.before = make(map[rowOut][]byte, len(rows)), t.now
			}
			t.now[r] = text
		}
		texts[i] = text
	}
	return texts
}
