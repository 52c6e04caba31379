package main

import (
	"slices"

	"github.com/prometheus/client_golang/prometheus"

	"layso/kiosk"
	"layso/printer"
)

var (
	descPrinter     = prometheus.NewDesc("layso_printer_ok", "1 while the printer works.", []string{"printer", "fault"}, nil)
	descFault       = prometheus.NewDesc("layso_printer_fault", "1 while the printer has this fault.", []string{"printer", "fault"}, nil)
	descFaultSince  = prometheus.NewDesc("layso_printer_fault_seconds", "For how long the printer has had the faults that it has; 0 without any.", []string{"printer"}, nil)
	descPrintQueue  = prometheus.NewDesc("layso_printer_queued", "Papers that wait for the printer.", []string{"printer"}, nil)
	descPapers      = prometheus.NewDesc("layso_papers_total", "Papers of tickets since the start, by what became of them.", []string{"printer", "outcome"}, nil)
	descReprints    = prometheus.NewDesc("layso_reprints_total", "Papers since the start that were not the first of their ticket.", []string{"printer"}, nil)
	descRollUsed    = prometheus.NewDesc("layso_roll_used_mm", "Paper that came off the roll, in millimetres.", []string{"printer"}, nil)
	descRollLeft    = prometheus.NewDesc("layso_roll_left_mm", "Paper that is left on the roll, in millimetres, where its length is known.", []string{"printer"}, nil)
	paperOutcomes   = []kiosk.PrintState{kiosk.Sent, kiosk.Processed, kiosk.Confirmed, kiosk.PrintUncertain, kiosk.Failed}
	printersMetrics = []*prometheus.Desc{descPrinter, descFault, descFaultSince, descPrintQueue, descPapers, descReprints, descRollUsed, descRollLeft}
)

func describePrinters(ch chan<- *prometheus.Desc) {
	for _, d := range printersMetrics {
		ch <- d
	}
}

// collectPrinters gives how the printers are and what they have done.
func (m hallMetrics) collectPrinters(ch chan<- prometheus.Metric) {
	put := func(d *prometheus.Desc, kind prometheus.ValueType, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, kind, v, labels...)
	}
	view := m.owner.View()
	for _, p := range m.spooler.Statuses() {
		put(descPrinter, prometheus.GaugeValue, truth(p.OK), p.Name, p.Fault)
		for _, f := range printer.Faults() {
			put(descFault, prometheus.GaugeValue, truth(slices.Contains(p.Faults, f)), p.Name, f)
		}
		since := 0.0
		if len(p.Faults) > 0 {
			since = max(0, m.owner.Now().Sub(p.Since).Seconds())
		}
		put(descFaultSince, prometheus.GaugeValue, since, p.Name)
		put(descPrintQueue, prometheus.GaugeValue, float64(p.Queued), p.Name)
		if roll, ok := view.Roll(p.Name); ok {
			put(descRollUsed, prometheus.GaugeValue, float64(roll.UsedMM), p.Name)
		}
		if p.Roll != nil {
			put(descRollLeft, prometheus.GaugeValue, float64(max(p.Roll.LengthMM-p.Roll.UsedMM, 0)), p.Name)
		}
	}
	for _, f := range m.spooler.Figures() {
		for _, o := range paperOutcomes {
			put(descPapers, prometheus.CounterValue, float64(f.Papers[o]), f.Printer, string(o))
		}
		put(descReprints, prometheus.CounterValue, float64(f.Reprints), f.Printer)
	}
}
