package main

import (
	"net/http"
	"strings"
	"testing"
)

func TestRolesReachWhatTheyMayAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	p := start(t, dir)
	people := map[string]*http.Client{"nobody": {}}
	for _, role := range []string{"agent", "senior", "editor", "supervisor", "admin"} {
		if code, _, errs := command(t, "four random words here\n", "staff", "add", "The "+role, "--role", role, "--password-stdin", "--data", dir); code != 0 {
			t.Fatal(errs)
		}
		people[role] = p.signIn(t, "The "+role, "four random words here")
	}
	article := map[string]any{"revision": 0, "question": "A new question?", "answer": "An answer.", "topic": "new"}
	everyone, staff, editors := "nobody agent senior editor supervisor admin", "agent senior editor supervisor admin", "editor admin"
	desk := "agent senior supervisor admin"
	own := map[string]any{"short": "hi", "language": "en", "text": "Hello", "own": true}
	shared := map[string]any{"short": "all", "language": "en", "text": "Hello", "own": false}
	for _, test := range []struct {
		method, path string
		body         any
		allowed      string
	}{
		{"GET", "/healthz", nil, everyone},
		{"GET", "/readyz", nil, everyone},
		{"GET", "/api/widget?language=es", nil, everyone},
		{"GET", "/", nil, everyone},
		{"GET", "/console", nil, everyone}, // the page alone shows nothing
		{"GET", "/editor", nil, everyone},
		{"GET", "/api/me", nil, staff},
		{"GET", "/api/me/day", nil, desk},
		{"GET", "/api/conversations", nil, desk},
		{"GET", "/api/conversations/none/emma", nil, desk},
		{"GET", "/api/knowledge?text=green+card", nil, desk},
		{"GET", "/api/replies", nil, desk},
		{"GET", "/api/report", nil, "supervisor admin"},
		{"GET", "/api/report.csv", nil, "supervisor admin"},
		{"GET", "/api/report.xlsx?from=2027-01-01&to=2027-01-31", nil, "supervisor admin"},
		{"PUT", "/api/replies/" + newID(), own, desk},
		{"PUT", "/api/replies/" + newID(), shared, "supervisor admin"},
		{"DELETE", "/api/replies/" + newID(), nil, desk},
		{"GET", "/api/articles", nil, editors},
		{"GET", "/api/articles/gc-renew/en", nil, editors},
		{"PUT", "/api/articles/role-test/en", article, editors},
		{"POST", "/api/articles/gc-renew/en/retire", map[string]any{}, editors},
		{"POST", "/api/articles/gc-renew/en/publish", map[string]any{"revision": 1}, editors},
		{"POST", "/api/preview", map[string]string{"markdown": "*a*", "language": "en"}, editors},
		{"GET", "/api/menu", nil, editors},
		{"PUT", "/api/menu", map[string]any{"revision": 0, "topics": []any{}}, editors},
		{"GET", "/api/phrases", nil, editors},
		{"PUT", "/api/phrases/greeting", map[string]any{"revision": 0, "texts": map[string]string{"en": "Hi", "es": "Hola"}}, editors},
		{"POST", "/api/try", map[string]string{"text": "How do I renew?", "language": "en"}, editors},
	} {
		for role, browser := range people {
			status, body := p.call(t, browser, test.method, test.path, test.body)
			refused := status == http.StatusUnauthorized || status == http.StatusForbidden
			if allowed := strings.Contains(" "+test.allowed+" ", " "+role+" "); allowed == refused || status >= 500 {
				t.Errorf("%s %s as %s answers %d %s", test.method, test.path, role, status, body)
			}
		}
	}
	for role, browser := range people {
		request, err := http.NewRequest("GET", p.origin, nil)
		if err != nil {
			t.Fatal(err)
		}
		headers := "Origin: " + p.origin + "\r\n"
		if browser.Jar != nil {
			headers += "Cookie: " + browser.Jar.Cookies(request.URL)[0].String() + "\r\n"
		}
		want := map[string]int{"nobody": 401, "editor": 403}[role]
		if want == 0 {
			want = 101
		}
		if got := handshake(t, p.address, "/ws/agent", headers); got != want {
			t.Errorf("the staff socket answers %s with %d, want %d", role, got, want)
		}
	}
}

func TestARequestFromAnotherSiteChangesNothing(t *testing.T) {
	p := start(t, t.TempDir())
	browser := p.signIn(t, "admin", p.password(t, "admin"))
	request, err := http.NewRequest("POST", p.origin+"/api/articles/gc-renew/en/retire", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://evil.test")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("the request answers %s, want 403", response.Status)
	}
	if _, body := p.call(t, browser, "GET", "/api/articles/gc-renew/en", nil); !strings.Contains(body, `"published":1`) {
		t.Errorf("the article was changed: %.200s", body)
	}
}

func TestGuessingPasswordsIsShutOut(t *testing.T) {
	p := start(t, t.TempDir())
	status := 0
	for range 11 {
		status, _ = p.call(t, &http.Client{}, "POST", "/api/login", map[string]string{"name": "admin", "password": "wrong"})
	}
	if status != http.StatusTooManyRequests {
		t.Errorf("the eleventh wrong password answers %d, want 429", status)
	}
	if status, _ := p.call(t, &http.Client{}, "POST", "/api/login", map[string]string{"name": "admin", "password": p.password(t, "admin")}); status != http.StatusTooManyRequests {
		t.Errorf("the right password then answers %d, want 429", status)
	}
	p.signIn(t, "agent", p.password(t, "agent")) // others are not shut out
}

func TestAnEditIsAnsweredWithinASecond(t *testing.T) {
	onBothEngines(t, func(t *testing.T, flags ...string) {
		p := start(t, t.TempDir(), flags...)
		browser := p.signIn(t, "admin", p.password(t, "admin"))
		article := map[string]any{"revision": 0, "topic": "test", "question": "Where do I park my zeppelin?",
			"alternates": []string{"zeppelin parking", "park an airship"}, "answer": "On the **roof**, please."}
		if status, body := p.call(t, browser, "PUT", "/api/articles/zeppelin/en", article); status != 200 {
			t.Fatalf("saving answers %d %s", status, body)
		}
		if status, body := p.call(t, browser, "PUT", "/api/articles/zeppelin/en", article); status != 409 || !strings.Contains(body, `"stale"`) || !strings.Contains(body, "zeppelin?") {
			t.Errorf("saving over somebody else's revision answers %d %s", status, body)
		}
		if status, body := p.call(t, browser, "POST", "/api/articles/zeppelin/en/publish", map[string]int{"revision": 1}); status != 200 {
			t.Fatalf("publishing answers %d %s", status, body)
		}
		visitor, _ := p.visitor(t, "", 0)
		deadline := newDeadline()
		for {
			visitor.ask("Where do I park my zeppelin?")
			answer := visitor.until(isMessage("emma"))
			if answer.Decision.Article == "zeppelin" {
				if !strings.HasPrefix(answer.Text, "On the roof, please.") || !strings.Contains(answer.HTML, "<strong>roof</strong>") {
					t.Errorf("the answer is %q, %q", answer.Text, answer.HTML)
				}
				return
			}
			if deadline() {
				t.Fatalf("a second after publishing Emma says %+v", answer)
			}
		}
	})
}
