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
	// walPages is how many pages (of 4 KiB) the log should have. Copying beside the writer
	// cannot start the log anew while the writer goes on; beyond this many the writer copies
	// the last ones itself. Only then SQLite syncs the database file, and everyone waits for
	// it: some 5 ms for so many pages, some 25 for five times as many.
	walPages = 3 << 10
	// mostPages bounds the log: beyond them the writer waits for those who read it.
	mostPages = 16 * walPages
)

// checkpointer copies SQLite's log into the database file on a connection of its
// own. SQLite would do it inside a commit, and everyone who waits for that commit
// would wait for two more syncs.
type checkpointer struct {
	db      *sql.DB
	log     *zap.Logger
	due     chan struct{} // capacity 1: a look is due
	grown   chan int      // capacity 1: the log has so many pages, too many
	cancel  context.CancelFunc
	stopped chan struct{}
}

// startCheckpointer starts it on the writers' pool; stop waits for its end.
func startCheckpointer(db *sql.DB, log *zap.Logger) *checkpointer {
	ctx, cancel := context.WithCancel(context.Background())
	c := &checkpointer{db: db, log: log, due: make(chan struct{}, 1), grown: make(chan int, 1), cancel: cancel, stopped: make(chan struct{})}
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
			case c.grown <- pages:
			default:
			}
		}
	}
}

// checkpoint asks for a checkpoint after so many jobs, and sees to it that SQLite's log
// starts anew when it has grown too long.
func (w *writer) checkpoint(after int) {
	c := w.store.copier
	if c == nil {
		return
	}
	select {
	case pages := <-c.grown:
		// Nearly all is copied. When nothing is left, the next transaction starts the log
		// anew, unless somebody reads it at that moment: then the next try does it.
		mode := `PASSIVE`
		if pages > mostPages {
			mode = `RESTART`
		}
		if w.conn != nil {
			_, _ = w.conn.ExecContext(context.Background(), `PRAGMA wal_checkpoint(`+mode+`)`) // the next try may do it
		}
	default:
	}
	if w.written >= after {
		w.written = 0
		c.wanted()
	}
}
