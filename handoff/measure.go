package handoff

import "time"

// Forecast is what a visitor was told about the wait when they joined the line.
type Forecast struct {
	At       time.Time `json:"at,omitzero"` // zero: nothing was told
	Position int       `json:"position,omitempty"`
	Behind   int       `json:"behind,omitempty"` // talks that had to end first; 0 when somebody was free
	Told     Wait      `json:"told,omitzero"`
	Model    Wait      `json:"model,omitzero"` // before the correction by what was measured
}

// Sample is one measured wait or handling time.
type Sample struct {
	Conversation string
	Team         string
	Tier         int
	Kind         SampleKind
	At           time.Time     // when it ended
	Took         time.Duration // the wait, or the time with an agent and after the chat
	Forecast     Forecast      // of a wait
}

// SampleKind is what was measured.
type SampleKind string

// The kinds of samples.
const (
	Served   SampleKind = "served"   // a wait that ended with an agent
	Left     SampleKind = "left"     // a wait that ended without one
	Handling SampleKind = "handling" // a conversation with an agent
	Replied  SampleKind = "replied"  // from joining the line to an agent's first message
)

// Measure is what a change of a conversation says about waits and handling times. A
// wait is measured once, against what was told first.
func Measure(before, after Conversation) []Sample {
	now := after.ChangedAt
	sample := Sample{Conversation: after.ID, Team: before.Team, Tier: before.Tier, At: now}
	var samples []Sample
	if before.State == StateWaiting && after.State != StateWaiting && !before.Forecast.At.IsZero() {
		sample.Kind, sample.Took, sample.Forecast = Left, now.Sub(before.Forecast.At), before.Forecast
		if after.State == StateAgent {
			sample.Kind = Served
		}
		samples = append(samples, sample)
	}
	if before.State == StateAgent && (after.State != StateAgent || after.Agent != before.Agent) {
		sample.Kind, sample.Took, sample.Forecast = Handling, now.Sub(before.ClaimedAt), Forecast{}
		if after.WrapUntil.After(now) {
			sample.Took += after.WrapUntil.Sub(now)
		}
		samples = append(samples, sample)
	}
	if after.Replied && !before.Replied {
		sample.Kind, sample.Took, sample.Forecast = Replied, now.Sub(before.WaitingSince), Forecast{}
		samples = append(samples, sample)
	}
	return samples
}

// hit reports whether the visitor was served within the told p90; known is false
// when that cannot be said: they left before.
func (s Sample) hit() (hit, known bool) {
	within := s.Took <= s.Forecast.Told.P90
	return s.Kind == Served && within, s.Kind == Served || !within
}
