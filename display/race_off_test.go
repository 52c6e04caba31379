//go:build !race

package display_test

const underRace = false
