package main

import (
	"container/heap"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"emma/bot"
	"emma/cmd/emma/store"
	"emma/handoff"
)

// day is a simulated day: what will happen, and what did.
type day struct {
	plan         *dayCommand
	random       *rand.Rand
	begins, ends time.Time
	now          time.Time
	store        *store.Store
	desk         *handoff.Desk
	workers      []*worker
	events       agenda
	talks        int                      // now
	waiting      []handoff.Conversation   // the line as it was looked at last
	offers       map[string]handoff.Offer // seen before
	left         map[string]func()        // ends the visit of a conversation
	slots        []slot                   // by half hours
	samples      []handoff.Sample
	broken       []string
}

// slot is what happened in half an hour.
type slot struct {
	arrived, longest   int
	busy, room, looked float64 // sums over looks
}

const slotLength = 30 * time.Minute

// worker is an agent with a shift.
type worker struct {
	staff      handoff.Staff
	from, to   time.Time
	attendance *handoff.Attendance
	away       bool      // a break
	lost       time.Time // the connection is gone until then
	seen       time.Time
}

// event is something that will happen.
type event struct {
	at time.Time
	do func(ctx context.Context) error
}

// agenda is a heap of events by time.
type agenda []event

func (a agenda) Len() int           { return len(a) }
func (a agenda) Less(i, j int) bool { return a[i].at.Before(a[j].at) }
func (a agenda) Swap(i, j int)      { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(e any)        { *a = append(*a, e.(event)) }
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

func newDay(plan *dayCommand, begins time.Time) *day {
	d := &day{plan: plan, random: rand.New(rand.NewPCG(plan.Seed, 5)), begins: begins, ends: begins.Add(time.Duration(plan.Hours) * time.Hour), now: begins,
		offers: map[string]handoff.Offer{}, left: map[string]func(){}}
	d.slots = make([]slot, d.ends.Sub(begins)/slotLength+1)
	return d
}

func (d *day) clock() time.Time { return d.now }

func (d *day) slot() *slot { return &d.slots[min(int(d.now.Sub(d.begins)/slotLength), len(d.slots)-1)] }

func (d *day) plans(after time.Duration, do func(ctx context.Context) error) {
	heap.Push(&d.events, event{d.now.Add(after), do})
}

// about is a log-normal time with a mean and a coefficient of variation.
func (d *day) about(mean time.Duration, variation float64) time.Duration {
	v := math.Log(1 + variation*variation)
	return time.Duration(float64(mean) * math.Exp(d.random.NormFloat64()*math.Sqrt(v)-v/2))
}

// newWorker is an agent of the early, the middle or the late shift, with breaks and
// now and then a lost connection.
func (d *day) newWorker(n int) *worker {
	shift := []time.Duration{0, 2*time.Hour + 30*time.Minute, 4*time.Hour + 30*time.Minute}[n%3]
	w := &worker{from: d.begins.Add(shift), to: d.begins.Add(shift + 8*time.Hour + 30*time.Minute)}
	w.staff = handoff.Staff{ID: fmt.Sprintf("agent-%02d", n+1), Name: fmt.Sprintf("Agent %02d", n+1), Role: handoff.RoleAgent, Languages: []string{"en"}, Capacity: 3}
	if n%3 == 0 {
		w.staff.Languages = append(w.staff.Languages, "es")
	}
	for at := 2 * time.Hour; at < 8*time.Hour; at += 2 * time.Hour {
		length := 15 * time.Minute
		if at == 4*time.Hour {
			length = 30 * time.Minute
		}
		begins := w.from.Add(at + time.Duration(n%4)*12*time.Minute)
		heap.Push(&d.events, event{begins, func(ctx context.Context) error { return w.setAway(ctx, true) }})
		heap.Push(&d.events, event{begins.Add(length), func(ctx context.Context) error { return w.setAway(ctx, false) }})
	}
	for range 2 {
		at := w.from.Add(time.Duration(d.random.Int64N(int64(8 * time.Hour))))
		gone := time.Duration(5+d.random.IntN(115)) * time.Second
		heap.Push(&d.events, event{at, func(context.Context) error { w.lost = d.now.Add(gone); return nil }})
	}
	return w
}

func (w *worker) setAway(ctx context.Context, away bool) error {
	w.away = away
	if w.attendance == nil {
		return nil
	}
	return w.attendance.Set(ctx, !away)
}

// planArrivals lets the visitors come as a Poisson process with a morning and an
// afternoon peak.
func (d *day) planArrivals() {
	weight := func(hour float64) float64 {
		return 0.35 + math.Exp(-math.Pow((hour-2.8)/1.6, 2)) + 0.75*math.Exp(-math.Pow((hour-7)/2, 2))
	}
	for made := 0; made < d.plan.Visitors; {
		hour := d.random.Float64() * 12.5
		if d.random.Float64()*1.6 < weight(hour) {
			made++
			heap.Push(&d.events, event{d.begins.Add(time.Duration(hour * float64(time.Hour))), d.arrive})
		}
	}
}

// silent is Emma's part: she says nothing that matters here.
type silent struct{}

func (silent) Decide(context.Context, bot.Question) (bot.Decision, error) {
	return bot.Decision{Action: bot.SmallTalk}, nil
}
func (silent) Label(string, string) (string, bool)     { return "", false }
func (silent) Say(name, _ string) string               { return name }
func (silent) Seal(text string) (string, []bot.Sealed) { return text, nil }
