package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line; every flag is also in the environment as EMMA_LOAD_….
type commands struct {
	Day   dayCommand   `cmd:"" help:"Simulate a day at the desk, under a clock of its own and without a server; prints a chart and a table."`
	Run   runCommand   `cmd:"" default:"withargs" help:"Put a load on a server, then read everything back (the default)."`
	Check checkCommand `cmd:"" help:"Read back what the journal of an earlier run says was acknowledged."`
}

// checkCommand checks the journal of an earlier run.
type checkCommand struct {
	target
	Journal string `help:"Journal of the run." required:"" type:"existingfile"`
}

func (c *checkCommand) run(ctx context.Context) (*findings, error) {
	f, err := os.Open(c.Journal)
	if err != nil {
		return nil, fmt.Errorf("opening the journal: %w", err)
	}
	defer f.Close()
	book, err := readJournal(f)
	if err != nil {
		return nil, err
	}
	cl, err := newClient(c.URL, c.Sources)
	if err != nil {
		return nil, err
	}
	if err := cl.alive(ctx); err != nil {
		return nil, err
	}
	found, err := c.verify(ctx, cl, book)
	if err == nil && !found.clean() {
		err = errBroken
	}
	return found, err
}

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // it shares the processors with the server that it measures
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(execute(ctx, os.Args[1:], os.Stdout, os.Stderr, terminal(os.Stderr)))
}

// execute runs a command line, writes its one JSON object and returns the exit code: 0, 1 for a broken promise, 2 when
// the run could not be made.
func execute(ctx context.Context, args []string, out, complain, progress io.Writer) int {
	var line commands
	parser, err := kong.New(&line, kong.Name("emma-load"), kong.DefaultEnvars("EMMA_LOAD"),
		kong.Description("Visitors and agents that speak to an Emma server, and a check that nothing was lost or doubled."),
		kong.Writers(complain, complain))
	if err != nil {
		fmt.Fprintln(complain, "emma-load:", err)
		return 2
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(complain, "emma-load:", err)
		return 2
	}
	var result any
	switch chosen.Command() {
	case "day":
		if err := line.Day.run(ctx, out, complain); err != nil {
			fmt.Fprintln(complain, "emma-load:", err)
			if errors.Is(err, errBroken) {
				return 1
			}
			return 2
		}
		return 0
	case "check":
		result, err = line.Check.run(ctx)
	default:
		result, err = line.Run.run(ctx, progress)
	}
	if err != nil && !errors.Is(err, errBroken) {
		fmt.Fprintln(complain, "emma-load:", err)
		return 2
	}
	text := json.NewEncoder(out)
	text.SetIndent("", "  ")
	if e := text.Encode(result); e != nil {
		fmt.Fprintln(complain, "emma-load: writing the report:", e)
		return 2
	}
	if err != nil {
		fmt.Fprintln(complain, "emma-load:", err)
		return 1
	}
	return 0
}
