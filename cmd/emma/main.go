package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are the commands and flags of the program. Every flag may also be set in
// the environment, as EMMA_ and its name.
type commands struct {
	Data     string `help:"Folder of the database, the index and everything else that is kept." default:"emma-data" type:"path"`
	Database string `help:"sqlite, for a file in the data folder, or the address of a PostgreSQL database: postgres://user:password@host/name" default:"sqlite"`

	Serve   serveCmd   `cmd:"" default:"withargs" help:"Run Emma (the default)."`
	Kb      kbCmd      `cmd:"" help:"Import, export and measure the knowledge base."`
	Staff   staffCmd   `cmd:"" help:"Add, list and disable members of the staff."`
	Cases   casesCmd   `cmd:"" help:"What stays to be done after a chat: list, show, mails."`
	Team    teamCmd    `cmd:"" help:"Show and change the teams of the desk: hours, tiers, assignment."`
	Backup  backupCmd  `cmd:"" help:"Write everything to one file, also beside a running server."`
	Restore restoreCmd `cmd:"" help:"Fill an empty database with a backup."`
	Verify  verifyCmd  `cmd:"" help:"Look for damage: logs with gaps, an index that differs from the database."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// terminal is where a command writes.
type terminal struct {
	out io.Writer // what was asked for
	err io.Writer // progress and logs
	in  io.Reader
}

// errSaid says that the command failed and has already said why.
var errSaid = errors.New("")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the program at once
	}()
	os.Exit(run(ctx, os.Args[1:], terminal{out: os.Stdout, err: os.Stderr, in: os.Stdin}))
}

// run runs one command and returns its exit code: 0, 1 when it failed, 2 when it
// was not understood.
func run(ctx context.Context, args []string, t terminal) (code int) {
	var c commands
	type exit int
	defer func() { // kong ends the program by this after --help
		if e := recover(); e != nil {
			asked, ok := e.(exit)
			if !ok {
				panic(e)
			}
			code = int(asked)
		}
	}()
	parser, err := kong.New(&c, kong.Name("emma"),
		kong.Description("A virtual assistant for a website, with hand-off to people. `emma` alone starts it."),
		kong.DefaultEnvars("EMMA"), kong.UsageOnError(), kong.Writers(t.out, t.err),
		kong.Exit(func(code int) { panic(exit(code)) }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(t, &c))
	if err != nil {
		fmt.Fprintln(t.err, "emma:", err)
		return 2
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintf(t.err, "emma: %v\nRun emma --help for what it understands.\n", err)
		return 2
	}
	if err := chosen.Run(); err != nil {
		if !errors.Is(err, errSaid) {
			fmt.Fprintln(t.err, "emma:", err)
		}
		return 1
	}
	return 0
}
