package web_test

import (
	"os"
	"strings"
	"testing"
)

// TestEveryFaultHasItsSentence: the staff's pages have a sentence and a short word in both languages for
// each fault that the API can tell of, and rank them all.
func TestEveryFaultHasItsSentence(t *testing.T) {
	_, d := served(t, newHall(t))
	words, err := os.ReadFile("static/js/staff/printerwords.js")
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile("static/js/staff/printers.js")
	if err != nil {
		t.Fatal(err)
	}
	_, ranked, _ := strings.Cut(string(code), "const FAULTS = [")
	ranked, _, _ = strings.Cut(ranked, "]")
	faults := d.enum("PrinterFault")
	if len(faults) < 11 {
		t.Errorf("the document has the faults %q only", faults)
	}
	for _, fault := range faults {
		for _, key := range []string{"fault_" + fault, "short_" + fault} {
			if !strings.Contains(string(words), "\n  "+key+": [\"") {
				t.Errorf("no words for %s", key)
			}
		}
		if !strings.Contains(ranked, `"`+fault+`"`) {
			t.Errorf("%s has no rank", fault)
		}
	}
}
