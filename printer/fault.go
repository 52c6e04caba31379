package printer

import "layso/printer/escpos"

// The fault codes: why a ticket was not printed, and what the printer needs. They are part of the
// public contract; sentences are made of them elsewhere.
const (
	FaultCoverOpen   = "cover_open"
	FaultPaperOut    = "paper_out"
	FaultCutter      = "cutter"       // jammed
	FaultFatal       = "fatal"        // it has to be switched off and on
	FaultHot         = "hot"          // the print head is too hot; it goes on by itself
	FaultError       = "error"        // another error that it reports
	FaultOffline     = "offline"      // it takes no jobs and does not say why
	FaultWrongDevice = "wrong_device" // what answers there is no printer
	FaultSilent      = "silent"       // it takes bytes and answers nothing, although its kind does
	FaultUnreachable = "unreachable"  // the wire can't be opened, or broke off
	FaultPaperLow    = "paper_low"    // a warning: it prints
)

// Faults gives all codes, the most urgent one first.
func Faults() []string {
	return []string{
		FaultWrongDevice, FaultSilent, FaultUnreachable, FaultFatal, FaultCoverOpen, FaultPaperOut,
		FaultCutter, FaultError, FaultHot, FaultOffline, FaultPaperLow,
	}
}

// The other reasons for which a ticket has no paper.
const (
	// ReasonInterrupted: layso ended, or the disk failed, while the ticket was being sent.
	ReasonInterrupted = "interrupted"
	// ReasonLost: the printer is well and has not got all of what was sent.
	ReasonLost = "lost"
	// ReasonOld: the paper was asked for too long ago.
	ReasonOld = "old"
	// ReasonCalled: the ticket no longer waits.
	ReasonCalled = "called"
)

// advice says for the log what a fault asks for.
var advice = map[string]string{
	FaultCoverOpen:   "close the printer's cover",
	FaultPaperOut:    "put in a new roll of paper, and say so on the counter page",
	FaultCutter:      "switch the printer off, take out the jammed paper, switch it on",
	FaultFatal:       "switch the printer off and on; call the service if that does not help",
	FaultHot:         "wait: the print head cools down and goes on by itself",
	FaultError:       "look at the printer's lamps, switch it off and on",
	FaultOffline:     "look whether somebody holds its FEED button, or whether it is switched to offline",
	FaultWrongDevice: "check the link in the configuration: what answers there is no ESC/POS printer",
	FaultSilent:      "switch the printer off and on; if it is of a kind that only receives, give it the profile receive-only-80 or receive-only-58",
	FaultUnreachable: "check its power, its cable and the link in the configuration",
	FaultPaperLow:    "keep a new roll at hand",
}

// faultsOf gives what a printer says is wrong with it, the most urgent first. An open cover comes
// before the paper, which many printers no longer see then. A cause that is told stands for the bare
// bits for offline and error.
func faultsOf(s escpos.Status) (faults []string) {
	add := func(is bool, code string) {
		if is {
			faults = append(faults, code)
		}
	}
	add(s.Fatal, FaultFatal)
	add(s.CoverOpen, FaultCoverOpen)
	add(s.PaperOut, FaultPaperOut)
	add(s.Cutter, FaultCutter)
	add(s.Error && !s.Fatal && !s.Cutter && !s.Passing, FaultError)
	add(s.Passing, FaultHot)
	add(s.Offline && len(faults) == 0, FaultOffline)
	return faults
}

// faultOf gives the fault to name first, or nothing.
func faultOf(s escpos.Status) string {
	if faults := faultsOf(s); len(faults) > 0 {
		return faults[0]
	}
	return ""
}

// stops reports whether a printer with this fault prints nothing.
func stops(fault string) bool { return fault != "" && fault != FaultPaperLow }

// halts reports whether a printer with this fault does not go on by itself in the middle of a ticket.
func halts(fault string) bool { return stops(fault) && fault != FaultHot && fault != FaultOffline }
