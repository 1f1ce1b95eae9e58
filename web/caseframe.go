package web

import (
	"errors"
	"time"

	"emma/handoff"
)

// What a visitor sends about cases.
type (
	messageLeftFrame struct {
		Type, ID, Text, Name, Email, Phone string
		Consent                            bool
	}
	callBackFrame struct {
		Type, ID, Text, Name, Email, Phone string
		From, Until                        int64 // Unix milliseconds
		Consent                            bool
	}
	statusOfFrame struct{ Type, ID, Reference, Proof string }
)

func (f *messageLeftFrame) validate() error { return checkIDs(f.ID) }
func (f *callBackFrame) validate() error    { return checkIDs(f.ID) }
func (f *statusOfFrame) validate() error {
	return errors.Join(checkIDs(f.ID), checkLength("reference", f.Reference, 60), checkLength("proof", f.Proof, 300))
}

// What the server says about cases.
type (
	caseMarkOut struct {
		Reference string            `json:"reference"`
		Kind      handoff.CaseKind  `json:"kind"`
		State     handoff.CaseState `json:"state"`
		Due       int64             `json:"due"`
	}
	caseFrame struct {
		Type string `json:"type"`
		ID   string `json:"id"`
		caseMarkOut
		Text    string `json:"text"`
		Changed int64  `json:"changed"`
	}
	casesFrame struct {
		Type    string `json:"type"`
		Pending int    `json:"pending"`
		Late    int    `json:"late"`
	}
	caseOut struct {
		caseMarkOut
		Ageing       handoff.Ageing `json:"ageing"`
		Conversation string         `json:"conversation"`
		Team         string         `json:"team"`
		Tier         int            `json:"tier"`
		Language     string         `json:"language"`
		Request      string         `json:"request,omitempty"`
		Text         string         `json:"text"`
		Name         string         `json:"name,omitempty"`
		Email        string         `json:"email,omitempty"`
		Phone        string         `json:"phone,omitempty"`
		From         int64          `json:"from,omitempty"`
		Until        int64          `json:"until,omitempty"`
		Assignee     string         `json:"assignee,omitempty"`
		AssigneeName string         `json:"assignee_name,omitempty"`
		Office       string         `json:"office,omitempty"`
		Sealed       bool           `json:"sealed"`
		Created      int64          `json:"created"`
		Changed      int64          `json:"changed"`
		Done         int64          `json:"done,omitempty"`
	}
	mailOut struct {
		At      int64               `json:"at"`
		Subject string              `json:"subject"`
		State   handoff.LetterState `json:"state"`
	}
	caseEntryOut struct {
		At       int64             `json:"at"`
		Name     string            `json:"name,omitempty"`
		State    handoff.CaseState `json:"state"`
		Text     string            `json:"text,omitempty"`
		ForStaff bool              `json:"for_staff"`
	}
)

// markOut is what an event says about its case, or nil.
func markOut(m *handoff.CaseMark) *caseMarkOut {
	if m == nil {
		return nil
	}
	return &caseMarkOut{Reference: m.Reference, Kind: m.Kind, State: m.State, Due: m.Due}
}

func outCase(k handoff.Case, now time.Time) caseOut {
	return caseOut{
		caseMarkOut: caseMarkOut{Reference: k.Reference, Kind: k.Kind, State: k.State, Due: k.DueAt.UnixMilli()},
		Ageing:      k.Ageing(now), Conversation: k.Conversation, Team: k.Team, Tier: k.Tier, Language: k.Language, Request: k.Type,
		Text: k.Text, Name: k.Contact.Name, Email: k.Contact.Email, Phone: k.Contact.Phone, From: unixMilli(k.From), Until: unixMilli(k.Until),
		Assignee: k.Assignee, AssigneeName: k.AssigneeName, Office: k.Office, Sealed: k.Sealed,
		Created: unixMilli(k.CreatedAt), Changed: unixMilli(k.ChangedAt), Done: unixMilli(k.DoneAt),
	}
}

// unixMilli is 0 for the zero time.
func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
