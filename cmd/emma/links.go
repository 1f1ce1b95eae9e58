package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"syscall"
	"time"

	"go.uber.org/zap"

	"emma/knowledge"
)

const (
	// lookForLinks is how often it is looked whether a link is due.
	lookForLinks = 10 * time.Minute
	// linkGood and linkBad are how long a look counts: what failed is tried again sooner.
	linkGood, linkBad = 7 * 24 * time.Hour, 24 * time.Hour
	// linkRest is the pause between two links, so that no site is troubled.
	linkRest = 5 * time.Second
	// linkPatience bounds one request, redirects included.
	linkPatience = 10 * time.Second
	mostHops     = 5
)

// errNotPublic says that a link leads to an address which is not on the public internet.
var errNotPublic = errors.New("the address is not on the public internet")

// linkWatch looks at the source links of articles, one at a time. It reaches addresses of
// the public internet only: what is dialled is checked, after names are resolved and after
// each redirect, so that no article can make it ask within the network it runs in.
type linkWatch struct {
	articles knowledge.Store
	book     knowledge.LinkBook
	client   *http.Client
	now      func() time.Time
	rest     time.Duration
	log      *zap.Logger
}

// newLinkWatch makes one; allowed says which addresses it may reach.
func newLinkWatch(articles knowledge.Store, book knowledge.LinkBook, allowed func(netip.Addr) bool, rest time.Duration, now func() time.Time, log *zap.Logger) *linkWatch {
	dialer := net.Dialer{Timeout: linkPatience, Control: func(_, address string, _ syscall.RawConn) error {
		dialled, err := netip.ParseAddrPort(address)
		if err != nil || !allowed(dialled.Addr().Unmap()) {
			return errNotPublic
		}
		return nil
	}}
	return &linkWatch{articles: articles, book: book, rest: rest, now: now, log: log, client: &http.Client{
		Timeout:   linkPatience,
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10}, // no proxy: it would dial in our place
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) > mostHops {
				return fmt.Errorf("it sends on more than %d times", mostHops)
			}
			return nil
		},
	}}
}

// public reports whether an address belongs to the public internet (IANA, special-purpose
// address registries, RFC 6890).
func public(address netip.Addr) bool {
	if !address.IsGlobalUnicast() || address.IsPrivate() {
		return false
	}
	for _, special := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(special).Contains(address) {
			return false
		}
	}
	return true
}

// run looks at what is due until the context ends.
func (l *linkWatch) run(ctx context.Context) {
	pause(ctx, startRest)
	every(ctx, lookForLinks, 0, nil, func() {
		if err := l.look(ctx); err != nil && ctx.Err() == nil {
			l.log.Error("looking at source links", zap.Error(err))
		}
	})
}

// look looks at each link whose last look is too old.
func (l *linkWatch) look(ctx context.Context) error {
	articles, err := l.articles.Articles(ctx)
	if err != nil {
		return err
	}
	looks, err := l.book.LinkLooks(ctx)
	if err != nil {
		return err
	}
	again := map[string]time.Time{}
	for _, look := range looks {
		age := linkGood
		if look.State == knowledge.LinkUnreachable {
			age = linkBad
		}
		again[look.URL] = time.UnixMilli(look.At).Add(age)
	}
	for _, url := range slices.Sorted(maps.Keys(knowledge.Sources(articles))) {
		if l.now().Before(again[url]) {
			continue
		}
		look := l.visit(ctx, url)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := l.book.NoteLink(ctx, look); err != nil {
			return err
		}
		pause(ctx, l.rest)
	}
	return nil
}

// visit asks for the head of a page, and for the page where a site does not answer that.
func (l *linkWatch) visit(ctx context.Context, url string) knowledge.LinkLook {
	status, moved, err := l.ask(ctx, http.MethodHead, url)
	if !errors.Is(err, errNotPublic) && (err != nil || status >= http.StatusBadRequest) {
		status, moved, err = l.ask(ctx, http.MethodGet, url)
	}
	look := knowledge.LinkLook{URL: url, State: knowledge.LinkWorks, At: l.now().UnixMilli()}
	switch {
	case err != nil:
		look.State, look.Note = knowledge.LinkUnreachable, whyNot(err)
	case status == http.StatusNotFound || status == http.StatusGone:
		look.State, look.Note = knowledge.LinkDead, fmt.Sprintf("The site says that the page is gone (%d).", status)
	case status >= http.StatusBadRequest:
		look.State, look.Note = knowledge.LinkUnreachable, fmt.Sprintf("The site answers %d. It may not like to be asked by programs: open it yourself.", status)
	case moved != "":
		look.State, look.Note = knowledge.LinkMoved, moved
	}
	return look
}

// ask returns the last answer, and where the page moved to for good.
func (l *linkWatch) ask(ctx context.Context, method, url string) (status int, moved string, err error) {
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("User-Agent", "Emma (looks whether pages that she cites are still there)")
	answer, err := l.client.Do(request)
	if err != nil {
		return 0, "", err
	}
	if err := answer.Body.Close(); err != nil {
		return 0, "", err
	}
	if last := answer.Request; last.URL.String() != url && permanent(last) {
		moved = last.URL.String()
	}
	return answer.StatusCode, moved, nil
}

// permanent reports whether all redirects that led to a request were for good.
func permanent(request *http.Request) bool {
	for request.Response != nil {
		if s := request.Response.StatusCode; s != http.StatusMovedPermanently && s != http.StatusPermanentRedirect {
			return false
		}
		request = request.Response.Request
	}
	return true
}

// whyNot says in a sentence why nobody answered.
func whyNot(err error) string {
	var name *net.DNSError
	var slow net.Error
	switch {
	case errors.Is(err, errNotPublic):
		return "The address is not on the public internet. Emma does not go there."
	case errors.As(err, &name) && name.IsNotFound:
		return "There is no site of this name."
	case errors.As(err, &slow) && slow.Timeout():
		return fmt.Sprintf("The site did not answer within %.0f seconds.", linkPatience.Seconds())
	}
	return "The site did not answer."
}
