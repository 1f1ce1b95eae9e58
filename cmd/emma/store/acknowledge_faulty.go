//go:build faultyack

package store

import (
	"context"
	"time"
)

// acknowledgeEarly of a faulty build runs the jobs, undoes them, answers them as if
// they were stored, and only then, a moment later, lets them be written.
func (w *writer) acknowledgeEarly(batch []*job) {
	ctx := context.Background()
	if _, err := w.conn.ExecContext(ctx, "BEGIN"); err != nil {
		return
	}
	for _, j := range batch {
		if w.runGuarded(ctx, j) != nil {
			break
		}
	}
	if _, err := w.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		return
	}
	for _, j := range batch {
		j.answer()
	}
	time.Sleep(200 * time.Millisecond)
}
