package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// spareMemory is how much more than it needs the program may hold, in bytes.
	spareMemory = 8 << 20
	// garbageShare is how much garbage may gather, in percent of what lives: with twice as
	// much of it the collector, which makes visitors wait, comes half as often. What it
	// takes is given back in quiet times.
	garbageShare = 200
	// giveBackEvery is how often it is looked, and quietBytes how much a program allocates
	// at most in that time that is not busy: a busy one would only ask for it again.
	giveBackEvery = 5 * time.Second
	quietBytes    = 16 << 20
)

// thrift gives memory back that a burst left behind: of fitting what Emma knows, of
// thousands who come at once. The runtime by itself collects the garbage of a program
// that has gone quiet only after two minutes, and keeps most of what it frees.
type thrift struct {
	samples   []metrics.Sample
	allocated uint64
}

func newThrift() *thrift {
	return &thrift{samples: []metrics.Sample{
		{Name: "/gc/heap/allocs:bytes"}, {Name: "/gc/heap/live:bytes"},
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/free:bytes"},
	}}
}

// look gives back what is to spare when little was done since the last look.
func (t *thrift) look() {
	metrics.Read(t.samples)
	allocated, live := t.samples[0].Value.Uint64(), t.samples[1].Value.Uint64()
	objects, free := t.samples[2].Value.Uint64(), t.samples[3].Value.Uint64()
	quiet := allocated-t.allocated < quietBytes
	t.allocated = allocated
	if quiet && objects+free > live+spareMemory {
		debug.FreeOSMemory()
	}
}

// letGarbageGather sets garbageShare, unless the operator has set another (GOGC).
func letGarbageGather() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbageShare)
	}
}
