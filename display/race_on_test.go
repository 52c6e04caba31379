//go:build race

package display_test

// underRace: the race detector makes the long tests ten times as long. They run in full without it.
const underRace = true
