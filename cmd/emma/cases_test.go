package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// caseBody is what the HTTP interface says about a case, as far as tests look at it.
type caseBody struct {
	Case struct {
		Reference, Kind, State, Ageing, Text, Email, Assignee string
		Due, Created                                          int64
		Sealed                                                bool
	}
	Cases []struct {
		Reference, Kind, State, Ageing, Text string
		Due                                  int64
	}
	History   []struct{ Name, State, Text string }
	Pending   int
	Late      int
	Duplicate bool
	Receipt   string
}

func decodeCase(t testing.TB, status int, body string) caseBody {
	t.Helper()
	var c caseBody
	if err := json.Unmarshal([]byte(body), &c); err != nil || status != 200 {
		t.Fatalf("%d %s (%v)", status, body, err)
	}
	return c
}

func TestALeftMessageIsAnsweredInTheVisitorsLog(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		agent := p.signIn(t, "agent", p.password(t, "agent"))
		visitor, welcome := p.visitor(t, "", 0)

		bad := map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came.", "email": "maria@", "consent": true}
		visitor.send(bad)
		if e := visitor.until(func(f frame) bool { return f.Type == "error" }); e.Code != "invalid" || e.Field != "email" {
			t.Errorf("a wrong address gave %+v", e)
		}
		visitor.send(map[string]any{"type": "leave_message", "id": newID(), "text": "My card never came. My SSN is 123-45-6789.",
			"name": "Maria", "email": "maria@example.org", "consent": true})
		said := visitor.until(func(f frame) bool { return f.Author == "system" && f.Case != nil })
		if said.Case.Kind != "message" || said.Case.State != "open" || !strings.Contains(said.Text, "24 to 48 hours") {
			t.Fatalf("the confirmation is %+v", said)
		}
		reference := said.Case.Reference

		status, body := p.call(t, agent, "GET", "/api/cases?kind=message", nil)
		list := decodeCase(t, status, body)
		if len(list.Cases) != 1 || list.Cases[0].Reference != reference || list.Cases[0].Ageing != "fresh" || list.Pending != 1 || strings.Contains(body, "123-45-6789") {
			t.Fatalf("the list is %s", body)
		}
		_ = visitor.ws.CloseNow()
		answer := map[string]any{"id": newID(), "text": "We sent it again today."}
		status, body = p.call(t, agent, "POST", "/api/cases/"+reference+"/answer", answer)
		if c := decodeCase(t, status, body); c.Case.State != "answered" || c.Duplicate {
			t.Errorf("answering gave %s", body)
		}
		status, body = p.call(t, agent, "POST", "/api/cases/"+reference+"/answer", answer)
		if c := decodeCase(t, status, body); !c.Duplicate || c.Case.Reference != reference {
			t.Errorf("answering again gave %s", body)
		}
		back, _ := p.visitor(t, welcome.Token, said.Seq)
		heard := back.until(isMessage("agent"))
		if heard.Text != "We sent it again today." || heard.Case == nil || heard.Case.State != "answered" {
			t.Errorf("the visitor heard %+v", heard)
		}
	})
}
