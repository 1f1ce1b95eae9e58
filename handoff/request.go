package handoff

import (
	"context"
	"fmt"

	"emma/bot"
)

// Request is what an agent writes down for a service request.
type Request struct {
	Type    string // id of a RequestType
	Text    string // the facts
	Receipt string // the visitor's receipt number; sealed, may be empty
	Contact Contact
	Team    string // empty for the conversation's
	Tier    int    // 0 for the conversation's
}

// OpenRequest opens a service request from a conversation: one that the agent has,
// or one that nobody has. The visitor is told the reference in the log.
func (s *Cases) OpenRequest(ctx context.Context, agent Staff, conversation, id string, r Request) (CaseChange, error) {
	if !agent.UsesDesk() {
		return CaseChange{}, fmt.Errorf("opening a service request: %w", ErrForbidden)
	}
	if err := checkText(r.Text); err != nil {
		return CaseChange{}, err
	}
	kind, ok := s.requestType(r.Type)
	if !ok {
		return CaseChange{}, &FieldError{"request", "Please choose what the request is about."}
	}
	contact, err := r.Contact.check()
	if err != nil {
		return CaseChange{}, err
	}
	receipt, err := receiptOf(r.Receipt)
	if err != nil {
		return CaseChange{}, err
	}
	if receipt == "" && contact.Email == "" {
		return CaseChange{}, &FieldError{"receipt", "Please write a receipt number or an e-mail address: the visitor needs one of them to ask for the status."}
	}
	clean, _ := bot.Mask(r.Text)
	text, sealed := s.cfg.Emma.Seal(clean)
	key := key(agent.ID, id, "service_request", r.Type, clean, receipt, contact.Name, contact.Email, contact.Phone, r.Team, fmt.Sprint(r.Tier))
	return s.open(ctx, "opening a service request", conversation, key, func(c *Conversation, k *Case) (CaseWork, error) {
		if c.State == StateAgent && c.Agent != agent.ID {
			return CaseWork{}, &TakenError{Winner: c.AgentName}
		}
		now := k.CreatedAt
		k.Kind, k.Type, k.Text, k.Contact, k.Sealed = CaseRequest, r.Type, text, contact, receipt != ""
		k.DueAt = now.Add(kind.Within)
		if r.Team != "" {
			k.Team = s.cfg.Team(r.Team, k.Language).ID
		}
		if r.Tier != 0 {
			k.Tier = r.Tier
		}
		k.Tier = s.team(k).Tier(k.Tier).Level
		told := s.say("request_opened", k, "{request}", kind.label(k.Language))
		event := k.event(c, AuthorSystem, agent.ID, Body{Text: told}, now)
		// The facts stand in a note, which keeps what was sealed in them.
		facts := c.note(agent, caseNote(*k, text), now)
		facts.Case, facts.Sealed, k.Seq = k.mark(), sealed, facts.Seq
		letters, err := s.letters(k, "mail_opened", told, now)
		entry := k.record(Entry{Staff: agent.ID, Name: agent.Name}, now)
		return CaseWork{Events: []Event{event, facts}, Entry: entry, Receipt: receipt, Letters: letters}, err
	})
}

func (s *Cases) requestType(id string) (RequestType, bool) {
	for _, t := range s.cfg.Types {
		if t.ID == id {
			return t, true
		}
	}
	return RequestType{}, false
}

func (t RequestType) label(language string) string {
	if label, ok := t.Label[language]; ok {
		return label
	}
	return t.Label["en"]
}
