package store

import (
	"context"
	"database/sql"
	"time"

	"go.uber.org/zap"
)

const (
	// checkpointJobs is how many jobs are written to SQLite's log (its WAL) before
	// they are copied into the database file: so few that a commit, which comes to the same
	// disk at the same time, does not wait long behind them.
	checkpointJobs = 400
	// checkpointIdle copies what is left when nothing more comes.
	checkpointIdle = time.Second
	// walPages bounds the log. Copying beside the writer cannot start the log anew
	// while the writer goes on; beyond this many pages (of 4 KiB) the writer waits.
	walPages = 16 << 10
)

// checkpointer copies SQLite's log into the database file on a connection of its
// own. SQLite would do it inside a commit, and everyone who waits for that commit
// would wait for two more syncs.
type checkpointer struct {
	db      *sql.DB
	log     *zap.Logger
	due     chan struct{} // capacity 1: a look is due
	grown   chan struct{} // capacity 1: the writer must start the log anew
	cancel  context.CancelFunc
	stopped chan struct{}
}

// startCheckpointer starts it on the writers' pool; stop waits for its end.
func startCheckpointer(db *sql.DB, log *zap.Logger) *checkpointer {
	ctx, cancel := context.WithCancel(context.Background())
	c := &checkpointer{db: db, log: log, due: make(chan struct{}, 1), grown: make(chan struct{}, 1), cancel: cancel, stopped: make(chan struct{})}
	go c.run(ctx)
	return c
}

func (c *checkpointer) stop() {
	c.cancel()
	<-c.stopped
}

// wanted says that there is something to copy.
func (c *checkpointer) wanted() {
	select {
	case c.due <- struct{}{}:
	default:
	}
}

func (c *checkpointer) run(ctx context.Context) {
	defer close(c.stopped)
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.due:
		}
		var busy, pages, copied int
		err := c.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &pages, &copied)
		if err != nil && ctx.Err() == nil {
			c.log.Warn("copying SQLite's log into the database; it is tried again", zap.Error(err))
		}
		if pages > walPages {
			select {
			case c.grown <- struct{}{}:
			default:
			}
		}
	}
}

// checkpoint asks for a checkpoint after so many jobs, and starts SQLite's log anew
// when it has grown too long.
func (w *writer) checkpoint(after int) {
	c := w.store.copier
	if c == nil {
		return
	}
	select {
	case <-c.grown:
		if w.conn != nil {
			// Fails only when a reader holds the log: then the next try does it.
			_, _ = w.conn.ExecContext(context.Background(), `PRAGMA wal_checkpoint(RESTART)`)
		}
	default:
	}
	if w.written >= after {
		w.written = 0
		c.wanted()
	}
}
