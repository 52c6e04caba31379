package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"layso/display"
	"layso/kiosk"
	"layso/kiosk/forecast"
	"layso/printer"
	"layso/web"
)

// hallMetrics reads the hall's figures from the published view at each scrape; it counts nothing itself.
type hallMetrics struct {
	owner    *kiosk.Owner
	hub      *display.Hub
	forecast *forecast.Reader
	spooler  *printer.Spooler
	parts    func() []web.Part
	displays func() []web.Display
	upkeep   func() web.Upkeep
}

var (
	descSeq      = prometheus.NewDesc("layso_events_last_seq", "Sequence number of the newest event.", nil, nil)
	descTickets  = prometheus.NewDesc("layso_tickets_today", "Tickets taken on the open business day, by service and state.", []string{"service", "state"}, nil)
	descWait     = prometheus.NewDesc("layso_expected_wait_seconds", "Expected wait (median) of a ticket taken now.", []string{"service"}, nil)
	descCounters = prometheus.NewDesc("layso_counters", "Counters by state.", []string{"state"}, nil)
	descClients  = prometheus.NewDesc("layso_clients", "Connected screens by view.", []string{"view"}, nil)
	descClock    = prometheus.NewDesc("layso_clock_suspect", "1 while the PC's clock is in doubt and staff are asked what time it is.", nil, nil)
	descMAE      = prometheus.NewDesc("layso_forecast_mae_seconds", "Mean absolute error of the waits told on the open business day, by the way to foretell them.", []string{"estimator"}, nil)
	descBias     = prometheus.NewDesc("layso_forecast_bias_seconds", "Mean of the wait on the ticket less the true one on the open business day.", nil, nil)
	descCover    = prometheus.NewDesc("layso_forecast_p80_cover", "Share of the open business day's waits that stayed within the P80 on the ticket.", nil, nil)
	descScored   = prometheus.NewDesc("layso_forecast_scored_tickets", "Tickets of the open business day whose wait has been compared with what was told.", nil, nil)
	descFactor   = prometheus.NewDesc("layso_forecast_factor", "Factor of the calibration: how much wider than simulated the told range is.", nil, nil)
	descPart     = prometheus.NewDesc("layso_hardware_ok", "0 while a button or a chain of panels needs somebody.", []string{"kind", "name", "state"}, nil)
	descLost     = prometheus.NewDesc("layso_display_lost", "1 while a paired display that was there today is gone, or does not show what it is told, for more than 30 s.", []string{"id", "name"}, nil)
	descBackup   = prometheus.NewDesc("layso_backup_last_timestamp_seconds", "Unix time of the last backup that went well; 0 where there was none.", nil, nil)
	descNoBackup = prometheus.NewDesc("layso_backup_failed", "1 while the automatic backup that was due could not be made.", nil, nil)
	descTook     = prometheus.NewDesc("layso_forecast_compute_seconds", "Time that the newest forecast took to make.", nil, nil)
)

// metrics gives the handler of /metrics.
func metrics(owner *kiosk.Owner, hub *display.Hub, expected *forecast.Reader, spooler *printer.Spooler, parts func() []web.Part, displays func() []web.Display, upkeep func() web.Upkeep) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		hallMetrics{owner, hub, expected, spooler, parts, displays, upkeep})
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

// Describe implements prometheus.Collector.
func (hallMetrics) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		descSeq, descTickets, descWait, descCounters, descClients, descClock,
		descMAE, descBias, descCover, descScored, descFactor, descTook, descPart, descLost, descBackup, descNoBackup,
	} {
		ch <- d
	}
	describePrinters(ch)
}

// Collect implements prometheus.Collector.
func (m hallMetrics) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	v, f := m.owner.View(), m.owner.Forecast()
	gauge(descSeq, float64(v.Seq()))
	gauge(descClock, truth(v.ClockSuspect()))
	tickets := map[[2]string]int{}
	for t := range v.Tickets() {
		tickets[[2]string{t.Service, string(t.State)}]++
	}
	for k, n := range tickets {
		gauge(descTickets, float64(n), k[0], k[1])
	}
	for _, s := range v.Setup().Services {
		gauge(descWait, float64(f.New(s.ID, 0).P50S), s.ID)
	}
	counters := map[kiosk.CounterMode]int{kiosk.CounterIsOpen: 0, kiosk.CounterIsPaused: 0, kiosk.CounterIsClosed: 0}
	for _, c := range v.Counters() {
		counters[c.State]++
	}
	for state, n := range counters {
		gauge(descCounters, float64(n), string(state))
	}
	clients := map[display.View]int{display.Public: 0, display.Kiosk: 0, display.Clerk: 0}
	for _, c := range m.hub.Clients() {
		if c.Connected {
			clients[c.View]++
		}
	}
	for view, n := range clients {
		gauge(descClients, float64(n), string(view))
	}
	for _, p := range m.parts() {
		gauge(descPart, truth(p.OK), p.Kind, p.Name, p.State)
	}
	for _, d := range m.displays() {
		gauge(descLost, truth(d.Lost != ""), d.ID, d.Name)
	}
	m.collectBackups(gauge)
	m.collectPrinters(ch)
	m.collectForecast(gauge)
}

func (m hallMetrics) collectBackups(gauge func(*prometheus.Desc, float64, ...string)) {
	u := m.upkeep()
	gauge(descNoBackup, truth(u.BackupFault != ""))
	if u.Backup.IsZero() {
		gauge(descBackup, 0)
	} else {
		gauge(descBackup, float64(u.Backup.Unix()))
	}
}

// collectForecast gives how well the forecast does on the open day. Without a scored ticket there is
// nothing to say of errors.
func (m hallMetrics) collectForecast(gauge func(*prometheus.Desc, float64, ...string)) {
	gauge(descTook, m.forecast.Took().Seconds())
	for _, today := range m.forecast.Scores(1) {
		if today.Day != m.owner.View().Day() {
			return // the newest one that has ended
		}
		gauge(descFactor, today.Factor)
		gauge(descScored, float64(today.Total.N))
		if today.Total.N == 0 {
			return
		}
		gauge(descCover, today.Total.Cover80)
		for _, x := range today.Total.Estimators {
			gauge(descMAE, x.MAES, x.Name)
			if x.Name == "forecast" {
				gauge(descBias, x.BiasS)
			}
		}
	}
}

// truth is a yes or no as a metric.
func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
