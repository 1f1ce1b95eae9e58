//go:build !faultysync

package store

// sqliteSynchronous makes every commit reach the disk before it is acknowledged.
// With NORMAL a power cut loses the last commits. The build tag faultysync exists
// for a control in power-cut trials, which must fail.
const sqliteSynchronous = "FULL"
