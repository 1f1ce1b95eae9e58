package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"unicode/utf8"

	"emma/bot"
	"emma/handoff"
)

// errIdentity says that a site named a visitor whom its server did not vouch for.
var errIdentity = errors.New("the hash of the visitor does not fit the identity secret")

// Bounds of what a site may say about a visitor.
const (
	profileText       = 200 // characters of a name, an address, an attribute
	profileAttributes = 20
)

// userOf is the visitor whom a site names in the hello. Sites pass on what they have:
// further fields are ignored, numbers are taken as texts.
type userOf struct{ ID, Hash, Name, Email string }

// UnmarshalJSON implements json.Unmarshaler.
func (u *userOf) UnmarshalJSON(b []byte) error {
	var fields struct{ ID, Hash, Name, Email looseText }
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	*u = userOf{string(fields.ID), string(fields.Hash), string(fields.Name), string(fields.Email)}
	return nil
}

// looseText is any JSON value as a text; null is empty.
type looseText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *looseText) UnmarshalJSON(b []byte) error {
	var text string
	if json.Unmarshal(b, &text) != nil {
		text = string(b)
	}
	*t = looseText(text)
	return nil
}

// VisitorHash is what a site's own server computes for a signed-in visitor: the
// hexadecimal HMAC-SHA-256 of the visitor's id with the identity secret.
func VisitorHash(secret, id string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(id)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// profileOf turns what a site says into a profile. With errIdentity the profile holds
// what needs no proof: the visitor is then let in, but not verified.
func (s *Server) profileOf(user *userOf, attributes map[string]looseText) (handoff.Profile, error) {
	var p handoff.Profile
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		if len(p.Attributes) == profileAttributes {
			break
		}
		if p.Attributes == nil {
			p.Attributes = map[string]string{}
		}
		p.Attributes[short(name)] = short(string(attributes[name]))
	}
	if user == nil {
		return p, nil
	}
	p.Name, p.Email = short(user.Name), short(user.Email)
	if user.ID == "" && user.Hash == "" {
		return p, nil
	}
	if secret := s.settings.IdentitySecret; secret == "" || !hmac.Equal([]byte(VisitorHash(secret, user.ID)), []byte(user.Hash)) {
		return p, errIdentity
	}
	p.ID = user.ID
	return p, nil
}

// short masks and shortens what a site says.
func short(text string) string {
	text, _ = bot.Mask(text)
	if utf8.RuneCountInString(text) > profileText {
		text = string([]rune(text)[:profileText])
	}
	return text
}

// outVisitor is what staff see of a profile, nil when there is nothing.
func outVisitor(p handoff.Profile) *visitorOut {
	if p.ID == "" && p.Name == "" && p.Email == "" && len(p.Attributes) == 0 {
		return nil
	}
	return &visitorOut{Verified: p.Verified(), ID: p.ID, Name: p.Name, Email: p.Email, Attributes: p.Attributes}
}
