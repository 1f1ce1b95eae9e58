package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"path/filepath"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // opening hours need time zones on machines that have none

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"emma/bot"
	"emma/cmd/emma/store"
	"emma/handoff"
	"emma/knowledge"
	"emma/web"
)

// stopWithin is how long a graceful stop may take.
const stopWithin = 5 * time.Second

type serveCmd struct {
	Addr                  string         `help:"Address to listen on." default:"127.0.0.1:8080"`
	AgentGrace            time.Duration  `help:"How long an agent may be out of reach before their chats go back to the line, at most 30s." default:"20s"`
	AgentIdle             time.Duration  `help:"How long nobody may touch an agent's console before the agent is set away; 0 for never." default:"15m"`
	AlwaysOpen            bool           `help:"Ignore the opening hours: people may be reached at any time. For trials and tests."`
	PublicURL             string         `help:"The origin at which browsers reach this server when a proxy stands in front of it, such as https://chat.example.org"`
	AllowedSite           []string       `help:"Origin of another site whose pages embed the widget, such as https://www.example.org; may be given more than once."`
	TrustedProxy          []netip.Prefix `help:"Network of a proxy that may set X-Forwarded-For, such as 10.0.0.0/8; may be given more than once."`
	IdentitySecret        string         `help:"Secret with which a site's own server signs the ids of its signed-in visitors (HMAC-SHA-256), at least 32 characters. Better given as EMMA_IDENTITY_SECRET than on the command line."`
	Theme                 web.Theme      `help:"Colours of the widget, such as accent=#1a4480;said=#1a4480. Unreadable pairs are refused." mapsep:";"`
	Words                 []string       `help:"File of widget texts such as fr.json, named after the language: an object of names and texts (web/WIDGET.md); may be given more than once." type:"existingfile"`
	MessageRate           float64        `help:"Messages a second that one visitor may send on average (five times that at once); 0 for no limit." default:"2"`
	ConnectionsPerAddress int            `help:"Open sockets of one address; 0 for no limit." default:"200"`
	AnswerWithin          time.Duration  `help:"Time within which messages that visitors leave are answered." default:"48h"`
	AnswerBusiness        bool           `help:"Count that time in opening hours."`
	CheckLinks            bool           `help:"Look at the source links of articles now and then, slowly, and tell editors which are gone. Only public addresses are reached."`
	MailSettings
	LogFormat string `help:"text for people, json for machines." enum:"text,json" default:"text"`
}

// Run serves until the context ends, then stops gracefully.
func (c serveCmd) Run(ctx context.Context, t terminal, all *commands) error {
	if err := c.validate(); err != nil {
		return err
	}
	letGarbageGather()
	log := newLog(t, c.LogFormat)
	port, err := listen(ctx, c.Addr)
	if err != nil {
		return err
	}
	listener := newLobby(port)
	d, err := openDesk(ctx, &c, all, log)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	served := make(chan error, 1)
	go func() { served <- d.server.Serve(listener) }()
	// Visitors are let in before the articles are read: after a restart all come at once.
	if err := d.base.Open(ctx); err != nil {
		return errors.Join(err, d.close())
	}
	c.announce(t, listener.Addr(), d)
	select {
	case <-ctx.Done():
		log.Info("stopping")
	case err = <-served:
	}
	return errors.Join(err, d.close())
}

// minIdle is how often the console can tell at best that somebody is there, twice.
const minIdle = 2 * time.Second

func (c serveCmd) validate() error {
	if c.AgentGrace < time.Second || c.AgentGrace > handoff.MaxGrace {
		return fmt.Errorf("--agent-grace is %v; choose between 1s and %v", c.AgentGrace, handoff.MaxGrace)
	}
	if c.AgentIdle != 0 && c.AgentIdle < minIdle {
		return fmt.Errorf("--agent-idle is %v; choose at least %v, or 0 for never", c.AgentIdle, minIdle)
	}
	for _, origin := range c.AllowedSite {
		if wrong := web.CheckOrigin(origin); wrong != "" {
			return errors.New("--allowed-site: " + wrong)
		}
	}
	if err := c.promise().Validate(); err != nil {
		return fmt.Errorf("--answer-within: %w", err)
	}
	if _, err := newMailer(c.MailSettings); err != nil {
		return err
	}
	if err := c.Theme.Validate(); err != nil {
		return fmt.Errorf("--theme: %w", err)
	}
	if _, err := readWords(c.Words); err != nil {
		return fmt.Errorf("--words: %w", err)
	}
	if n := len(c.IdentitySecret); n > 0 && n < 32 {
		return errors.New("--identity-secret is shorter than 32 characters. Make one with: openssl rand -hex 32")
	}
	if c.PublicURL != "" {
		if wrong := web.CheckOrigin(c.PublicURL); wrong != "" {
			return errors.New("--public-url: " + wrong)
		}
	}
	return nil
}

// portPatience is how long a taken port may still belong to a process that was killed.
const portPatience = time.Second

// listen opens the port, or says in a sentence why it cannot.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	for begun := time.Now(); errors.Is(err, syscall.EADDRINUSE) && time.Since(begun) < portPatience; {
		time.Sleep(portPatience / 20)
		listener, err = config.Listen(ctx, "tcp", address)
	}
	switch {
	case err == nil:
		return listener, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is taken by another program. Stop that program, or choose another address with --addr, for example --addr 127.0.0.1:8081", address)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("this user may not listen on %s. Choose a port above 1023 with --addr", address)
	}
	return nil, fmt.Errorf("listening on %s: %w", address, err)
}

func newLog(t terminal, format string) *zap.Logger {
	config := zap.NewProductionEncoderConfig()
	config.EncodeTime = zapcore.ISO8601TimeEncoder
	encoder := zapcore.NewConsoleEncoder(config)
	if format == "json" {
		encoder = zapcore.NewJSONEncoder(config)
	}
	return zap.New(zapcore.NewCore(encoder, zapcore.Lock(zapcore.AddSync(t.err)), zap.InfoLevel))
}

// desk is the running program.
type desk struct {
	unlock   func()
	store    *store.Store
	base     *knowledge.Base
	desk     *handoff.Desk
	cases    *handoff.Cases
	workshop *knowledge.Workshop
	server   *web.Server
	keeper   *keeper
	accounts []account
}

// openDesk builds everything from the database up. What was opened is closed again
// when something fails.
func openDesk(ctx context.Context, c *serveCmd, all *commands, log *zap.Logger) (_ *desk, err error) {
	d := &desk{}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.close())
		}
	}()
	if err = prepareFolder(all.Data); err != nil {
		return nil, err
	}
	if d.unlock, err = lockFolder(all.Data); err != nil {
		return nil, err
	}
	if d.store, err = openStore(ctx, all, log); err != nil {
		return nil, err
	}
	if d.accounts, err = firstAccounts(ctx, d.store); err != nil {
		return nil, err
	}
	d.base = knowledge.NewBase(knowledge.Config{
		Dir: filepath.Join(all.Data, "index"), Source: d.store, Policy: d.store, Settings: contactSettings(), Now: time.Now,
		Report: func(err error) { log.Error("the knowledge base", zap.Error(err)) },
	})
	phrases, err := bot.DefaultPhrases()
	if err != nil {
		return nil, err
	}
	emma, err := handoff.NewScript(ctx, bot.New(knowledge.NewFrequent(d.base), phrases, ownContacts()...), d.store, d.store, time.Now)
	if err != nil {
		return nil, err
	}
	d.cases = handoff.NewCases(handoff.CasesConfig{
		Store: d.store, Outbox: d.store, Roster: d.store, Emma: emma, Promise: c.promise(), Types: requestTypes(),
		Mail: c.SMTP != "", Now: time.Now,
		Team: func(id, language string) handoff.Team { return d.desk.TeamFor(id, language) }, // the desk is made next, for its Emma tells of cases
	})
	d.desk, err = handoff.NewDesk(ctx, handoff.Config{
		Store: d.store, Floor: d.store, Emma: handoff.NewClerk(emma, d.cases), Bus: d.store, Now: time.Now, Grace: c.AgentGrace, Idle: c.AgentIdle, AlwaysOpen: c.AlwaysOpen,
	})
	if err != nil {
		return nil, err
	}
	mails, err := newMailer(c.MailSettings)
	if err != nil {
		return nil, err
	}
	words, err := readWords(c.Words)
	if err != nil {
		return nil, err
	}
	var post *postman
	if mails != nil {
		post = newPostman(d.store, mails, c.MailRetry, log)
	}
	var links *linkWatch
	var book knowledge.LinkBook
	if c.CheckLinks {
		links, book = newLinkWatch(d.store, d.store, public, linkRest, time.Now, log), d.store
	}
	d.workshop = knowledge.NewWorkshop(d.store, d.store, d.store, d.store, d.base, time.Now)
	d.server, err = web.NewServer(web.Config{
		Desk: d.desk, Reception: handoff.NewReception(d.desk, d.store), IdentitySecret: c.IdentitySecret, Theme: c.Theme, Words: words, Cases: d.cases, Bus: d.store, Roster: d.store, Archive: d.store, Facts: d.store, Replies: d.store, Emma: emma, Script: emma, Searcher: d.base, Articles: d.store, Epoch: d.store.Epoch(),
		Press: d.store, Rulings: d.store, Notebook: d.store, Insight: d.base, Workshop: d.workshop, Links: book,
		Ready: d.ready, Log: log, Now: time.Now, PublicURL: c.PublicURL, AllowedSites: c.AllowedSite, TrustedProxies: c.TrustedProxy,
		MessageRate: c.MessageRate, ConnectionsPerAddress: c.ConnectionsPerAddress, Suggestions: suggestions(),
	})
	if err != nil {
		return nil, err
	}
	d.keeper = keep(d.desk, emma, d.base, d.workshop, d.store, post, links, d.store, log)
	return d, nil
}

// ready says why visitors are not served properly, or nil.
func (d *desk) ready(ctx context.Context) error {
	if err := d.base.Opened(ctx); err != nil {
		return fmt.Errorf("opening the knowledge base: %w", err)
	}
	return d.store.Ready(ctx)
}

// close ends everything in the reverse order, within stopWithin.
func (d *desk) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin-time.Second)
	defer cancel()
	var errs []error
	if d.server != nil {
		errs = append(errs, d.server.Shutdown(ctx))
	}
	if d.keeper != nil {
		d.keeper.stop()
	}
	if d.workshop != nil {
		d.workshop.Close()
	}
	if d.base != nil {
		errs = append(errs, d.base.Close())
	}
	if d.store != nil {
		errs = append(errs, d.store.Close())
	}
	if d.unlock != nil {
		d.unlock()
	}
	return errors.Join(errs...)
}

// announce tells a new user where everything is and how to sign in.
func (c serveCmd) announce(t terminal, address net.Addr, d *desk) {
	origin := c.PublicURL
	if origin == "" {
		origin = "http://" + strings.Replace(strings.Replace(address.String(), "0.0.0.0", "127.0.0.1", 1), "[::]", "127.0.0.1", 1)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nEmma is running. Ctrl+C stops her.\n\n  Demo page  %s/\n  Console    %s/console\n  Editor     %s/editor\n\n", origin, origin, origin)
	if len(d.accounts) > 0 {
		b.WriteString("Sign in with these names. The passwords are shown only this once:\n\n")
		for _, a := range d.accounts {
			fmt.Fprintf(&b, "  %-6s %s   (%s)\n", a.name, a.password, a.role)
		}
		b.WriteString("\n")
	}
	state := "closed now"
	if d.desk.Hours().Open(time.Now()) {
		state = "open now"
	}
	fmt.Fprintf(&b, "Live chat with people is %s: %s.", state, d.desk.HoursText(time.Now(), knowledge.English))
	if !c.AlwaysOpen {
		b.WriteString(" --always-open ignores the hours.")
	}
	b.WriteString("\n\n")
	_, _ = t.out.Write([]byte(b.String())) // nobody may be looking
}
