package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// copyValues is how many values of a table go into one statement: fewer than both
// engines allow.
const copyValues = 2000

// querier is a database or a transaction of one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// tablesOf lists our tables in a SQLite database, each after those that it refers to.
func tablesOf(ctx context.Context, db querier) ([]string, error) {
	all, err := column(ctx, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("listing the tables: %w", err)
	}
	var ordered []string
	for len(ordered) < len(all) {
		before := len(ordered)
		for _, table := range all {
			if slices.Contains(ordered, table) {
				continue
			}
			needs, err := column(ctx, db, `SELECT "table" FROM pragma_foreign_key_list('`+table+`')`)
			if err != nil {
				return nil, fmt.Errorf("looking at the table %s: %w", table, err)
			}
			if !slices.ContainsFunc(needs, func(need string) bool { return need != table && !slices.Contains(ordered, need) }) {
				ordered = append(ordered, table)
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to each other in a circle: %v", all)
		}
	}
	return ordered, nil
}

// column returns the first column of what a query finds.
func column(ctx context.Context, db querier, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// copyTables replaces what the tables of one database hold by what those of another
// do. Both have the tables of this version; engines may differ, since all values are
// text or numbers.
func copyTables(ctx context.Context, from, to querier, tables []string) error {
	for _, table := range slices.Backward(tables) {
		if _, err := to.ExecContext(ctx, `DELETE FROM `+table); err != nil {
			return fmt.Errorf("clearing the table %s: %w", table, err)
		}
	}
	for _, table := range tables {
		if err := copyTable(ctx, from, to, table); err != nil {
			return fmt.Errorf("copying the table %s: %w", table, err)
		}
	}
	return nil
}

func copyTable(ctx context.Context, from, to querier, table string) error {
	empty, err := to.QueryContext(ctx, `SELECT * FROM `+table+` WHERE 1 = 0`)
	if err != nil {
		return err
	}
	columns, err := empty.Columns()
	if err := errors.Join(err, empty.Close()); err != nil {
		return err
	}
	list := strings.Join(columns, ", ")
	rows, err := from.QueryContext(ctx, `SELECT `+list+` FROM `+table)
	if err != nil {
		return err
	}
	defer rows.Close()
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ") + ")"
	var args []any
	flush := func() error {
		if len(args) == 0 {
			return nil
		}
		_, err := to.ExecContext(ctx, `INSERT INTO `+table+` (`+list+`) VALUES `+values(row, len(args)/len(columns)), args...)
		args = args[:0]
		return err
	}
	for rows.Next() {
		start := len(args)
		args = append(args, make([]any, len(columns))...)
		dest := make([]any, len(columns))
		for i := range dest {
			dest[i] = &args[start+i]
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		if len(args)+len(columns) > copyValues {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}
