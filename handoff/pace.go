package handoff

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	// paceAge is how long a measured pace is good.
	paceAge = time.Minute
	// paceOver is how far back it looks, and paceLimit at how many samples at most.
	paceOver  = 14 * 24 * time.Hour
	paceLimit = 1500
)

// paceCache keeps what was measured, by line.
type paceCache struct {
	mu      sync.Mutex
	readAt  time.Time
	samples map[queue][]Sample
	paces   map[queue]pace
	quiet   map[queue]span // when waits are short
	quietAt time.Time
}

// measure reads what was measured when what is known is old.
func (d *Desk) measure(ctx context.Context, now time.Time) error {
	p := &d.paces
	p.mu.Lock()
	fresh, known := p.samples != nil && now.Sub(p.readAt) < paceAge, p.quiet != nil && now.Sub(p.quietAt) < quietAge
	p.mu.Unlock()
	if !known {
		if err := d.measureQuiet(ctx, now); err != nil {
			return err
		}
	}
	if fresh {
		return nil
	}
	samples, err := d.floor.Samples(ctx, now.Add(-paceOver), paceLimit)
	if err != nil {
		return fmt.Errorf("reading what was measured: %w", err)
	}
	lines := byLine(samples)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.samples, p.paces, p.readAt = lines, map[queue]pace{}, now
	return nil
}

func byLine(samples []Sample) map[queue][]Sample {
	lines := map[queue][]Sample{}
	for _, s := range samples {
		q := queue{s.Team, s.Tier}
		lines[q] = append(lines[q], s)
	}
	return lines
}

// measureQuiet looks when waits were short.
func (d *Desk) measureQuiet(ctx context.Context, now time.Time) error {
	samples, err := d.floor.Samples(ctx, now.Add(-quietOver), quietLimit)
	if err != nil {
		return fmt.Errorf("looking when waits are short: %w", err)
	}
	quiet := map[queue]span{}
	for q, of := range byLine(samples) {
		quiet[q] = quietHours(of, d.Team(q.team).Hours.Zone)
	}
	d.paces.mu.Lock()
	defer d.paces.mu.Unlock()
	d.paces.quiet, d.paces.quietAt = quiet, now
	return nil
}

// pace is how fast a line moves, as far as it was measured.
func (d *Desk) pace(t Team, tier int) pace {
	p, q := &d.paces, queue{t.ID, tier}
	p.mu.Lock()
	defer p.mu.Unlock()
	if known, ok := p.paces[q]; ok {
		return known
	}
	measured := measuredPace(p.samples[q], t.Assignment == Automatic)
	if p.paces != nil {
		p.paces[q] = measured
	}
	return measured
}

// Waits reports how the told waits were kept since a time.
func (d *Desk) Waits(ctx context.Context, since time.Time) ([]Report, error) {
	samples, err := d.floor.Samples(ctx, since, reportLimit)
	if err != nil {
		return nil, fmt.Errorf("reading what was measured: %w", err)
	}
	return Reports(samples, d.Team), nil
}

// reportLimit bounds the samples of a report.
const reportLimit = 100_000
