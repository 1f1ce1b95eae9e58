package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

// floors are the two waits that no server of this kind can go below on this machine: one durable append and one round
// trip. They are measured before and after the load; when the two differ much, the machine was busy with something else
// and the round says little.
type floors struct {
	Fdatasync summary `json:"fdatasync"` // append of 120 bytes and fdatasync, milliseconds
	Echo      summary `json:"echo"`      // 120 bytes over loopback TCP and back, milliseconds
	Drift     float64 `json:"drift"`     // larger p50 of before and after divided by the smaller, of the worse floor

	sync, echo histogram
	medians    [2][]float64
}

// measure adds a round of each floor, about a second each; dir is on the disk of the server's data.
func (f *floors) measure(dir string, length time.Duration) error {
	var sync, echo histogram
	if err := measureSync(dir, length, &sync, &f.sync); err != nil {
		return fmt.Errorf("measuring fdatasync in %s: %w", dir, err)
	}
	if err := measureEcho(length, &echo, &f.echo); err != nil {
		return fmt.Errorf("measuring the echo: %w", err)
	}
	f.medians[0] = append(f.medians[0], float64(sync.quantile(.5)))
	f.medians[1] = append(f.medians[1], float64(echo.quantile(.5)))
	f.Fdatasync, f.Echo = f.sync.summary(), f.echo.summary()
	f.Drift = 1
	for _, m := range f.medians {
		low, high := m[0], m[0]
		for _, v := range m {
			low, high = min(low, v), max(high, v)
		}
		if low > 0 {
			f.Drift = max(f.Drift, high/low)
		}
	}
	return nil
}

func measureSync(dir string, length time.Duration, to ...*histogram) (err error) {
	file, err := os.CreateTemp(dir, "emma-load-floor-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	row := make([]byte, 120)
	for end := time.Now().Add(length); time.Now().Before(end); {
		began := time.Now()
		if _, err := file.Write(row); err != nil {
			return err
		}
		if err := syncData(file); err != nil {
			return err
		}
		for _, h := range to {
			h.add(time.Since(began))
		}
	}
	return nil
}

func measureEcho(length time.Duration, to ...*histogram) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer l.Close()
	echoed := make(chan struct{})
	go func() {
		defer close(echoed)
		if c, err := l.Accept(); err == nil {
			defer c.Close()
			_, _ = io.CopyBuffer(struct{ io.Writer }{c}, struct{ io.Reader }{c}, make([]byte, 512))
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		return err
	}
	defer func() { c.Close(); <-echoed }()
	message := make([]byte, 120)
	for end := time.Now().Add(length); time.Now().Before(end); {
		began := time.Now()
		if _, err := c.Write(message); err != nil {
			return err
		}
		if _, err := io.ReadFull(c, message); err != nil {
			return err
		}
		for _, h := range to {
			h.add(time.Since(began))
		}
	}
	return nil
}
