package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/zap"

	"emma/knowledge"
)

// shelfOfLinks holds articles that cite some addresses, and the looks at them.
type shelfOfLinks struct {
	knowledge.Store
	urls []string

	mu    sync.Mutex
	looks map[string]knowledge.LinkLook
}

func (s *shelfOfLinks) Articles(context.Context) ([]knowledge.Article, error) {
	var all []knowledge.Article
	for _, url := range s.urls {
		all = append(all, knowledge.Article{Source: knowledge.Link{URL: url}}, knowledge.Article{Source: knowledge.Link{URL: url}})
	}
	return append(all, knowledge.Article{Status: knowledge.StatusRetired, Source: knowledge.Link{URL: "http://127.0.0.1:1/retired"}}), nil
}

func (s *shelfOfLinks) NoteLink(_ context.Context, look knowledge.LinkLook) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.looks == nil {
		s.looks = map[string]knowledge.LinkLook{}
	}
	s.looks[look.URL] = look
	return nil
}

func (s *shelfOfLinks) LinkLooks(context.Context) ([]knowledge.LinkLook, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []knowledge.LinkLook
	for _, look := range s.looks {
		list = append(list, look)
	}
	return list, nil
}

// site is a real server with pages in every state. It notes what it is asked.
func site(t *testing.T) (origin string, asked func() []string) {
	var mu sync.Mutex
	var seen []string
	note := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			seen = append(seen, r.Method+" "+r.URL.Path)
			mu.Unlock()
			next.ServeHTTP(w, r)
		})
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/fine", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/no-head", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	})
	mux.HandleFunc("/gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.Handle("/moved", http.RedirectHandler("/fine", http.StatusMovedPermanently))
	mux.Handle("/moved-to-nothing", http.RedirectHandler("/nothing", http.StatusMovedPermanently))
	mux.Handle("/for-now", http.RedirectHandler("/fine", http.StatusFound))
	mux.Handle("/circle", http.RedirectHandler("/circle", http.StatusFound))
	server := httptest.NewServer(note(mux))
	t.Cleanup(server.Close)
	return server.URL, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(seen)
	}
}

func onlyLoopback4(address netip.Addr) bool { return address == netip.MustParseAddr("127.0.0.1") }

func TestSourceLinksAreLookedAt(t *testing.T) {
	origin, asked := site(t)
	want := map[string]struct {
		state knowledge.LinkState
		note  string
	}{
		origin + "/fine":             {knowledge.LinkWorks, ""},
		origin + "/no-head":          {knowledge.LinkWorks, ""},
		origin + "/for-now":          {knowledge.LinkWorks, ""},
		origin + "/gone":             {knowledge.LinkDead, "410"},
		origin + "/nothing":          {knowledge.LinkDead, "404"},
		origin + "/moved-to-nothing": {knowledge.LinkDead, "404"},
		origin + "/moved":            {knowledge.LinkMoved, origin + "/fine"},
		origin + "/broken":           {knowledge.LinkUnreachable, "502"},
		origin + "/circle":           {knowledge.LinkUnreachable, "did not answer"},
		"http://127.0.0.1:1/closed":  {knowledge.LinkUnreachable, "did not answer"},
	}
	shelf := &shelfOfLinks{}
	for url := range want {
		shelf.urls = append(shelf.urls, url)
	}
	now := time.Now()
	watch := newLinkWatch(shelf, shelf, onlyLoopback4, 0, func() time.Time { return now }, zap.NewNop())
	if err := watch.look(t.Context()); err != nil {
		t.Fatal(err)
	}
	for url, w := range want {
		if got := shelf.looks[url]; got.State != w.state || !strings.Contains(got.Note, w.note) || got.At != now.UnixMilli() {
			t.Errorf("%s is %+v, want %s with %q", url, got, w.state, w.note)
		}
	}
	if len(shelf.looks) != len(want) {
		t.Errorf("%d links were looked at, want %d", len(shelf.looks), len(want))
	}

	// What worked is left alone for a week, what failed is tried again after a day.
	before := len(asked())
	now = now.Add(25 * time.Hour)
	if err := watch.look(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, line := range asked()[before:] {
		if !strings.HasSuffix(line, "/broken") && !strings.HasSuffix(line, "/circle") {
			t.Errorf("after a day the site was asked %s again", line)
		}
	}
	if len(asked()) == before {
		t.Error("what failed was not tried again")
	}
}

// TestNoLinkLeadsIntoThePrivateNetwork looks with the rule of the live server at a site on
// loopback, by its address, by a name and through a redirect; the site must hear nothing.
// The control looks at the same address with a rule that allows it.
func TestNoLinkLeadsIntoThePrivateNetwork(t *testing.T) {
	origin, asked := site(t)
	port := origin[strings.LastIndex(origin, ":"):]
	shelf := &shelfOfLinks{urls: []string{origin + "/fine", "http://localhost" + port + "/fine", "http://[::ffff:127.0.0.1]" + port + "/fine", "http://2130706433" + port + "/fine"}}
	if err := newLinkWatch(shelf, shelf, public, 0, time.Now, zap.NewNop()).look(t.Context()); err != nil {
		t.Fatal(err)
	}
	for url, look := range shelf.looks {
		if look.State != knowledge.LinkUnreachable || !strings.Contains(look.Note, "public internet") && !strings.Contains(url, "2130706433") {
			t.Errorf("%s is %+v", url, look)
		}
	}
	if len(asked()) > 0 {
		t.Errorf("the private site was asked %v", asked())
	}

	// A site that may be reached sends on to one that may not.
	inner, heard := site(t)
	outer := httptest.NewServer(http.RedirectHandler(inner+"/fine", http.StatusFound))
	defer outer.Close()
	dials := 0
	onlyTheFirst := func(netip.Addr) bool { dials++; return dials == 1 }
	redirected := &shelfOfLinks{urls: []string{outer.URL}}
	if err := newLinkWatch(redirected, redirected, onlyTheFirst, 0, time.Now, zap.NewNop()).look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if look := redirected.looks[outer.URL]; dials != 2 || !strings.Contains(look.Note, "public internet") || len(heard()) > 0 {
		t.Errorf("after %d dials a redirect into the private network is %+v, and the site there heard %v", dials, look, heard())
	}

	control := &shelfOfLinks{urls: []string{origin + "/fine"}}
	if err := newLinkWatch(control, control, onlyLoopback4, 0, time.Now, zap.NewNop()).look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if look := control.looks[origin+"/fine"]; look.State != knowledge.LinkWorks {
		t.Errorf("where it is allowed the site is %+v", look)
	}
}

func TestOnlyAddressesOfThePublicInternetAreReached(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "151.101.1.69": true, "2606:4700::6810:85e5": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false,
		"255.255.255.255": false, "224.0.0.1": false, "192.0.2.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "ff02::1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::7f00:1": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s counts as public: %v, want %v", address, got, want)
		}
	}
}
