package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"emma/handoff"
)

// reportDays bounds the time of one report.
const reportDays = 93

// figuresOut are figures as they are sent: times in seconds, shares from 0 to 1,
// null where nothing is known.
type figuresOut struct {
	Name        string   `json:"name"`
	Opened      int      `json:"opened"`
	Silent      int      `json:"silent"`
	Alone       int      `json:"alone"`
	Handed      int      `json:"handed"`
	Containment *float64 `json:"containment"`
	Reached     int      `json:"reached"`
	Left        int      `json:"left"`
	Waiting     int      `json:"waiting"`
	Abandonment *float64 `json:"abandonment"`
	WaitP50     *int64   `json:"wait_p50"`
	WaitP90     *int64   `json:"wait_p90"`
	Handled     int      `json:"handled"`
	HandlingP50 *int64   `json:"handling_p50"`
	HandlingP90 *int64   `json:"handling_p90"`
	Ratings     int      `json:"ratings"`
	Rating      *float64 `json:"rating"`
	Told        int      `json:"told"`
	Kept        *float64 `json:"kept"`
}

// definition says what a figure means.
type definition struct {
	Figure string `json:"figure"` // its name in the JSON
	Name   string `json:"name"`
	Means  string `json:"means"`
}

// definitions are those of all figures, in their order. They stand beside the
// figures wherever these are shown.
func definitions() []definition {
	return []definition{
		{"opened", "Opened", "Conversations that were opened in this time. Each is counted once, whatever happened to it later."},
		{"silent", "Without a word", "Opened, and the visitor never wrote."},
		{"alone", "Emma alone", "The visitor wrote, and the conversation never came into the line."},
		{"handed", "Handed over", "The conversation came into the line for a person at least once. Opened = without a word + Emma alone + handed over."},
		{"containment", "Solved without a person", "Emma alone, as a share of Emma alone and handed over."},
		{"reached", "Reached a person", "Handed over, and an agent took it at least once."},
		{"left", "Left before", "Handed over, no agent took it, and it is not in the line any more."},
		{"waiting", "Still waiting", "Handed over, no agent took it yet, and it is in the line. Handed over = reached a person + left before + still waiting."},
		{"abandonment", "Abandonment", "Left before, as a share of handed over."},
		{"wait_p50", "Wait, half", "From joining the line first until an agent took it first: half of those who reached a person waited at most so long."},
		{"wait_p90", "Wait, nine of ten", "From joining the line first until an agent took it first: nine in ten of those who reached a person waited at most so long."},
		{"handled", "Finished with agents", "Reached a person, and no agent has it now."},
		{"handling_p50", "Handling time, half", "All the time with agents of a conversation that is finished with agents: half took at most so long."},
		{"handling_p90", "Handling time, nine of ten", "All the time with agents of a conversation that is finished with agents: nine in ten took at most so long."},
		{"ratings", "Ratings", "Conversations that the visitor rated; the last rating counts."},
		{"rating", "Mean rating", "Mean of the last ratings of the rated conversations, 1 to 5."},
		{"told", "Waits promised", "Conversations in which the visitor was told a wait, and it is known whether it was kept."},
		{"kept", "Promises kept", "Share of the promised waits in which a person came within the longer end of the range that was told."},
	}
}

func figures(g handoff.Group) figuresOut {
	f := g.Figures
	out := figuresOut{Name: g.Name, Opened: f.Opened, Silent: f.Silent, Alone: f.Alone, Handed: f.Handed, Reached: f.Reached, Left: f.Left,
		Waiting: f.Waiting, Handled: f.Handled, Ratings: f.Ratings, Told: f.Told}
	known := func(share float64, ok bool) *float64 {
		if !ok {
			return nil
		}
		return &share
	}
	seconds := func(d time.Duration, n int) *int64 {
		if n == 0 {
			return nil
		}
		s := int64(d / time.Second)
		return &s
	}
	out.Containment, out.Abandonment = known(f.Containment()), known(f.Abandonment())
	out.WaitP50, out.WaitP90 = seconds(f.WaitP50, f.Reached), seconds(f.WaitP90, f.Reached)
	out.HandlingP50, out.HandlingP90 = seconds(f.HandlingP50, f.Handled), seconds(f.HandlingP90, f.Handled)
	out.Rating = known(float64(f.Stars)/float64(max(f.Ratings, 1)), f.Ratings > 0)
	out.Kept = known(float64(f.Kept)/float64(max(f.Told, 1)), f.Told > 0)
	return out
}

func allFigures(groups []handoff.Group) []figuresOut {
	out := make([]figuresOut, len(groups))
	for i, g := range groups {
		out[i] = figures(g)
	}
	return out
}

// readReport makes the report that the query asks for: from and to are days of the
// desk's zone, both included; without them it is today.
func (s *Server) readReport(ctx context.Context, r *http.Request) (report handoff.Summary, from, to time.Time, err error) {
	zone := s.desk.Hours().Zone
	day := func(name string) (time.Time, error) {
		text := r.URL.Query().Get(name)
		if text == "" {
			text = s.now().In(zone).Format(time.DateOnly)
		}
		t, err := time.ParseInLocation(time.DateOnly, text, zone)
		if err != nil {
			return t, fmt.Errorf("%w: %s is not a day such as 2027-03-31", errQuery, name)
		}
		return t, nil
	}
	if from, err = day("from"); err != nil {
		return report, from, to, err
	}
	if to, err = day("to"); err != nil {
		return report, from, to, err
	}
	switch end := to.AddDate(0, 0, 1); {
	case to.Before(from):
		return report, from, to, fmt.Errorf("%w: the last day is before the first", errQuery)
	case end.After(from.AddDate(0, 0, reportDays)):
		return report, from, to, fmt.Errorf("%w: a report is about at most %d days", errQuery, reportDays)
	default:
		facts, err := s.facts.Facts(ctx, from, end)
		if err != nil {
			return report, from, to, err
		}
		return handoff.Summarise(facts, zone), from, to, nil
	}
}

// report is GET /api/report.
func (s *Server) report(w http.ResponseWriter, r *http.Request) error {
	report, from, to, err := s.readReport(r.Context(), r)
	if err != nil {
		return err
	}
	return writeJSON(w, map[string]any{
		"from": from.Format(time.DateOnly), "to": to.Format(time.DateOnly), "definitions": definitions(),
		"all": figures(handoff.Group{Name: "all", Figures: report.All}), "hours": allFigures(report.Hours),
		"reasons": allFigures(report.Reasons), "teams": allFigures(report.Teams), "agents": allFigures(report.Agents),
	})
}
