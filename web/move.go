package web

import (
	"context"

	"emma/handoff"
)

// command applies something of the staff that gets a receipt.
func (a *agent) command(ctx context.Context, me handoff.Staff, f frame) (string, handoff.Receipt, error) {
	desk := a.server.desk
	var receipt handoff.Receipt
	var err error
	switch f := f.(type) {
	case *moveFrame:
		receipt, err = a.move(ctx, me, f)
		return f.ID, receipt, err
	case *writeFrame:
		switch f.Type {
		case "note":
			receipt, err = desk.Note(ctx, me, f.Conversation, f.ID, f.Text)
		case "whisper":
			receipt, err = desk.Whisper(ctx, me, f.Conversation, f.ID, f.Text)
		default:
			receipt, err = desk.Reply(ctx, me, f.Conversation, f.ID, f.Text)
		}
		return f.ID, receipt, err
	case *transferFrame:
		receipt, err = desk.Transfer(ctx, me, f.Conversation, f.ID, handoff.Transfer{Team: f.Team, Tier: f.Tier, Agent: f.Agent}, f.Note)
		return f.ID, receipt, err
	case *escalateFrame:
		brief := handoff.Brief{Question: f.Question, Tried: f.Tried, Facts: f.Facts, Wanted: f.Wanted}
		receipt, err = desk.Escalate(ctx, me, f.Conversation, f.ID, brief)
		return f.ID, receipt, err
	case *assignFrame:
		receipt, err = desk.Reassign(ctx, me, f.Conversation, f.ID, f.Agent)
		return f.ID, receipt, err
	case *priorityFrame:
		receipt, err = desk.SetPriority(ctx, me, f.Conversation, f.ID, f.Priority)
		return f.ID, receipt, err
	case *revealFrame:
		found, receipt, err := desk.Reveal(ctx, me, f.Conversation, f.ID, f.Seq, f.Number)
		if err == nil {
			a.socket.reply(encode(revealedFrame{Type: "revealed", ID: f.ID, Conversation: f.Conversation, Target: f.Seq,
				Number: found.Number, Kind: found.Kind, Value: found.Value}))
		}
		return f.ID, receipt, err
	case *closeFrame:
		receipt, err = desk.Close(ctx, me, f.Conversation, f.ID, f.Disposition, f.Tags)
		return f.ID, receipt, err
	}
	return "", handoff.Receipt{}, badFrame("%T is no command", f)
}

// move changes who has a conversation; what one gets is opened too.
func (a *agent) move(ctx context.Context, me handoff.Staff, f *moveFrame) (handoff.Receipt, error) {
	desk := a.server.desk
	var receipt handoff.Receipt
	var err error
	switch f.Type {
	case "return":
		return desk.Return(ctx, me, f.Conversation, f.ID)
	case "takeover":
		receipt, err = desk.TakeOver(ctx, me, f.Conversation, f.ID)
	default: // claim, accept
		receipt, err = desk.Claim(ctx, me, f.Conversation, f.ID)
	}
	if err == nil {
		err = a.open(ctx, f.Conversation, 0, false)
	}
	return receipt, err
}
