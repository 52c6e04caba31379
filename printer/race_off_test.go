//go:build !race

package printer_test

const underRace = false
