package main

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"emma/handoff"
	"emma/web"
)

// account is a new member of the staff with the password to tell once.
type account struct{ name, password, role string }

// addStaff adds a person and returns the account.
func addStaff(ctx context.Context, roster handoff.Roster, staff handoff.Staff, password string) (account, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return account{}, fmt.Errorf("making an id: %w", err)
	}
	staff.ID, staff.Password = id.String(), web.HashPassword(password)
	if err := staff.Validate(); err != nil {
		return account{}, err
	}
	if err := roster.AddStaff(ctx, staff); err != nil {
		return account{}, err
	}
	return account{name: staff.Name, password: password, role: string(staff.Role)}, nil
}

// firstAccounts adds an administrator and an agent when there is no staff at all.
func firstAccounts(ctx context.Context, roster handoff.Roster) ([]account, error) {
	staff, err := roster.Staff(ctx)
	if err != nil || len(staff) > 0 {
		return nil, err
	}
	var made []account
	for _, first := range []struct {
		name string
		role handoff.Role
	}{{"admin", handoff.RoleAdmin}, {"agent", handoff.RoleAgent}} {
		a, err := addStaff(ctx, roster, handoff.Staff{Name: first.name, Role: first.role, Languages: []string{"en", "es"}}, web.NewPassword())
		if err != nil {
			return nil, fmt.Errorf("adding the first accounts: %w", err)
		}
		made = append(made, a)
	}
	return made, nil
}
