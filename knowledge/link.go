package knowledge

import "context"

// LinkState is what became of a source link.
type LinkState string

// The states of a link.
const (
	LinkWorks       LinkState = "works"
	LinkMoved       LinkState = "moved"       // for good, to the address in the note
	LinkDead        LinkState = "dead"        // the site says that the page is gone
	LinkUnreachable LinkState = "unreachable" // nobody knows: the note says why
)

// LinkLook is one look at a source link.
type LinkLook struct {
	URL   string    `json:"url"`
	State LinkState `json:"state"`
	Note  string    `json:"note"`
	At    int64     `json:"at"` // Unix milliseconds
}

// LinkBook keeps the last look at each link. It is implemented by the SQL store.
type LinkBook interface {
	NoteLink(ctx context.Context, look LinkLook) error
	// LinkLooks lists them by address.
	LinkLooks(ctx context.Context) ([]LinkLook, error)
}

// Sources are the articles that are not retired, by the address of their source.
func Sources(articles []Article) map[string][]Article {
	all := map[string][]Article{}
	for _, a := range articles {
		if a.Source.URL != "" && a.Status != StatusRetired {
			all[a.Source.URL] = append(all[a.Source.URL], a)
		}
	}
	return all
}
