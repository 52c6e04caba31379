package printer

import "layso/printer/escpos"

// The fault codes: why a ticket was not printed, and what the printer needs. They are part of the
// public contract; sentences are made of them elsewhere.
const (
	FaultPaperOut    = "paper_out"
	FaultPaperLow    = "paper_low" // a warning: it prints
	FaultCoverOpen   = "cover_open"
	FaultOffline     = "offline" // it takes no jobs and does not say why
	FaultCutter      = "cutter"
	FaultUnreachable = "unreachable" // it does not answer, or the wire can't be opened
	FaultError       = "error"       // another error that it reports
)

// faultOf gives the fault to name first. An open cover comes before the paper, which many printers
// no longer see then.
func faultOf(s escpos.Status) string {
	switch {
	case s.CoverOpen:
		return FaultCoverOpen
	case s.PaperOut:
		return FaultPaperOut
	case s.Cutter:
		return FaultCutter
	case s.Error || s.Fatal || s.Passing:
		return FaultError
	case s.Offline:
		return FaultOffline
	case s.PaperLow:
		return FaultPaperLow
	}
	return ""
}

// stops reports whether a printer with this fault prints nothing.
func stops(fault string) bool { return fault != "" && fault != FaultPaperLow }
