package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Answer sends an agent's answer to the visitor: into the conversation's log in any
// of its states. The case is answered with it.
func (s *Cases) Answer(ctx context.Context, agent Staff, reference, id, text string) (CaseChange, error) {
	if err := checkText(text); err != nil {
		return CaseChange{}, err
	}
	return s.change(ctx, "answering a case", agent, reference, key(agent.ID, id, "answer", reference, text), func(c *Conversation, k *Case) (CaseWork, error) {
		now := s.cfg.Now()
		if err := k.become(CaseAnswered, now); err != nil {
			return CaseWork{}, err
		}
		k.Assignee, k.AssigneeName = agent.ID, agent.Name
		event := k.event(c, AuthorAgent, agent.ID, Body{Text: text, Name: agent.Name}, now)
		letters, err := s.letters(k, "mail_answer", text, now)
		entry := k.record(Entry{Staff: agent.ID, Name: agent.Name, Text: text}, now)
		return CaseWork{Events: []Event{event}, Entry: entry, Letters: letters}, err
	})
}

// CaseUpdate is a step of the work on a case. Empty fields keep what is.
type CaseUpdate struct {
	State    CaseState
	Assignee string    // staff id; the case is then worked on
	Office   string    // the office that has it now
	Due      time.Time // another time by which it is due
	Text     string    // for the visitor
	Note     string    // for staff
}

// Update moves a case on. The visitor is told of another state and of Text.
func (s *Cases) Update(ctx context.Context, agent Staff, reference, id string, u CaseUpdate) (CaseChange, error) {
	assignee, err := s.checkUpdate(ctx, &u)
	if err != nil {
		return CaseChange{}, err
	}
	k := key(agent.ID, id, "case", reference, string(u.State), u.Assignee, u.Office, u.Due.UTC().String(), u.Text, u.Note)
	return s.change(ctx, "updating a case", agent, reference, k, func(c *Conversation, k *Case) (CaseWork, error) {
		now, before := s.cfg.Now(), *k
		if u.State != "" {
			if err := k.become(u.State, now); err != nil {
				return CaseWork{}, err
			}
		}
		if assignee.ID != "" {
			k.Assignee, k.AssigneeName = assignee.ID, assignee.Name
		}
		if u.Office != "" {
			k.Office = u.Office
		}
		if !u.Due.IsZero() {
			k.DueAt = u.Due
		}
		var events []Event
		var letters []Letter
		entry := Entry{Staff: agent.ID, Name: agent.Name, Text: strings.TrimSpace(u.Text), ForStaff: true}
		if k.State != before.State || u.Text != "" || !k.DueAt.Equal(before.DueAt) {
			entry.ForStaff = false
			text := s.say("case_told_"+string(k.State), k)
			if u.Text != "" {
				text += "\n\n" + u.Text
			}
			events = append(events, k.event(c, AuthorSystem, agent.ID, Body{Text: text}, now))
			if letters, err = s.letters(k, "mail_news", text, now); err != nil {
				return CaseWork{}, err
			}
		}
		if u.Note != "" || len(events) == 0 {
			note := c.note(agent, caseNote(*k, u.Note), now)
			note.Case = k.mark()
			events = append(events, note)
		}
		if u.Note != "" {
			entry.Text = strings.TrimSpace(entry.Text + "\n" + u.Note)
			entry.ForStaff = true
		}
		return CaseWork{Events: events, Entry: k.record(entry, now), Letters: letters}, nil
	})
}

// checkUpdate completes an update and finds who it is assigned to.
func (s *Cases) checkUpdate(ctx context.Context, u *CaseUpdate) (Staff, error) {
	for _, text := range []string{u.Text, u.Note} {
		if text != "" {
			if err := checkText(text); err != nil {
				return Staff{}, err
			}
		}
	}
	if u.Office != "" && u.State == "" {
		u.State = CaseOffice
	}
	if u.Assignee != "" && u.State == "" {
		u.State = CaseWorking
	}
	switch {
	case *u == CaseUpdate{}:
		return Staff{}, &FieldError{"state", "Please say what changes."}
	case u.State == CaseOffice && u.Office == "":
		return Staff{}, &FieldError{"office", "Please write which office has the case now."}
	case u.Office != "" && u.State != CaseOffice, len(u.Office) > 200:
		return Staff{}, &FieldError{"office", "An office of at most 200 characters goes with the state office."}
	}
	if u.Assignee == "" {
		return Staff{}, nil
	}
	all, err := s.cfg.Roster.Staff(ctx)
	if err != nil {
		return Staff{}, fmt.Errorf("looking up an agent: %w", err)
	}
	for _, staff := range all {
		if staff.ID == u.Assignee && staff.UsesDesk() {
			return staff, nil
		}
	}
	return Staff{}, &FieldError{"assignee", "Please choose somebody who uses the desk."}
}

// caseNote is a line for staff in the conversation's log.
func caseNote(k Case, note string) string {
	text := ReferenceText(k.Reference) + ": " + string(k.State)
	switch {
	case k.Office != "":
		text += ", " + k.Office
	case k.AssigneeName != "":
		text += ", " + k.AssigneeName
	}
	if note != "" {
		text += "\n\n" + note
	}
	return text
}

// change lets an agent change an existing case.
func (s *Cases) change(ctx context.Context, doing string, agent Staff, reference string, key Key, step CaseStep) (CaseChange, error) {
	if !agent.UsesDesk() {
		return CaseChange{}, fmt.Errorf("%s: %w", doing, ErrForbidden)
	}
	k, err := s.find(ctx, reference)
	if err != nil {
		return CaseChange{}, err
	}
	change, err := s.cfg.Store.ChangeCase(ctx, k.Conversation, key, k.Reference, func(c *Conversation, k *Case) (CaseWork, error) {
		if err := k.workedBy(agent, s.team(k)); err != nil {
			return CaseWork{}, err
		}
		return step(c, k)
	})
	if err != nil {
		return CaseChange{}, fmt.Errorf("%s: %w", doing, err)
	}
	return change, nil
}
