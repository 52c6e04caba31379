package escpos

// Status is what a printer says of itself.
type Status struct {
	Offline   bool // takes no jobs, for one of the reasons below or because of its FEED button
	CoverOpen bool
	PaperOut  bool
	PaperLow  bool // near the end; needs a sensor that not every printer has
	Cutter    bool // the cutter is jammed
	Error     bool // another error; the two below say which where the printer tells
	Fatal     bool // it needs to be switched off and on
	Passing   bool // it recovers by itself, e.g. a hot print head
}

// Questions is the number of kinds of status: [AppendAskNow] takes 1 to Questions.
const Questions = 4

// Merge takes in the answer b to question n (1-4). The bits stand in the facts on printing,
// section 2; those that differ from model to model are not looked at.
func (s *Status) Merge(n int, b byte) {
	switch n {
	case 1:
		s.set(&s.Offline, b, 0x08)
	case 2:
		s.set(&s.CoverOpen, b, 0x04)
		s.set(&s.PaperOut, b, 0x20)
		s.set(&s.Error, b, 0x40)
	case 3:
		s.set(&s.Cutter, b, 0x08)
		s.set(&s.Fatal, b, 0x20)
		s.set(&s.Passing, b, 0x40)
	case 4:
		s.set(&s.PaperLow, b, 0x0c)
		s.set(&s.PaperOut, b, 0x60)
	}
}

func (*Status) set(flag *bool, b, mask byte) { *flag = *flag || b&mask != 0 }

// AutoStatus reads the four bytes of an automatic status: the Data of an [Auto] reply.
func AutoStatus(data []byte) (s Status) {
	s.set(&s.Offline, data[0], 0x08)
	s.set(&s.CoverOpen, data[0], 0x20)
	s.set(&s.Error, data[1], 0x04) // mechanical
	s.set(&s.Cutter, data[1], 0x08)
	s.set(&s.Fatal, data[1], 0x20)
	s.set(&s.Passing, data[1], 0x40)
	s.set(&s.PaperLow, data[2], 0x03)
	s.set(&s.PaperOut, data[2], 0x0c)
	return s
}
