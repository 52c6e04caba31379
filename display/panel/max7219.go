package panel

import (
	"fmt"

	"periph.io/x/conn/v3"
)

// Registers of the MAX7219 and MAX7221 (Maxim data sheet 19-4452, table 2).
const (
	regDigit     = 0x01 // to 0x08; by custom of the modules that are sold, 0x01 is the rightmost digit
	regDecode    = 0x09 // 0: segments are given one by one
	regIntensity = 0x0A // 0-15
	regScan      = 0x0B // digits that are driven, less one
	regPower     = 0x0C // 0: shut down, 1: normal
	regTest      = 0x0F // 1: every segment on, whatever else is set
)

// Width is the number of digits that one chip drives.
const Width = 8

// MaxBrightness is the brightest of the chip's 16 steps, from 0.
const MaxBrightness = 15

// Digits are what one panel shows, from left to right: segments as bits, the point 0x80, then A to G from 0x40
// down to 0x01.
type Digits []byte

// Chips are MAX7219s in a chain: the data output of each is wired to the input of the next.
type Chips struct {
	conn conn.Conn
	n    int
}

var _ conn.Resource = (*Chips)(nil)

// NewChips gives the chain of n chips on the bus; the first one is next to this computer. They show
// nothing until [Chips.On].
func NewChips(c conn.Conn, n int) *Chips { return &Chips{c, n} }

// String names the chain and its bus.
func (c *Chips) String() string { return fmt.Sprintf("%d×MAX7219 on %s", c.n, c.conn) }

// Init sets up every chip, whatever it was doing, for so many digits and a brightness from 0 to 15. Whether
// it is on and what it shows does not change.
func (c *Chips) Init(digits, brightness int) error {
	for _, x := range [][2]byte{
		{regTest, 0}, {regDecode, 0}, {regIntensity, byte(brightness)},
		{regScan, byte(max(digits, 4) - 1)}, // fewer than 4 would overload the digits' drivers
	} {
		if err := c.all(x[0], x[1]); err != nil {
			return err
		}
	}
	return nil
}

// Show writes what each panel shows, in the order of the chain. Digits that are not given go dark.
func (c *Chips) Show(panels []Digits) error {
	for place := range Width { // from the right
		err := c.write(byte(regDigit+place), func(chip int) byte {
			if chip < len(panels) && place < len(panels[chip]) {
				return panels[chip][len(panels[chip])-1-place]
			}
			return 0
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Test turns every segment of every chip on, or back to what was shown.
func (c *Chips) Test(on bool) error {
	if on {
		return c.all(regTest, 1)
	}
	return c.all(regTest, 0)
}

// On lights all panels. A chip that has just got its power is off and holds anything: [Chips.Show] comes first.
func (c *Chips) On() error { return c.all(regPower, 1) }

// Halt makes all panels dark until [Chips.On]. It implements conn.Resource.
func (c *Chips) Halt() error { return c.all(regPower, 0) }

func (c *Chips) all(register, value byte) error {
	return c.write(register, func(int) byte { return value })
}

// write sets one register of all chips at once: the chips take it when the select line rises. The word that
// is sent first travels to the end of the chain.
func (c *Chips) write(register byte, value func(chip int) byte) error {
	words := make([]byte, 0, 2*c.n)
	for chip := c.n - 1; chip >= 0; chip-- {
		words = append(words, register, value(chip))
	}
	if err := c.conn.Tx(words, nil); err != nil {
		return fmt.Errorf("writing to the panels: %w", err)
	}
	return nil
}
