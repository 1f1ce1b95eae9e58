package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// target says which server to speak to; both commands have it.
type target struct {
	URL     string   `help:"Address of the server." default:"http://127.0.0.1:8080" name:"url"`
	Agent   []string `help:"A member of staff as NAME:PASSWORD; may be given several times." sep:"none"`
	Sources int      `help:"Loopback addresses to spread the connections over, from 127.0.0.2 on; 0 for none." default:"32"`
}

// staff splits the names from the passwords.
func (t target) staff() ([][2]string, error) {
	var out [][2]string
	for _, a := range t.Agent {
		name, password, ok := strings.Cut(a, ":")
		if !ok || name == "" || password == "" {
			return nil, errors.New("--agent must be NAME:PASSWORD")
		}
		out = append(out, [2]string{name, password})
	}
	return out, nil
}

// runCommand puts a load on a server.
type runCommand struct {
	target
	Connections int           `help:"Visitors." short:"n" default:"100"`
	Every       time.Duration `help:"Each visitor speaks once in this time." default:"10s"`
	For         time.Duration `help:"Length of the load." default:"30s" name:"for"`
	Idle        bool          `help:"Only connect; nobody speaks."`
	Questions   string        `help:"File with questions, one a line, instead of the built-in ones." type:"existingfile"`
	Language    string        `help:"Language in the hello." default:"en"`
	Page        string        `help:"Page in the hello."`
	WantPerson  float64       `help:"Share of the visitors, 0 to 1, that ask for a person." default:"0"`
	Exchanges   int           `help:"Answers of an agent until it closes." default:"3"`
	AtOnce      int           `help:"Conversations of an agent at the same time." default:"8"`
	FirstFrame  int           `help:"Only open this many connections that send their hello in one segment with the upgrade."`
	Dials       int           `help:"Visitors that make their first connection at the same time." default:"128"`
	Patience    time.Duration `help:"Longest wait until all are connected, and for a first frame's welcome." default:"60s"`
	Settle      time.Duration `help:"Longest wait for what is outstanding after the load." default:"15s"`
	Journal     string        `help:"Append everything acknowledged and heard to this file (it holds the visitors' tokens)."`
	NoCheck     bool          `help:"Do not read the conversations back at the end."`
	Floors      bool          `help:"Measure an fdatasync and an echo before and after the load."`
	Data        string        `help:"Folder for the fdatasync: on the disk of the server's data." default:"." type:"existingdir"`
	SearchUS    float64       `help:"Microseconds of one search (p50_us of 'emma kb eval'), for the ratio of the answers." name:"search-us"`
	PID         int           `help:"Process of the server, for its memory and processor time." name:"pid"`
}

// errBroken says that the server broke a promise; the report tells which.
var errBroken = errors.New("the server broke a promise: see lost, duplicated, gaps and check in the report")

// run carries the load out and returns its report, which is complete without an error and with errBroken. The end of ctx
// ends the load early; what is outstanding is still waited for, and everything is checked.
func (r *runCommand) run(ctx context.Context, progress io.Writer) (*report, error) {
	rep := &report{Connections: r.Connections, Errors: map[string]int{}, Millis: map[string]summary{}}
	staff, err := r.staff()
	if err != nil {
		return rep, err
	}
	words := questions()
	if r.Questions != "" {
		if words, err = readQuestions(r.Questions); err != nil {
			return rep, err
		}
	}
	if r.Connections < 1 || r.Every <= 0 || r.Dials < 1 {
		return rep, errors.New("--connections, --every and --dials must be above 0")
	}
	if err := allowFiles(r.Connections + len(staff) + 100); err != nil {
		return rep, err
	}
	c, err := newClient(r.URL, r.Sources)
	if err != nil {
		return rep, err
	}
	if err := c.alive(ctx); err != nil {
		return rep, err
	}
	t := newTally()
	if r.FirstFrame > 0 {
		return rep, firstFrames(ctx, c, r.FirstFrame, r.Patience, rep)
	}
	book, done, err := r.book()
	if err != nil {
		return rep, err
	}
	defer done()
	if r.Floors {
		rep.Floors = &floors{}
		if err := rep.Floors.measure(r.Data, time.Second); err != nil {
			return rep, err
		}
	}
	if err := r.load(ctx, rep, c, t, book, staff, words, progress); err != nil {
		return rep, err
	}
	if r.Floors {
		if err := rep.Floors.measure(r.Data, time.Second); err != nil {
			return rep, err
		}
		rep.compare(time.Duration(r.SearchUS * float64(time.Microsecond)))
	}
	if err := book.failure(); err != nil {
		return rep, err
	}
	if r.NoCheck {
		return rep, nil
	}
	found, err := r.verify(context.WithoutCancel(ctx), c, book)
	if err != nil {
		return rep, err
	}
	rep.judge(found)
	if !found.clean() {
		return rep, errBroken
	}
	return rep, nil
}

// book opens the journal; done closes it.
func (r *runCommand) book() (book *ledger, done func(), err error) {
	if r.Journal == "" {
		return newLedger(nil), func() {}, nil
	}
	f, err := os.OpenFile(r.Journal, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("opening the journal: %w", err)
	}
	return newLedger(f), func() { f.Close() }, nil
}

// load connects the crowd, lets agents work and visitors speak, and ends all connections.
func (r *runCommand) load(ctx context.Context, rep *report, c *client, t *tally, book *ledger, staff [][2]string, words []string, progress io.Writer) error {
	var use [3]usage
	measure := func(i int) (err error) {
		if r.PID != 0 {
			use[i], err = processUsage(r.PID)
		}
		return err
	}
	if err := measure(0); err != nil {
		return err
	}
	stopProgress := watch(progress, t)
	defer stopProgress()
	people := newCrowd(r.Connections, r.WantPerson, &site{
		client: c, ledger: book, tally: t, language: r.Language, page: r.Page, admit: make(chan struct{}, r.Dials),
	})
	began := time.Now()
	err := people.connect(ctx, r.Patience)
	rep.ConnectSeconds = seconds(time.Since(began))
	if err == nil {
		err = measure(1)
	}
	if err == nil {
		began = time.Now()
		err = r.speak(ctx, rep, people, c, t, book, staff, words)
		rep.LoadSeconds = seconds(time.Since(began))
	}
	if err == nil && r.PID != 0 {
		// A server that was killed and started again has another process: then there is nothing to compare.
		if measure(2) == nil {
			rep.serverUse(use)
		}
	}
	people.disperse()
	rep.take(t, began)
	return err
}

// speak is the time under load, from the first turn until everything is settled.
func (r *runCommand) speak(ctx context.Context, rep *report, people *crowd, c *client, t *tally, book *ledger, staff [][2]string, words []string) error {
	working, home := context.WithCancel(context.WithoutCancel(ctx))
	var shift sync.WaitGroup
	failed := make(chan error, len(staff))
	agents := make([]*agent, len(staff))
	for i, s := range staff {
		agents[i] = &agent{
			n: i, name: s[0], password: s[1], client: c, ledger: book, tally: t,
			exchanges: r.Exchanges, atOnce: r.AtOnce, cases: map[string]*deskCase{},
		}
		shift.Go(func() {
			if err := agents[i].work(working); err != nil {
				failed <- err
			}
		})
	}
	defer shift.Wait()
	defer home()
	if r.Idle {
		select {
		case <-ctx.Done():
		case <-time.After(r.For):
		}
	} else {
		people.pace(ctx, r.Every, r.For, words)
		rep.Unacked = people.settle(r.Settle)
	}
	for _, a := range agents {
		until(context.WithoutCancel(ctx), r.Settle, func() bool { return a.remaining() == 0 })
		rep.Unacked += a.remaining()
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func (r *report) serverUse(use [3]usage) {
	s := &serverUse{RSSBefore: use[0].rss, RSSConnected: use[1].rss, RSSEnd: use[2].rss, CPUSeconds: use[2].cpu - use[1].cpu}
	r.Server = s
	r.RSSPerConnection = (s.RSSEnd - s.RSSBefore) / int64(r.Connections)
}

// alive asks the server whether it is there.
func (c *client) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base.JoinPath("healthz").String(), nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("no server answers at %s: %w", c.base, err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s is not well: status %d", c.base, resp.StatusCode)
	}
	return nil
}

// verify reads everything back, with the first agent as staff when there is one.
func (t target) verify(ctx context.Context, c *client, book *ledger) (*findings, error) {
	staff, err := t.staff()
	if err != nil {
		return nil, err
	}
	if len(staff) == 0 {
		return check(ctx, c, book, nil), nil
	}
	desk := &archive{client: c, name: staff[0][0], password: staff[0][1]}
	defer desk.close()
	return check(ctx, c, book, desk), nil
}
