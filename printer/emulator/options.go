package emulator

import "time"

// Options say what kind of printer it is. Zero values give an 80 mm printer that knows and answers
// everything, holds the sender up while its buffer is full, and once a fault is mended prints what it
// still holds.
type Options struct {
	Dots   int              // dots in a row; 0: 576
	Keep   int              // papers that are kept; 0: 20
	Buffer int              // bytes of the receive buffer; 0: 64 KiB. Small printers have 4 KiB
	Now    func() time.Time // nil: time.Now

	Cut         Cut  // which commands cut
	FeedUnits   int  // of ESC J that make one row; 0: 1
	NoProcessID bool // GS ( H is an unknown command
	NoClear     bool // DLE DC4 8 is an unknown command
	NoNearEnd   bool // no sensor tells that the paper comes to its end
	ReceiveOnly bool // no way back: it answers nothing, ever
	Rubbish48   bool // a picture whose height is a multiple of 48 rows comes out as rubbish

	XonXoff        bool   // says XOFF when its buffer is three quarters full, XON when it is down to one quarter
	LosesOverflow  bool   // loses what its buffer can't hold, in place of holding the sender up
	DropsLeftovers bool   // forgets what it holds when paper is put in, the cover closed, a jam removed
	DropEvery      int    // with the fault [Drop]: of so many bytes of jobs ...; 0: 4096
	DropBurst      int    // ... it loses so many, the last ones; 0: 200
	Noise          []byte // with the fault [Garbage]: what it answers, over and over; nil: bytes that no printer answers

	Speed int // of the motor in mm/s, at 8 rows a mm, for [Printer.Motion]; 0: no motor is looked at
	Wire  int // bytes that the wire carries in a second, for the same; 0: any number

	// OnPaper is told of each paper, in order, torn ones too. The printer waits for it: it must not
	// call the printer's methods.
	OnPaper func(*Paper)
}

// Bytes that wires carry in a second, for [Options].
const (
	USBFullSpeed = 1_000_000  // bulk transfers of 64 bytes, 16 of the at most 19 in a millisecond
	Ethernet100  = 11_700_000 // TCP on 100 Mbit/s
	Serial115200 = 11_520     // 8N1: ten bits a byte
	Serial38400  = 3_840
)

// Cut is the kind of cutter.
type Cut int

// AnyCut knows both of the commands below. CutGSV knows GS V 66, CutESCi knows ESC i. NoCutter knows
// neither: the citizen tears the ticket off when it was moved on by 15 mm in one go.
const (
	AnyCut Cut = iota
	CutGSV
	CutESCi
	NoCutter
)

func (o Options) withDefaults() Options {
	for _, x := range []struct {
		field *int
		value int
	}{{&o.Dots, 576}, {&o.Keep, 20}, {&o.Buffer, 64 << 10}, {&o.FeedUnits, 1}, {&o.DropEvery, 4096}, {&o.DropBurst, 200}} {
		if *x.field == 0 {
			*x.field = x.value
		}
	}
	if o.Noise == nil {
		o.Noise = []byte{0xc8, 0xff, 0x9b, 0xe1, 0x80, 0xfd, 0xb5} // bit 7 is clear in all that a printer answers
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
