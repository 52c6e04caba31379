package panel_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"periph.io/x/conn/v3/conntest"
	"periph.io/x/conn/v3/physic"
	"periph.io/x/conn/v3/spi"
	"periph.io/x/conn/v3/spi/spitest"

	"layso/display/panel"
)

// ops are the writes that a chain of two gets: register and value of the far chip, then of the near one.
func ops(words ...[4]byte) (out []conntest.IO) {
	for _, w := range words {
		out = append(out, conntest.IO{W: w[:]})
	}
	return out
}

// TestChipsBytes compares every byte with what the data sheet says.
func TestChipsBytes(t *testing.T) {
	port := &spitest.Playback{Playback: conntest.Playback{DontPanic: true, Ops: ops(
		[4]byte{0x0F, 0, 0x0F, 0}, [4]byte{0x09, 0, 0x09, 0}, [4]byte{0x0A, 7, 0x0A, 7}, [4]byte{0x0B, 3, 0x0B, 3}, // Init(4, 7)
		// Show("A007", "-"): the rightmost digit first
		[4]byte{0x01, 0x01, 0x01, 0x70}, [4]byte{0x02, 0, 0x02, 0x7E}, [4]byte{0x03, 0, 0x03, 0x7E}, [4]byte{0x04, 0, 0x04, 0x77},
		[4]byte{0x05, 0, 0x05, 0}, [4]byte{0x06, 0, 0x06, 0}, [4]byte{0x07, 0, 0x07, 0}, [4]byte{0x08, 0, 0x08, 0},
		[4]byte{0x0C, 1, 0x0C, 1}, [4]byte{0x0F, 1, 0x0F, 1}, [4]byte{0x0F, 0, 0x0F, 0}, [4]byte{0x0C, 0, 0x0C, 0},
		[4]byte{0x0F, 0, 0x0F, 0}, [4]byte{0x09, 0, 0x09, 0}, [4]byte{0x0A, 15, 0x0A, 15}, [4]byte{0x0B, 7, 0x0B, 7}, // Init(8, 15)
		[4]byte{0x0F, 0, 0x0F, 0}, [4]byte{0x09, 0, 0x09, 0}, [4]byte{0x0A, 0, 0x0A, 0}, [4]byte{0x0B, 3, 0x0B, 3}, // Init(2, 0)
	)}}
	c, err := port.Connect(physic.MegaHertz, spi.Mode0, 8)
	if err != nil {
		t.Fatal(err)
	}
	chips := panel.NewChips(c, 2)
	for i, do := range []func() error{
		func() error { return chips.Init(4, 7) },
		func() error { return chips.Show([]panel.Digits{panel.Draw("A007", 4), panel.Draw("-", 4)}) },
		chips.On, func() error { return chips.Test(true) }, func() error { return chips.Test(false) }, chips.Halt,
		func() error { return chips.Init(8, panel.MaxBrightness) },
		func() error { return chips.Init(2, 0) },
	} {
		if err := do(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	if name := chips.String(); !strings.HasPrefix(name, "2×MAX7219 on ") {
		t.Errorf("the chain is called %q", name)
	}
	if err := port.Close(); err != nil {
		t.Error(err)
	}
	if chips.Halt() == nil {
		t.Error("an error of the bus is swallowed")
	}
}

// art draws a panel as people see it, three rows a digit.
func art(digits panel.Digits) string {
	rows := [3]string{}
	for _, d := range digits {
		pick := func(bit byte, s string) string {
			if d&bit == 0 {
				return " "
			}
			return s
		}
		rows[0] += " " + pick(0x40, "_") + " " + " "
		rows[1] += pick(0x02, "|") + pick(0x01, "_") + pick(0x20, "|") + " "
		rows[2] += pick(0x04, "|") + pick(0x08, "_") + pick(0x10, "|") + pick(0x80, ".")
	}
	return rows[0] + "\n" + rows[1] + "\n" + rows[2] + "\n"
}

func TestWhatDigitsLookLike(t *testing.T) {
	for text, want := range map[string]string{
		"0123456789": "" +
			" _       _   _       _   _   _   _   _  \n" +
			"| |   |  _|  _| |_| |_  |_    | |_| |_| \n" +
			"|_|   | |_   _|   |  _| |_|   | |_|  _| \n",
		"ABCDEFGHIJ": "" +
			" _       _       _   _   _              \n" +
			"|_| |_  |    _| |_  |_  |   |_| |     | \n" +
			"| | |_| |_  |_| |_  |   |_| | | |   |_| \n",
		"LNOPQRSTUYZ-": "" +
			"             _   _       _               _      \n" +
			"|    _   _  |_| |_|  _  |_  |_  | | |_|  _|  _  \n" +
			"|_  | | |_| |     | |    _| |_  |_|  _| |_      \n",
	} {
		if diff := cmp.Diff(want, art(panel.Draw(text, len(text)))); diff != "" {
			t.Errorf("%s:\n%s", text, diff)
		}
	}
}

// TestLettersAreNoDigits: the first letter of a number is told from every digit, except where the doc says so.
func TestLettersAreNoDigits(t *testing.T) {
	for letter := 'A'; letter <= 'Z'; letter++ {
		shape := panel.Draw(string(letter), 1)[0]
		for digit := '0'; digit <= '9'; digit++ {
			same := shape == panel.Draw(string(digit), 1)[0]
			if want := letter == 'S' && digit == '5' || letter == 'Z' && digit == '2'; same != want {
				t.Errorf("%c looks like %c: %v", letter, digit, same)
			}
		}
	}
}

func TestDrawLeavesAway(t *testing.T) {
	for _, x := range []struct {
		number string
		digits int
		same   string
	}{
		{"A001", 4, "A001"}, {"A001", 6, "  A001"}, {"A001", 3, "001"}, {"AB012", 5, "AB012"}, {"AB012", 4, " 012"},
		{"K001", 4, " 001"}, {"AX001", 5, "  001"}, {"A1000", 5, "A1000"}, {"A1000", 4, "1000"}, {"A1000", 3, "000"}, {"W1234", 2, "34"},
	} {
		got, want := panel.Draw(x.number, x.digits), panel.Draw(x.same, x.digits)
		if diff := cmp.Diff(want, got); diff != "" || len(got) != x.digits {
			t.Errorf("%s on %d digits:\n%s", x.number, x.digits, art(got))
		}
	}
}
