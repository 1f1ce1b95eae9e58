// Command emma is the whole program: it serves visitors, staff and editors, and has
// commands for the knowledge base, the staff and the upkeep.
//
// It is the only place that knows all packages: it reads the settings, opens the
// store, the knowledge base and the server, gives each what it needs and ends them
// in the reverse order. It decides nothing about conversations or articles.
package main
