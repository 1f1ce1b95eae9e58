package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
	"golang.org/x/time/rate"

	"emma/bot"
	"emma/handoff"
	"emma/knowledge"
)

// Insight tells editors what the base promises and how it comes to a ranking.
type Insight interface {
	Rehearsed() (promises map[string]knowledge.Promise, settled bool)
	Explain(ctx context.Context, q knowledge.Query) (knowledge.Explanation, error)
}

// Config is everything that a Server needs. All fields without "may" are required.
type Config struct {
	Desk     *handoff.Desk
	Cases    *handoff.Cases
	Bus      handoff.Bus
	Roster   handoff.Roster
	Archive  handoff.Archive
	Facts    handoff.Facts
	Replies  handoff.Replies
	Emma     handoff.Decider
	Script   *handoff.Script
	Searcher bot.Searcher // the published articles that visitors are answered from
	Articles knowledge.Store
	Press    knowledge.Press
	Rulings  knowledge.Rulings
	Notebook knowledge.Notebook
	Insight  Insight
	Workshop *knowledge.Workshop
	Epoch    string
	Ready    func(ctx context.Context) error // why the server cannot work, or nil
	Log      *zap.Logger
	Now      func() time.Time

	// Reception lets visitors in.
	Reception *handoff.Reception

	// PublicURL is the server's own origin as browsers see it, such as
	// https://chat.example.org; it may be empty when they reach it directly.
	PublicURL string
	// AllowedSites are the origins of other sites that embed the widget; may be empty.
	AllowedSites []string
	// IdentitySecret is what sites sign the ids of their visitors with; empty when
	// visitors are not verified.
	IdentitySecret string
	// Theme are the widget's colours, valid; may be empty.
	Theme Theme
	// Words are further texts of the widget, valid; may be empty.
	Words Words
	// TrustedProxies may set X-Forwarded-For; may be empty.
	TrustedProxies []netip.Prefix
	// MessageRate is the messages a second that a visitor may send on average, and
	// five times that at once; 0 means no limit.
	MessageRate float64
	// ConnectionsPerAddress bounds the open sockets of one address; 0 means no limit.
	ConnectionsPerAddress int
	// Links are the last looks at source links; nil when the server does not look.
	Links knowledge.LinkBook
	// Suggestions are ids of articles that the widget offers at first; may be empty.
	Suggestions []string
}

// Server serves the sockets, the HTTP interface and the pages. Make it with
// NewServer, run it with Serve and end it with Shutdown.
type Server struct {
	rowTexts rowTexts
	desk     *handoff.Desk
	cases    *handoff.Cases
	bus      handoff.Bus
	roster   handoff.Roster
	archive  handoff.Archive
	facts    handoff.Facts
	replies  handoff.Replies
	emma     handoff.Decider
	script   *handoff.Script
	searcher bot.Searcher
	articles knowledge.Store
	press    knowledge.Press
	workshop *knowledge.Workshop
	epoch    string
	ready    func(ctx context.Context) error
	log      *zap.Logger
	now      func() time.Time
	settings Config

	reception *handoff.Reception

	http     *http.Server
	doors    *doors
	floods   *floods
	pages    *pages
	hands    *hands
	turns    *turns
	stopping atomic.Bool
	base     context.Context // ends when shutdown has given up waiting
	giveUp   context.CancelFunc
	swept    chan struct{}

	mu        sync.Mutex
	sockets   map[*socket]struct{}
	addresses map[string]int
	running   sync.WaitGroup
}

// NewServer makes a server; it starts the sweeper, which Shutdown ends.
func NewServer(cfg Config) (*Server, error) {
	pages, err := readPages(cfg.Theme, cfg.Words)
	if err != nil {
		return nil, err
	}
	s := &Server{
		desk: cfg.Desk, reception: cfg.Reception, cases: cfg.Cases, bus: cfg.Bus, roster: cfg.Roster, archive: cfg.Archive, facts: cfg.Facts, replies: cfg.Replies, emma: cfg.Emma, script: cfg.Script, searcher: cfg.Searcher, articles: cfg.Articles,
		press: cfg.Press, workshop: cfg.Workshop,
		epoch: cfg.Epoch, ready: cfg.Ready, log: cfg.Log, now: cfg.Now, settings: cfg,
		doors: newDoors(cfg.Now), pages: pages, turns: newTurns(),
		sockets: map[*socket]struct{}{}, addresses: map[string]int{}, swept: make(chan struct{}),
	}
	s.floods = newFloods(s.newLimiter)
	s.base, s.giveUp = context.WithCancel(context.Background())
	s.hands = newHands(s.base)
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          zap.NewStdLog(cfg.Log.WithOptions(zap.IncreaseLevel(zap.ErrorLevel))),
	}
	go s.sweep()
	return s, nil
}

// Serve accepts connections until Shutdown is called, and returns nil then.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return nil
}

// Shutdown refuses new connections, finishes the commands that were begun, sends
// their receipts and closes every socket with 1001. It returns when all have ended
// or ctx ends; what is still open then is cut off.
func (s *Server) Shutdown(ctx context.Context) error {
	s.stopping.Store(true)
	s.desk.StopAnswering()
	s.turns.end()
	var finishing sync.WaitGroup
	for _, socket := range s.openSockets() {
		finishing.Go(func() { socket.finish(ctx, closeRestart, "the server restarts") })
	}
	err := s.http.Shutdown(ctx)
	finishing.Wait()
	s.giveUp()
	<-s.swept
	ended := make(chan struct{})
	go func() { s.running.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
		err = errors.Join(err, ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("shutting down: %w", err)
	}
	return nil
}

// admit upgrades a request to a socket and serves it. The handler returns at once:
// waiting in it would keep the request's memory for the life of the connection.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, peer func(*socket, string) peer) error {
	address := s.clientAddress(r)
	if !s.reserve(address) {
		return errRate
	}
	ws, conn, err := upgrade(w, r)
	if err != nil {
		s.release(address)
		return nil // upgrade has answered
	}
	socket := newSocket(s.base, s.hands, ws, conn, s.now())
	socket.peer = peer(socket, address)
	s.mu.Lock()
	s.sockets[socket] = struct{}{}
	s.mu.Unlock()
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		socket.serve(s.now)
	}()
	if s.stopping.Load() {
		socket.close(closeRestart, "the server restarts")
	}
	return nil
}

func (s *Server) reserve(address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if limit := s.settings.ConnectionsPerAddress; limit > 0 && s.addresses[address] >= limit {
		return false
	}
	s.addresses[address]++
	return true
}

func (s *Server) release(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.addresses[address]--; s.addresses[address] <= 0 {
		delete(s.addresses, address)
	}
}

// forget is called when a socket has ended.
func (s *Server) forget(socket *socket, address string) {
	s.mu.Lock()
	delete(s.sockets, socket)
	s.mu.Unlock()
	s.release(address)
}

func (s *Server) openSockets() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.sockets))
}

// newLimiter is the flood limit of one visitor, or nil.
func (s *Server) newLimiter() *rate.Limiter {
	if s.settings.MessageRate <= 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(s.settings.MessageRate), max(1, int(s.settings.MessageRate*5)))
}

const (
	sweepEvery = 15 * time.Second
	// silentAfter is when a silent client is asked for a sign of life.
	silentAfter = 60 * time.Second
	// signWithin is how long it has to answer.
	signWithin = 15 * time.Second
	// pingsAtOnce bounds the goroutines that wait for a sign of life.
	pingsAtOnce = 64
)

// sweep looks after all sockets from one goroutine: it asks the silent ones for a
// sign of life and checks that sessions still hold.
func (s *Server) sweep() {
	defer close(s.swept)
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	var pings sync.WaitGroup
	defer pings.Wait()
	pings.Go(func() { s.probeStaff(&pings) })
	slots := make(chan struct{}, pingsAtOnce)
	for {
		select {
		case <-s.base.Done():
			return
		case <-tick.C:
		}
		now := s.now()
		for _, socket := range s.openSockets() {
			socket.closeFor(socket.peer.check(s.base))
			if socket.silentFor(now) < silentAfter {
				continue
			}
			select {
			case slots <- struct{}{}:
			case <-s.base.Done():
				return
			}
			pings.Go(func() {
				defer func() { <-slots }()
				ctx, cancel := context.WithTimeout(s.base, signWithin)
				defer cancel()
				socket.ping(ctx, s.now)
			})
		}
	}
}
