package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Argon2id parameters: 19 MiB, two passes, one lane (OWASP Password Storage Cheat
// Sheet, its first recommendation). They stand in each hash, so that they can be
// raised without locking anyone out.
const (
	argonMemory = 19 * 1024 // KiB
	argonTime   = 2
	argonLanes  = 1
	argonKey    = 32 // bytes
)

// MinPassword is the least length of a password that a person chooses, in characters
// (NIST SP 800-63B-4 for a single factor). Nothing else is asked of it.
const MinPassword = 15

// HashPassword returns the argon2id hash of a password in PHC string format.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails: the runtime stops the program instead
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, argonKey)
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonLanes, enc.EncodeToString(salt), enc.EncodeToString(key))
}

// checkPassword reports whether a password fits a hash. An unreadable hash fits none.
func checkPassword(hash, password string) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var version int
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil || passes == 0 || lanes == 0 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// NewPassword makes a password of 20 letters and digits (100 bits) that are hard to
// take for one another, in groups of five.
func NewPassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789" // 31: 0, 1, i, l, o are left out
	var b strings.Builder
	for i := 0; i < 20; {
		var random [1]byte
		_, _ = rand.Read(random[:]) // never fails
		if int(random[0]) >= 256/len(letters)*len(letters) {
			continue // keeps all letters equally likely
		}
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(random[0])%len(letters)])
		i++
	}
	return b.String()
}
