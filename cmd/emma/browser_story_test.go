package main

import "testing"

func TestStaffSignInInABrowser(t *testing.T) {
	p := start(t, t.TempDir())
	b := openBrowser(t, p.origin)
	agent := b.open(p.origin+"/console", 1440, 900)
	agent.wait("find.all('input[type=password]').length")
	agent.axe("sign-in")
	agent.shot("signin")
	agent.write("input:not([type=password])", "agent")
	agent.write("input[type=password]", "wrong\r")
	agent.sees("wrong")
	js[bool](agent, "(find.all('input[type=password]')[0].select(), true)")
	agent.write("input[type=password]", p.password(t, "agent")+"\r")
	agent.sees("Waiting")
	agent.axe("console, empty")

	editor := b.open(p.origin+"/editor", 1440, 900) // the session is the agent's
	editor.sees("editor")
	editor.shot("editor-as-agent")
}
