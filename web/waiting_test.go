package web

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"emma/handoff"
)

func crowd(n int) handoff.Board {
	var b handoff.Board
	for i := range n {
		b.Waiting = append(b.Waiting, handoff.Conversation{ID: fmt.Sprintf("0192f0c1-7e3a-7b4e-9a51-%012d", i), State: handoff.StateWaiting, Team: "general", Tier: 1,
			Title: fmt.Sprintf(`Question %d: "[]" <b>about</b> a card that did not come`, i), Page: "https://www.example.org/cards", WaitingSince: time.UnixMilli(1700000000000), LastSeq: int64(i)})
	}
	return b
}

func TestTheDeskIsEncodedAsAlways(t *testing.T) {
	texts := &rowTexts{}
	for round, n := range []int{0, 1, 3, 3, rowsKept + 5, 3, 2*rowsKept + 7, 0} {
		b := crowd(n)
		if n > 2 {
			b.Waiting[1].Unread = round
			b.Mine = b.Waiting[:1]
		}
		if got, want := texts.frame(b), encode(deskOf(b)); !bytes.Equal(got, want) {
			t.Errorf("round %d with %d rows:\ngot  %.300s\nwant %.300s", round, n, got, want)
		}
		if len(texts.now) > rowsKept || len(texts.before) > rowsKept {
			t.Errorf("round %d: %d and %d rows are kept, more than %d", round, len(texts.now), len(texts.before), rowsKept)
		}
	}
}

// BenchmarkDesk encodes the desk of 500 who wait, of whom one has changed.
func BenchmarkDesk(b *testing.B) {
	texts, board := &rowTexts{}, crowd(500)
	for name, frame := range map[string]func() []byte{
		"each": func() []byte { return encode(deskOf(board)) }, "once": func() []byte { return texts.frame(board) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				board.Waiting[i%500].LastSeq++
				frame()
			}
		})
	}
}
