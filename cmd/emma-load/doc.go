// Command emma-load speaks the public protocol to a running Emma server as many visitors and agents at once, measures how
// long everything takes, and afterwards proves from what it was told that nothing was lost or doubled. Nobody imports it.
//
//	emma-load --url http://127.0.0.1:8080 -n 1000 --every 10s --for 1m
//	emma-load check --journal run.jsonl --url http://127.0.0.1:8080
//
// It prints one JSON object on standard output and ends with 0, with 1 when the server broke a promise (lost, duplicated,
// gaps, reordered), with 2 when the run could not be made.
//
// # What it guarantees
//
//   - Time is measured from the schedule. A visitor's turn has a time that does not depend on how the server does; a wait
//     that one slow answer causes to the next question counts in full (no coordinated omission, G. Tene, "How NOT to Measure
//     Latency"). "lateness" in the report is this client's own part of it.
//   - Everything acknowledged and every event heard is in the ledger, and with --journal in a file, one line each, before
//     anything else happens with it. A torn last line is the only damage that a killed client can do.
//   - A visitor has one command under way at a time and keeps its id until it is acknowledged, over any number of
//     connections; it resumes with the highest number that it heard. Pauses are those of the protocol: full jitter.
//   - The check reads each conversation back from the beginning, as its visitor and, with --agent, as staff. Each
//     acknowledgement must be there once, with its number and its words; numbers must rise, for staff without gaps; and
//     each connection must have heard exactly the log above the number with which it came. What was heard and is not in the
//     log counts as lost.
//
// Texts are compared as they were sent: with --questions, leave out what the server masks (social-security and card
// numbers).
//
// # The acceptance measurement
//
// The server is a process of its own, on a fresh data folder on the disk in question, started with
//
//	emma serve --addr 127.0.0.1:8090 --data DIR --message-rate 0 --connections-per-address 0 --always-open
//
// Each of these is run three times; the median counts, and a round whose floors.drift is above 2 is repeated:
//
//	emma-load --url http://127.0.0.1:8090 --pid PID -n 10000 --idle --for 30s
//	emma-load --url http://127.0.0.1:8090 --pid PID -n 10000 --every 10s --for 60s --floors --data DIR --search-us S
//	emma-load --url http://127.0.0.1:8090 -n 10000 --every 10s --for 40s     (kill -9 the server in it, start it again)
//	emma-load --url http://127.0.0.1:8090 --first-frame 10000
//
// The first gives rss_per_connection, the second ms.answer and ratios.answer_p50, the third back_seconds and the check, the
// fourth first_frames_ok. S is the median of one search (p50-µs of "go test ./knowledge -run - -bench Starter -cpu 1"). The
// built-in questions are few, as on a page that suggests them, and the server need not search for them anew; --questions
// with thousands of lines makes it search nearly each time. A process needs a descriptor for each connection: where the hard
// limit is 20,000, ask for at most 19,500.
package main
