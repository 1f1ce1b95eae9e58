package main

import (
	"math"
	"time"
)

// report is the JSON object of a run. All times are in milliseconds unless the name says seconds.
type report struct {
	Connections int   `json:"connections"` // asked for
	Connected   int64 `json:"connected"`
	Sent        int64 `json:"sent"`  // commands with an id, without repetitions
	Acked       int64 `json:"acked"` // of them
	Unacked     int   `json:"unacked"`
	Refused     int64 `json:"refused"` // of them, by an error that a repetition does not mend
	Skipped     int64 `json:"skipped"` // turns without a command: 64 were outstanding
	Answered    int64 `json:"answered"`
	Handoffs    int64 `json:"handoffs"`
	Claims      int64 `json:"claims"`
	Beaten      int64 `json:"beaten"` // claims that another agent won
	Closed      int64 `json:"closed"`

	Lost       int   `json:"lost"`
	Duplicated int   `json:"duplicated"`
	Gaps       int   `json:"gaps"`
	Reordered  int   `json:"reordered"`
	Reconnects int64 `json:"reconnects"`

	Errors map[string]int     `json:"errors"`
	Millis map[string]summary `json:"ms"`
	Check  *findings          `json:"check,omitempty"`

	Breaks      []interruption `json:"breaks,omitempty"`
	BackSeconds float64        `json:"back_seconds,omitempty"` // the longest break

	Floors *floors            `json:"floors,omitempty"`
	Ratios map[string]float64 `json:"ratios,omitempty"`
	Server *serverUse         `json:"server,omitempty"`
	// RSSPerConnection is the growth of the server's resident memory from no visitor to the end of the load, in
	// bytes for each connection.
	RSSPerConnection int64 `json:"rss_per_connection,omitempty"`

	FirstFrames    int     `json:"first_frames,omitempty"`    // connections whose hello came with the request
	FirstFramesOK  int     `json:"first_frames_ok,omitempty"` // of them, welcome
	ConnectSeconds float64 `json:"connect_seconds"`           // until all were connected
	LoadSeconds    float64 `json:"load_seconds"`
}

// interruption is a break of the connections, in seconds since the load began.
type interruption struct {
	At           float64 `json:"at"`
	Connections  int64   `json:"connections"`   // that broke
	FirstBack    float64 `json:"first_back"`    // seconds until the first was welcome again
	BackSeconds  float64 `json:"back_seconds"`  // until all were; 0: not all came back
	AfterReadyIn float64 `json:"after_ready_s"` // from the first until the last
}

// serverUse is what the server's process used.
type serverUse struct {
	RSSBefore        int64   `json:"rss_before"`    // bytes, without visitors
	RSSConnected     int64   `json:"rss_connected"` // all connected
	RSSEnd           int64   `json:"rss_end"`       // at the end of the load, all connected
	CPUSeconds       float64 `json:"cpu_seconds"`   // during the load
	MicrosPerCommand float64 `json:"cpu_us_per_command,omitempty"`
}

// take copies the counts of a tally.
func (r *report) take(t *tally, began time.Time) {
	r.Connected, r.Sent, r.Acked = t.connected.Load(), t.sent.Load(), t.acked.Load()
	r.Refused, r.Skipped, r.Answered = t.refused.Load(), t.skipped.Load(), t.answered.Load()
	r.Handoffs, r.Claims, r.Beaten, r.Closed = t.handoffs.Load(), t.claims.Load(), t.beaten.Load(), t.closed.Load()
	r.Reconnects = t.reconnects.Load()
	r.Millis = t.latencies.byKind()
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Errors = t.errors
	for _, b := range t.breaks {
		i := interruption{At: seconds(b.began.Sub(began)), Connections: b.lost}
		if !b.first.IsZero() {
			i.FirstBack = seconds(b.first.Sub(b.began))
		}
		if !b.ended.IsZero() {
			i.BackSeconds, i.AfterReadyIn = seconds(b.ended.Sub(b.began)), seconds(b.ended.Sub(b.first))
		}
		r.Breaks = append(r.Breaks, i)
		r.BackSeconds = max(r.BackSeconds, i.BackSeconds)
	}
}

// judge takes over what a check found.
func (r *report) judge(f *findings) {
	r.Check = f
	r.Lost, r.Duplicated, r.Gaps = f.Lost, f.Duplicated+f.Foreign, f.Gaps
	r.Reordered = f.Reordered + f.Altered
}

// compare puts the measured waits in relation to the floors. search is the wait of one search, measured elsewhere.
func (r *report) compare(search time.Duration) {
	sync, echo := r.Floors.Fdatasync, r.Floors.Echo
	plain := sync.P50 + echo.P50
	answer := plain + milliseconds(search)
	r.Ratios = map[string]float64{}
	for kind, floor := range map[string]float64{"ack": plain, "agent": plain, "answer": answer} {
		if s := r.Millis[kind]; s.N > 0 && floor > 0 {
			r.Ratios[kind+"_p50"] = math.Round(100*s.P50/floor) / 100
		}
	}
}

// seconds rounds to a millisecond.
func seconds(d time.Duration) float64 { return math.Round(d.Seconds()*1000) / 1000 }
