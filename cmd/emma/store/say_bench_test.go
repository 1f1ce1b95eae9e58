package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/zap"

	"emma/cmd/emma/store"
)

// BenchmarkSay appends messages with Emma's answers from so many clients at once, each
// to its own conversation, durable before each return. floor/op is what one fdatasync of an
// appended 200-byte row costs in the same folder, in the same run; x-floor is the
// time per message as a ratio to it (below 1 thanks to group commit).
func BenchmarkSay(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		for _, clients := range []int{1, 64, 1000} {
			b.Run(fmt.Sprintf("%s/%d", engine, clients), func(b *testing.B) {
				dir := b.TempDir()
				config := store.Config{Database: "sqlite", Dir: dir, Log: zap.NewNop(), Now: time.Now}
				if engine == "postgres" {
					if postgres.Address == "" {
						b.Skip(postgres.Reason)
					}
					config.Database = postgres.Address
				}
				s := database{config: config}.open(b)
				desk := deskOn(b, s)
				ids := make([]string, clients)
				for i := range ids {
					ids[i] = begin(b, s)
				}
				floor := syncFloor(b, dir)
				var next atomic.Int64
				var wg sync.WaitGroup
				b.ResetTimer()
				for _, id := range ids {
					wg.Go(func() {
						for next.Add(1) <= int64(b.N) {
							if _, err := desk.Say(context.Background(), id, uuid.NewString(), "How do I renew a green card that was lost in the mail?"); err != nil {
								b.Error(err)
								return
							}
						}
					})
				}
				wg.Wait()
				b.StopTimer()
				b.ReportMetric(float64(floor.Nanoseconds()), "floor-ns")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(floor.Nanoseconds()), "x-floor")
			})
		}
	}
}

// syncFloor is the mean time of an appended row with a sync after it.
func syncFloor(b *testing.B, dir string) time.Duration {
	b.Helper()
	f, err := os.Create(filepath.Join(dir, "floor"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	const rows = 500
	row := make([]byte, 200)
	begun := time.Now()
	for range rows {
		if _, err := f.Write(row); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begun) / rows
}
