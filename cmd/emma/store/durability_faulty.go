//go:build faultysync

package store

// sqliteSynchronous of a faulty build: commits are not synced.
const sqliteSynchronous = "OFF"
