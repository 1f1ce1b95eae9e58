package web

import "emma/handoff"

// deskFrame is a snapshot of the desk for one member of the staff.
type (
	deskFrame struct {
		Type      string     `json:"type"`
		Waiting   []rowOut   `json:"waiting"`
		Mine      []rowOut   `json:"mine"`
		Offers    []rowOut   `json:"offers,omitempty"`
		AfterChat []rowOut   `json:"after_chat,omitempty"`
		Held      []rowOut   `json:"held,omitempty"`
		Agents    []agentOut `json:"agents,omitempty"`
		Me        *meOut     `json:"me,omitempty"`
	}
	// agentOut is a colleague who is here.
	agentOut struct {
		ID       string       `json:"id"`
		Name     string       `json:"name"`
		Role     handoff.Role `json:"role"`
		Teams    []string     `json:"teams"`
		Status   string       `json:"status"`
		Load     int          `json:"load"`
		Capacity int          `json:"capacity"`
	}
	meOut struct {
		Status   string          `json:"status"`
		Absence  handoff.Absence `json:"absence,omitempty"`
		Load     int             `json:"load"`
		Capacity int             `json:"capacity"`
	}
)

func statusOf(available bool) string {
	if available {
		return "available"
	}
	return "away"
}

func deskOf(b handoff.Board) deskFrame {
	f := deskFrame{Type: "desk", Waiting: rows(b.Waiting), Mine: rows(b.Mine),
		Offers: rows(b.Offers), AfterChat: rows(b.Wrap), Held: rows(b.Held)}
	if !b.Me.Until.IsZero() { // else they count as gone for a moment, and what they chose holds
		f.Me = &meOut{Status: statusOf(b.Me.Available), Absence: b.Me.Absence, Load: b.Me.Load, Capacity: b.Me.Room()}
	}
	for _, a := range b.Agents {
		f.Agents = append(f.Agents, agentOut{ID: a.ID, Name: a.Name, Role: a.Role, Teams: append([]string{}, a.Teams...),
			Status: statusOf(a.Available), Load: a.Load, Capacity: a.Room()})
	}
	return f
}
