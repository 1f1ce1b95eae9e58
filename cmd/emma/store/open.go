package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/stdlib"
	"go.uber.org/zap"
	"modernc.org/sqlite" // also the driver "sqlite"

	"emma/handoff"
)

// Engine is the database behind a Store.
type Engine string

// The engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// Config says where the database is.
type Config struct {
	// Database is "sqlite" for a file in Dir, or a postgres:// address.
	Database string
	Dir      string
	Log      *zap.Logger
	Now      func() time.Time
}

// Store implements handoff.Store, handoff.Roster, handoff.Archive, handoff.Replies,
// handoff.Bus and knowledge.Store.
// It is safe for concurrent use.
type Store struct {
	engine  Engine
	db      *sql.DB // reads
	reads   reads   // statements of reads that each message causes
	write   *sql.DB // the writers' connections
	writers []*writer
	tail    *tail // nil with PostgreSQL
	bus     *localBus
	relay   *relay        // nil with SQLite
	copier  *checkpointer // nil with PostgreSQL
	epoch   string
	log     *zap.Logger
	now     func() time.Time

	closing sync.Once
	// gathering makes one of those who read the logs for the editors at a time.
	gathering sync.Mutex
}

// postgresWriters is the number of writers with PostgreSQL, where a statement costs
// a round trip. A conversation always has the same one. SQLite has a single writer.
const postgresWriters = 4

// Open opens the database, creates or updates its tables and starts the writers.
func Open(ctx context.Context, cfg Config) (_ *Store, err error) {
	s := &Store{log: cfg.Log, now: cfg.Now, bus: newLocalBus()}
	defer func() {
		if err != nil {
			s.stopWriters()
			s.closePools()
		}
	}()
	writers := 1
	switch {
	case cfg.Database == "" || cfg.Database == "sqlite":
		s.engine = SQLite
		syncDataOnly()
		file := filepath.Join(cfg.Dir, "emma.db")
		if s.write, err = sql.Open("sqlite", sqliteDSN(file, false)); err == nil {
			s.db, err = sql.Open("sqlite", sqliteDSN(file, true))
		}
		if err == nil {
			s.db.SetMaxOpenConns(4)
			s.db.SetMaxIdleConns(4)
		}
	case strings.HasPrefix(cfg.Database, "postgres://") || strings.HasPrefix(cfg.Database, "postgresql://"):
		s.engine, writers = PostgreSQL, postgresWriters
		if s.write, err = sql.Open("pgx", cfg.Database); err == nil {
			s.db, err = sql.Open("pgx", cfg.Database)
		}
		if err == nil {
			s.db.SetMaxOpenConns(8)
			s.db.SetMaxIdleConns(8)
		}
	default:
		err = fmt.Errorf("the database %q is neither sqlite nor a postgres:// address", redacted(cfg.Database))
	}
	if err != nil {
		return nil, err
	}
	if err = migrate(ctx, s.engine, s.write); err != nil {
		return nil, err
	}
	if s.epoch, err = readEpoch(ctx, s.write); err != nil {
		return nil, err
	}
	if s.reads, err = prepareReads(ctx, s.db); err != nil {
		return nil, err
	}
	if s.engine == SQLite {
		s.copier, s.tail = startCheckpointer(s.write, s.log), newTail()
	}
	for range writers {
		w, err := startWriter(ctx, s)
		if err != nil {
			return nil, err
		}
		s.writers = append(s.writers, w)
	}
	if s.engine == PostgreSQL {
		s.relay = startRelay(cfg.Database, s.bus, s.log)
	}
	return s, nil
}

// syncDataOnly makes SQLite commit with fdatasync where the system has it, as it does where
// it is built from C. fsync, the driver's default, also makes the time of the last change
// durable, which nobody needs and for which a file system with a journal writes another
// block. What was said is as safe with either. It holds for the whole process.
func syncDataOnly() {
	_, _ = sqlite.Fdatasync(true) // without it, fsync stays
}

// sqliteDSN names the file with the settings of every connection. busy_timeout
// comes first, so that the others wait for a second process instead of failing.
func sqliteDSN(file string, readOnly bool) string {
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + sqliteSynchronous + ")", "foreign_keys(ON)",
		"wal_autocheckpoint(0)"} // the checkpointer does it
	if readOnly {
		pragmas = append(pragmas, "query_only(ON)")
	}
	return sqliteFile(file, pragmas...)
}

// sqliteFile names a file with settings of every connection.
func sqliteFile(file string, pragmas ...string) string {
	q := url.Values{"_pragma": pragmas}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// redacted hides the password of a database address.
func redacted(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "(unreadable address)"
	}
	return u.Redacted()
}

// readEpoch returns the id of this database, made when it was created.
func readEpoch(ctx context.Context, db *sql.DB) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("making the database id: %w", err)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('epoch', $1) ON CONFLICT (name) DO NOTHING`, id.String()); err != nil {
		return "", fmt.Errorf("storing the database id: %w", err)
	}
	var epoch string
	if err := db.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'epoch'`).Scan(&epoch); err != nil {
		return "", fmt.Errorf("reading the database id: %w", err)
	}
	return epoch, nil
}

// Epoch names this database. A restored backup gets another one.
func (s *Store) Epoch() string { return s.epoch }

// Engine tells which database it is.
func (s *Store) Engine() Engine { return s.engine }

// Ready reports whether the database answers.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return fmt.Errorf("asking the database: %w", err)
	}
	return nil
}

// Close finishes what was begun, refuses the rest with handoff.ErrBusy, and closes
// the database. It may be called more than once.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() {
		s.stopWriters()
		if s.relay != nil {
			s.relay.stop()
		}
		err = s.closePools()
	})
	return err
}

func (s *Store) stopWriters() {
	for _, w := range s.writers {
		w.stop()
	}
	if s.copier != nil {
		s.copier.stop()
	}
}

func (s *Store) closePools() error {
	var errs []error
	for _, db := range []*sql.DB{s.db, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// writerFor returns the writer of a conversation (or of any other thing by name).
func (s *Store) writerFor(name string) *writer {
	if len(s.writers) == 1 {
		return s.writers[0]
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	return s.writers[h.Sum32()%uint32(len(s.writers))]
}

// Publish implements handoff.Bus.
func (s *Store) Publish(signals ...handoff.Signal) {
	s.bus.publish(signals)
	if s.relay != nil {
		s.relay.send(signals)
	}
}

// Subscribe implements handoff.Bus.
func (s *Store) Subscribe(topic handoff.Topic, wake func(handoff.Signal)) (cancel func()) {
	return s.bus.subscribe(topic, wake)
}

var _ = stdlib.GetDefaultDriver // the driver "pgx"
