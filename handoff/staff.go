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
	ID   string
	Name string
	Role Role
	// Teams are those whose conversations the person takes; an empty list means all.
	Teams []string
	// Languages that the person speaks with visitors; an empty list means English.
	Languages []string
	Skills    []string
	// Capacity is how many conversations the person has at once, 0 for DefaultCapacity.
	Capacity int
	Password string // argon2id hash in PHC form; empty outside sign-in
	Disabled bool
}

// DefaultCapacity is how many conversations an agent has at once.
const DefaultCapacity = 3

// maxCapacity bounds Capacity: more is a mistake of typing, or a load test.
const maxCapacity = 1000

// UsesDesk reports whether the person may see and hold conversations.
func (s Staff) UsesDesk() bool { return s.ID != "" && s.Role != RoleEditor && !s.Disabled }

// Supervises reports whether the person may direct the conversations of others.
func (s Staff) Supervises() bool {
	return (s.Role == RoleSupervisor || s.Role == RoleAdmin) && s.UsesDesk()
}

// Tier is the highest tier whose conversations the person takes.
func (s Staff) Tier() int {
	if s.Role == RoleSenior || s.Role == RoleSupervisor || s.Role == RoleAdmin {
		return 2
	}
	return 1
}

// Room is the person's capacity.
func (s Staff) Room() int {
	if s.Capacity <= 0 {
		return DefaultCapacity
	}
	return s.Capacity
}

// Speaks reports whether the person answers in a language; one that is not known
// yet suits everyone.
func (s Staff) Speaks(language string) bool {
	if language == "" {
		return true
	}
	if len(s.Languages) == 0 {
		return language == "en"
	}
	return slices.Contains(s.Languages, language)
}

// Takes returns an error unless the person may take conversations of a team and tier.
// Supervisors may take those of any team.
func (s Staff) Takes(t Team, tier int) error {
	if !s.UsesDesk() {
		return ErrForbidden
	}
	if s.Supervises() {
		return nil
	}
	if len(s.Teams) > 0 && !slices.Contains(s.Teams, t.ID) {
		return refuse("team", "This chat waits for the team %s, which you are not in.", t.Names.In("en"))
	}
	if tier > s.Tier() {
		return refuse("tier", "This chat waits for tier %d (%s).", tier, t.Tier(tier).Names.In("en"))
	}
	for _, skill := range t.Skills {
		if !slices.Contains(s.Skills, skill) {
			return refuse("skill", "The team %s asks for the skill %q, which you do not have.", t.Names.In("en"), skill)
		}
	}
	return nil
}

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
	if s.Capacity < 0 || s.Capacity > maxCapacity {
		return fmt.Errorf("the capacity %d is not between 0 and %d", s.Capacity, maxCapacity)
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
