package load

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
)

// The chart's measures, in pixels.
const (
	panelWidth, panelHeight = 620, 330
	plotLeft, plotTop       = 60, 40
	plotWidth, plotHeight   = 370, 240
	labelGap                = 15
)

// colours of the lines: of Okabe and Ito, told apart by everybody.
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000"}

type point struct{ x, y float64 }

type line struct {
	name   string
	points []point
}

// panel is one picture of the chart; both its axes are logarithmic.
type panel struct {
	title, across string
	lines         []line
}

// Chart draws the figures that have a size: percentiles by load, and what costs how much by the number of tickets or
// clients, as SVG. On axes that are both logarithmic a cost that does not grow is flat, and one that
// grows as its cause does is parallel to the grey line.
func (r *Result) Chart() []byte {
	var panels []panel
	for _, p := range []struct{ measure, title, across string }{
		{"tickets", "How long a ticket takes, by how many come (ms)", "tickets a second"},
		{"calls", "How long a call takes, by how many are made (ms)", "calls a second"},
		{"stored", "What a stored ticket costs (ms)", "tickets stored"},
		{"displays", "From the click to the displays (ms)", "displays"},
		{"phones", "From the click to the phones (ms)", "phones"},
	} {
		lines := r.series(p.measure)
		switch p.measure {
		case "tickets", "calls":
			lines = r.percentiles(p.measure)
		case "displays", "phones":
			lines = r.fans(p.measure)
		}
		if len(lines) > 0 {
			panels = append(panels, panel{p.title, p.across, lines})
		}
	}
	var out bytes.Buffer
	rows := (len(panels) + 1) / 2
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", 2*panelWidth, rows*panelHeight+24)
	fmt.Fprintf(&out, `<rect width="100%%" height="100%%" fill="#fff"/>`+"\n")
	for i := range panels {
		fmt.Fprintf(&out, `<g transform="translate(%d %d)">`+"\n", i%2*panelWidth, i/2*panelHeight)
		panels[i].draw(&out)
		out.WriteString("</g>\n")
	}
	fmt.Fprintf(&out, `<text x="12" y="%d" fill="#555" font-size="11">%s</text>`+"\n</svg>\n", rows*panelHeight+14, html.EscapeString(r.Machine.String()))
	return out.Bytes()
}

// series gives a line for each series of a measure.
func (r *Result) series(measure string) (lines []line) {
	for _, f := range r.Figures {
		if f.Measure == measure && f.Series != "" && f.Value > 0 {
			lines = extend(lines, f.Series, point{float64(f.Size), f.Value})
		}
	}
	return lines
}

// percentiles gives a line for each percentile of the open loops of a measure.
func (r *Result) percentiles(measure string) (lines []line) {
	for _, f := range r.Figures {
		if l := f.Latency; f.Measure == measure && f.Series != "" && l != nil {
			for _, p := range []struct {
				name string
				ms   float64
			}{{"p50", l.P50}, {"p90", l.P90}, {"p99", l.P99}, {"p99.9", l.P999}, {"max", l.Max}} {
				lines = extend(lines, p.name, point{l.AskedS, p.ms})
			}
		}
	}
	return lines
}

// fans gives the median and the p99 of each series of a fan-out.
func (r *Result) fans(measure string) (lines []line) {
	for _, f := range r.Figures {
		if l := f.Latency; f.Measure == measure && f.Series != "" && l != nil {
			lines = extend(lines, f.Series+" p50", point{float64(f.Size), l.P50})
			lines = extend(lines, f.Series+" p99", point{float64(f.Size), l.P99})
		}
	}
	return lines
}

func extend(lines []line, name string, p point) []line {
	i := slices.IndexFunc(lines, func(l line) bool { return l.name == name })
	if i < 0 {
		return append(lines, line{name, []point{p}})
	}
	lines[i].points = append(lines[i].points, p)
	return lines
}

// draw draws the panel with its corner at 0, 0.
func (p *panel) draw(out *bytes.Buffer) {
	var xs, ys []float64
	for _, l := range p.lines {
		for _, q := range l.points {
			xs, ys = append(xs, q.x), append(ys, q.y)
		}
	}
	x, y := newAxis(xs, plotLeft, plotWidth), newAxis(ys, plotTop+plotHeight, -plotHeight)
	fmt.Fprintf(out, `<text x="%d" y="22" font-size="14" font-weight="bold">%s</text>`+"\n", plotLeft, html.EscapeString(p.title))
	fmt.Fprintf(out, `<text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n", plotLeft+plotWidth/2, plotTop+plotHeight+36, html.EscapeString(p.across))
	p.grid(out, x, y)
	p.linear(out, x, y)
	ends := make([]float64, len(p.lines))
	for i, l := range p.lines {
		ends[i] = y.at(l.points[len(l.points)-1].y)
	}
	labels := apart(ends)
	for i, l := range p.lines {
		colour := colours[i%len(colours)]
		var path bytes.Buffer
		for _, q := range l.points {
			fmt.Fprintf(&path, "%.1f,%.1f ", x.at(q.x), y.at(q.y))
			fmt.Fprintf(out, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`+"\n", x.at(q.x), y.at(q.y), colour)
		}
		fmt.Fprintf(out, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", path.Bytes(), colour)
		last := l.points[len(l.points)-1]
		fmt.Fprintf(out, `<text x="%.1f" y="%.1f" fill="%s">%s %s</text>`+"\n", float64(plotLeft+plotWidth+8), labels[i]+4, colour, html.EscapeString(l.name), short(last.y))
	}
}

func (p *panel) grid(out *bytes.Buffer, x, y axis) {
	for _, v := range x.decades() {
		fmt.Fprintf(out, `<path d="M%.1f %d v%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle" fill="#555">%s</text>`+"\n",
			x.at(v), plotTop, plotHeight, x.at(v), plotTop+plotHeight+17, short(v))
	}
	for _, v := range y.decades() {
		fmt.Fprintf(out, `<path d="M%d %.1f h%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end" fill="#555">%s</text>`+"\n",
			plotLeft, y.at(v), plotWidth, plotLeft-6, y.at(v)+4, short(v))
	}
}

// linear draws what grows as its cause does.
func (p *panel) linear(out *bytes.Buffer, x, y axis) {
	decades := min(x.high-x.low, y.high-y.low)
	fmt.Fprintf(out, `<path d="M%.1f %.1f L%.1f %.1f" stroke="#aaa" stroke-dasharray="5 4"/>`+"\n",
		x.at(math.Pow(10, x.low)), y.at(math.Pow(10, y.low)), x.at(math.Pow(10, x.low+decades)), y.at(math.Pow(10, y.low+decades)))
}

// axis is a logarithmic one over whole decades, from a pixel on over a length.
type axis struct{ low, high, from, length float64 }

func newAxis(values []float64, from, length float64) axis {
	low, high := math.Floor(math.Log10(slices.Min(values))), math.Ceil(math.Log10(slices.Max(values)))
	return axis{low, max(high, low+1), from, length}
}

func (a axis) at(v float64) float64 {
	return a.from + a.length*(math.Log10(v)-a.low)/(a.high-a.low)
}

func (a axis) decades() (all []float64) {
	for d := a.low; d <= a.high; d++ {
		all = append(all, math.Pow(10, d))
	}
	return all
}

// apart moves labels that would cover one another.
func apart(at []float64) []float64 {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int { return cmp.Compare(at[i], at[k]) })
	out, least := make([]float64, len(at)), math.Inf(-1)
	for _, i := range order {
		out[i] = max(at[i], least)
		least = out[i] + labelGap
	}
	return out
}

// short writes a number as one reads it beside a line.
func short(v float64) string {
	switch {
	case v >= 1e6:
		return fmt.Sprintf("%.3gM", v/1e6)
	case v >= 1e3:
		return fmt.Sprintf("%.3gk", v/1e3)
	}
	return fmt.Sprintf("%.3g", v)
}
