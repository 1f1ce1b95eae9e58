package store

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"emma/handoff"
)

const (
	// intake bounds the jobs that wait for a writer; one more is refused.
	intake = 4096
	// batchLimit bounds the jobs of one transaction.
	batchLimit = 512
)

// writer owns one connection and is the only one that writes through it.
type writer struct {
	store   *Store
	jobs    chan *job
	quit    chan struct{}
	stopped chan struct{}

	conn       *sql.Conn
	statements map[string]*sql.Stmt
	known      *known // nil with PostgreSQL
	written    int    // jobs since the last checkpoint was asked for
}

// startWriter connects a writer and starts it. stop waits for its end.
func startWriter(ctx context.Context, s *Store) (*writer, error) {
	w := &writer{
		store: s, jobs: make(chan *job, intake), quit: make(chan struct{}), stopped: make(chan struct{}),
		statements: map[string]*sql.Stmt{},
	}
	if s.engine == SQLite {
		w.known = newKnown()
	}
	if err := w.connect(ctx); err != nil {
		return nil, fmt.Errorf("connecting a writer: %w", err)
	}
	go w.loop()
	return w, nil
}

// stop lets the writer finish the jobs it has and refuses new ones.
func (w *writer) stop() {
	close(w.quit)
	<-w.stopped
}

// do runs a job and returns when it is durable; one that has not begun when the context
// ends never begins. order sorts the jobs of a batch: the id of the conversation that it
// locks, or empty.
func (s *Store) do(ctx context.Context, order string, run func(t *tx) error) error {
	return s.doLocked(ctx, order, nil, run)
}

// doLocked is do for a job that also locks the presence of agents.
func (s *Store) doLocked(ctx context.Context, order string, agents []string, run func(t *tx) error) error {
	w := s.writerFor(order)
	j := &job{order: order, agents: agents, run: run, done: make(chan struct{})}
	select {
	case <-w.quit:
		return handoff.ErrBusy
	default:
	}
	select {
	case w.jobs <- j:
	default:
		return handoff.ErrBusy
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		if j.take() {
			return ctx.Err()
		}
	case <-w.stopped:
	}
	// What it returns may be written to until it is done or can never begin.
	select {
	case <-j.done:
		return j.err
	case <-w.stopped:
	}
	select {
	case <-j.done:
		return j.err
	default:
		return handoff.ErrBusy
	}
}

func (w *writer) loop() {
	defer close(w.stopped)
	defer w.disconnect()
	batch := make([]*job, 0, batchLimit)
	idle := time.NewTimer(checkpointIdle)
	defer idle.Stop()
	for {
		select {
		case j := <-w.jobs:
			batch = append(batch[:0], j)
		case <-idle.C:
			w.checkpoint(1)
			continue
		case <-w.quit:
			select {
			case j := <-w.jobs:
				batch = append(batch[:0], j)
			default:
				return
			}
		}
	collect:
		for len(batch) < batchLimit {
			select {
			case j := <-w.jobs:
				batch = append(batch, j)
			default:
				break collect
			}
		}
		slices.SortStableFunc(batch, func(a, b *job) int { return cmp.Compare(a.order, b.order) })
		batch = slices.DeleteFunc(batch, func(j *job) bool { return !j.take() })
		if len(batch) > 0 {
			w.write(batch)
		}
		w.written += len(batch)
		clear(batch)
		w.checkpoint(checkpointJobs)
		idle.Reset(checkpointIdle)
	}
}

// write makes a batch durable, then wakes whoever follows and answers its jobs, in this
// order: who has the answer to a change does not find anybody of this process on the
// state before it.
func (w *writer) write(batch []*job) {
	w.acknowledgeEarly(batch)
	err := w.transact(batch, false)
	if errors.Is(err, errSpoilt) {
		err = w.transact(batch, true)
	}
	if err != nil {
		if len(batch) > 1 && w.conn != nil {
			// One job may have spoilt it for all (a deadlock, a full savepoint stack):
			// each gets a transaction of its own.
			for _, j := range batch {
				w.write([]*job{j})
			}
			return
		}
		for _, j := range batch {
			j.err = err
		}
	}
	var signals []handoff.Signal
	for _, j := range batch {
		if j.err == nil {
			w.store.tail.add(j.events)
			w.known.keep(j.changed)
			signals = append(signals, j.signals...)
		}
	}
	w.store.bus.publish(signals)
	for _, j := range batch {
		j.answer()
	}
	// Those who were answered come first: without this they would wait for the processor
	// until the next batch, for which more jobs gather meanwhile, is being synced.
	runtime.Gosched()
}

// errSpoilt is the end of a transaction without savepoints: one of its jobs failed.
var errSpoilt = errors.New("a job failed and undid the others")

// transact runs the jobs in one transaction. An error means that nothing of the
// batch is known to be stored. Jobs that fail are rare and savepoints are not free: only
// guarded jobs have one each; without them the first failure of several ends the whole
// with errSpoilt.
func (w *writer) transact(batch []*job, guarded bool) (err error) {
	ctx := context.Background()
	if w.conn == nil {
		if err := w.connect(ctx); err != nil {
			return fmt.Errorf("%w: the database does not answer: %w", handoff.ErrBusy, err)
		}
	}
	defer func() {
		if err == nil {
			return
		}
		if rollback := w.control(ctx, "ROLLBACK"); rollback != nil {
			w.disconnect() // whatever state it is in, a new connection has none
		}
	}()
	begin := "BEGIN"
	if w.store.engine == SQLite {
		begin = "BEGIN IMMEDIATE"
	}
	if err := w.control(ctx, begin); err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	if err := w.known.look(w); err != nil {
		return err
	}
	if err := w.lockAgents(batch); err != nil {
		return err
	}
	var signals []handoff.Signal
	for _, j := range batch {
		if guarded {
			if err := w.runGuarded(ctx, j); err != nil {
				return err
			}
		} else if w.run(j); j.err != nil && len(batch) > 1 {
			return errSpoilt
		} else if j.err != nil {
			// Alone it needs no savepoint: what undoes the job undoes the transaction.
			if err := w.control(ctx, "ROLLBACK"); err != nil {
				w.disconnect()
			}
			return nil
		}
		if j.err == nil {
			signals = append(signals, j.signals...)
		}
	}
	if w.store.relay != nil && len(signals) > 0 {
		if _, err := w.conn.ExecContext(ctx, `SELECT pg_notify('emma', $1)`, w.store.relay.encode(signals)); err != nil {
			return fmt.Errorf("notifying the other nodes: %w", err)
		}
	}
	if err := w.control(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	w.known.committed(w)
	return nil
}

func (w *writer) run(j *job) {
	j.begin()
	j.err = j.run(&tx{w: w, job: j})
}

// runGuarded runs a job in a savepoint, so that its failure undoes only itself. The
// error returned is one of the connection; the job's own is in j.err.
func (w *writer) runGuarded(ctx context.Context, j *job) error {
	if err := w.control(ctx, "SAVEPOINT job"); err != nil {
		return fmt.Errorf("setting a savepoint: %w", err)
	}
	if w.run(j); j.err != nil {
		if err := w.control(ctx, "ROLLBACK TO SAVEPOINT job"); err != nil {
			return fmt.Errorf("undoing a job: %w", errors.Join(err, j.err))
		}
	}
	if err := w.control(ctx, "RELEASE SAVEPOINT job"); err != nil {
		return fmt.Errorf("releasing a savepoint: %w", err)
	}
	return nil
}

func (w *writer) connect(ctx context.Context) (err error) {
	if w.conn, err = w.store.write.Conn(ctx); err != nil {
		w.conn = nil
	}
	return err
}

func (w *writer) disconnect() {
	for _, statement := range w.statements {
		_ = statement.Close() // it goes with the connection anyway
	}
	clear(w.statements)
	w.known.forget()
	if w.conn == nil {
		return
	}
	// The connection may be in any state: make sure that the pool does not keep it.
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = w.conn.Close()
	w.conn = nil
}

// prepared returns a statement that is prepared once per connection.
func (w *writer) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := w.statements[query]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	w.statements[query] = s
	return s, nil
}

// control runs a statement about the transaction itself.
func (w *writer) control(ctx context.Context, query string) error {
	s, err := w.prepared(ctx, query)
	if err == nil {
		_, err = s.ExecContext(ctx)
	}
	return err
}
