package store

import (
	"context"
	"sync"
	"sync/atomic"

	"emma/handoff"
)

// job is a piece of work inside a transaction. run may be called again when the
// whole batch has to be repeated, so it must set what it returns anew each time.
type job struct {
	order   string
	agents  []string // whose presence is locked before any conversation
	run     func(t *tx) error
	signals []handoff.Signal
	events  []handoff.Event        // for the tail
	changed []handoff.Conversation // for what the writer knows by heart
	err     error
	taken   atomic.Bool // by the writer, or by the one who waits to call it off
	done    chan struct{}
	once    sync.Once
}

// take reports whether the job is the caller's: to run it, or to see to it that it never
// runs. It is so for one caller.
func (j *job) take() bool { return j.taken.CompareAndSwap(false, true) }

// begin forgets what an earlier try of the job left behind.
func (j *job) begin() {
	j.signals, j.events, j.changed = j.signals[:0], j.events[:0], j.changed[:0]
}

// answer lets the one who waits for the job go on.
func (j *job) answer() { j.once.Do(func() { close(j.done) }) }

// tx is what a job writes through. Its statements are prepared once per writer.
type tx struct {
	w   *writer
	job *job
}

// exec runs a statement and returns how many rows it touched.
func (t *tx) exec(query string, args ...any) (int64, error) {
	ctx := context.Background()
	s, err := t.w.prepared(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// row runs a statement that returns one row and scans it.
func (t *tx) row(dest []any, query string, args ...any) error {
	ctx := context.Background()
	s, err := t.w.prepared(ctx, query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(dest...)
}

// rows runs a statement and gives each of its rows to take.
func (t *tx) rows(take func(scan func(...any) error) error, query string, args ...any) error {
	ctx := context.Background()
	s, err := t.w.prepared(ctx, query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := take(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (t *tx) tell(signals ...handoff.Signal) { t.job.signals = append(t.job.signals, signals...) }
