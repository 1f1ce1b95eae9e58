package handoff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Role is what a member of the staff may do.
type Role string

// The roles. Agents and seniors talk with visitors (tier 1 and tier 2), editors
// keep the knowledge base, supervisors watch the desk, administrators do all of it.
const (
	RoleAgent      Role = "agent"
	RoleSenior     Role = "senior"
	RoleEditor     Role = "editor"
	RoleSupervisor Role = "supervisor"
	RoleAdmin      Role = "admin"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{RoleAgent, RoleSenior, RoleEditor, RoleSupervisor, RoleAdmin}
}

// Staff is one person who can sign in. ID is empty for nobody.
type Staff struct {
	ID       string
	Name     string
	Role     Role
	Teams    []string
	Password string // argon2id hash in PHC form; empty outside sign-in
	Disabled bool
}

// UsesDesk reports whether the person may see and hold conversations.
func (s Staff) UsesDesk() bool { return s.ID != "" && s.Role != RoleEditor && !s.Disabled }

// EditsKnowledge reports whether the person may read and change articles.
func (s Staff) EditsKnowledge() bool {
	return (s.Role == RoleEditor || s.Role == RoleAdmin) && !s.Disabled
}

// Validate says in a sentence what is wrong with a new member of the staff.
func (s Staff) Validate() error {
	name := strings.TrimSpace(s.Name)
	if name == "" || name != s.Name || utf8.RuneCountInString(name) > 60 {
		return fmt.Errorf("the name %q must have 1 to 60 characters and no space at its ends", s.Name)
	}
	if !slices.Contains(Roles(), s.Role) {
		return fmt.Errorf("the role %q is not one of %v", s.Role, Roles())
	}
	return nil
}

// Roster keeps the staff and their sessions. Names are unique without regard to case.
type Roster interface {
	// AddStaff adds a person, or returns ErrExists.
	AddStaff(ctx context.Context, s Staff) error
	// StaffByName finds a person by name with the password hash, or ErrNotFound.
	StaffByName(ctx context.Context, name string) (Staff, error)
	// Staff lists everyone by name, without password hashes.
	Staff(ctx context.Context) ([]Staff, error)
	// DisableStaff shuts the person out and ends all their sessions.
	DisableStaff(ctx context.Context, name string) error
	// AddSession remembers a signed-in session under the SHA-256 of its token.
	AddSession(ctx context.Context, tokenHash, staff string, expires time.Time) error
	// SessionStaff returns who is signed in, or ErrNotFound when the session does
	// not exist, has expired at now, or its owner is disabled.
	SessionStaff(ctx context.Context, tokenHash string, now time.Time) (Staff, error)
	// EndSession forgets a session; it is no error when there is none.
	EndSession(ctx context.Context, tokenHash string) error
}
