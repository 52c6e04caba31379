package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A small PC may come without a time zone database, and a test cannot hide the one that is here: so
// that layso brings its own is seen from what it is made of.
func TestTimeZonesAreBuiltIn(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "layso/kiosk").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(strings.Fields(string(out)), "time/tzdata") {
		t.Error("kiosk does not import time/tzdata: Asia/Ho_Chi_Minh is unknown where no zoneinfo is installed")
	}
}
