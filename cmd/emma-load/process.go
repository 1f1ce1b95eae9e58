package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// usage is what the system says of a process.
type usage struct {
	rss int64   // resident memory, bytes
	cpu float64 // seconds of both user and system
}

// processUsage reads /proc, which only Linux has.
func processUsage(pid int) (usage, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return usage{}, fmt.Errorf("reading the server's memory: %w", err)
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return usage{}, fmt.Errorf("reading the server's processor time: %w", err)
	}
	return parseUsage(string(status), string(stat))
}

func parseUsage(status, stat string) (usage, error) {
	var u usage
	_, rest, _ := strings.Cut(status, "VmRSS:")
	if _, err := fmt.Sscanf(rest, "%d kB", &u.rss); err != nil {
		return usage{}, fmt.Errorf("the server's status has no VmRSS: %w", err)
	}
	u.rss <<= 10
	// The name in parentheses may hold anything; the fields after it are counted from 3 (proc(5)).
	fields := bytes.Fields([]byte(stat[strings.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return usage{}, fmt.Errorf("the server's stat has only %d fields", len(fields))
	}
	const ticks = 100 // USER_HZ of Linux, the same on every machine
	for _, field := range fields[11:13] {
		n, err := strconv.ParseFloat(string(field), 64)
		if err != nil {
			return usage{}, fmt.Errorf("the server's processor time: %w", err)
		}
		u.cpu += n / ticks
	}
	return u, nil
}
