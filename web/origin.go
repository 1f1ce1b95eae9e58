package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// ownOrigin reports whether an origin is the server's own: scheme, host and port.
// With PublicURL it is that one. Without it the server is reached directly over
// plain HTTP, and the Host of the request decides, if it is an address or localhost:
// a name could have been pointed here by somebody else (DNS rebinding).
func (s *Server) ownOrigin(r *http.Request, origin string) bool {
	if s.settings.PublicURL != "" {
		return origin == s.settings.PublicURL
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err != nil && host != "localhost" {
		return false
	}
	return origin == "http://"+r.Host
}

// staffOrigin checks the origin of a staff socket: required, once, our own.
func (s *Server) staffOrigin(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	return len(origins) == 1 && s.ownOrigin(r, origins[0])
}

// visitorOrigin checks the origin of a visitor's socket: our own or an allowed site;
// none at all comes from a client that is no browser.
func (s *Server) visitorOrigin(r *http.Request) bool {
	switch origins := r.Header.Values("Origin"); len(origins) {
	case 0:
		return true
	case 1:
		return s.ownOrigin(r, origins[0]) || slices.Contains(s.settings.AllowedSites, origins[0])
	}
	return false
}

// CheckOrigin returns a sentence that says what is wrong with a configured origin,
// or an empty string.
func CheckOrigin(origin string) string {
	u, err := url.Parse(origin)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.Scheme+"://"+u.Host != origin || strings.ToLower(origin) != origin {
		return origin + " is not an origin: write it like https://www.example.org, in small letters, with the port if it is unusual and nothing after it"
	}
	return ""
}

// clientAddress is the address that a request comes from. A trusted proxy in front
// of us says it in X-Forwarded-For, of which the last untrusted entry counts.
func (s *Server) clientAddress(r *http.Request) string {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := remote.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusts(address); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
	}
	return address.String()
}

func (s *Server) trusts(address netip.Addr) bool {
	return slices.ContainsFunc(s.settings.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(address) })
}
