package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"layso/printer/emulator"
)

// printerFaults: every fault has its button, at once or in the middle of the next ticket; torn papers
// are told from whole ones.
func printerFaults(t *testing.T, b *chromium) {
	h := startDemo(t)
	clerk := h.clerk(t, "clerk1")
	page := b.open(t, h.base, "/printer", counterSize)
	page.see("#empty")
	page.both("printer-empty", func(bool) { page.touch("#lang") })
	clerk.take("dat-dai", 6)
	page.see(`#paper[data-papers="6"][data-kind="whole"]`)
	page.touch(`#strip [data-seq="3"]`)
	page.read("#caption", "Tờ 3")
	page.touch(`#strip [data-seq="6"]`)

	page.touch(`.when label:last-of-type`)
	page.touch(`#faults [data-fault="paper_out"]`)
	page.see(`body[data-coming="paper_out"]`)
	page.both("printer-coming", func(bool) { page.touch("#lang") })
	clerk.take("dat-dai", 1)
	page.see(`body[data-fault="paper_out"]`)
	page.see(`#paper[data-papers="7"][data-kind="torn"]`)
	page.read(`#strip [data-seq="7"]`, "Rách")
	page.read("#state", "Hết giấy")
	page.check("printer-torn")
	page.touch(`button[data-fault=""]`)
	page.see(`body[data-fault=""] #paper[data-kind="whole"]`)
	page.read(`#strip [data-seq="7"]`, "Rách")

	page.touch(`.when label:first-of-type`)
	buttons := eval[[]string](page, `[...document.querySelectorAll("button[data-fault]")].map((b) => b.dataset.fault)`)
	for _, fault := range emulator.Faults() {
		if !slices.Contains(buttons, string(fault)) {
			t.Errorf("there is no button for %q", fault)
		}
	}
	for _, fault := range buttons[1:] {
		if fault == string(emulator.HangUp) || fault == string(emulator.Restart) {
			continue // they are over at once
		}
		page.touch(`#faults [data-fault="` + fault + `"]`)
		page.see(`body[data-fault="` + fault + `"][data-coming=""]`)
	}
	page.touch(`#faults [data-fault="hang_up"]`)
	page.touch(`#faults [data-fault="restart"]`)
	page.see(`body[data-fault=""]`)
	clerk.take("ho-tich", 1)
	page.see(`#paper[data-papers="9"][data-kind="whole"]`)
}

// The public contract names the faults that the emulator has.
func TestEmulatorFaultsAreDescribed(t *testing.T) {
	raw, err := os.ReadFile(root + "/web/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(raw), "    EmulatorFault:\n      enum: ['', ")
	list, _, _ := strings.Cut(after, "]")
	described := []emulator.Fault{emulator.None}
	for _, code := range strings.Split(list, ", ") {
		described = append(described, emulator.Fault(strings.Trim(code, "'")))
	}
	if !slices.Equal(described, emulator.Faults()) {
		t.Errorf("the document has %q, the emulator %q", described, emulator.Faults())
	}
}
