package web

import (
	"bytes"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"time"

	"layso/kiosk"
)

// csvOf gives a table as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it. Durations are
// whole seconds and shares whole percents, as the headings say: a decimal point means something else on half
// of the PCs.
func csvOf(s *sheet, lang kiosk.Lang) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := make([]string, len(s.columns))
	for i, c := range s.columns {
		head[i] = c.title.In(lang) + unit(c.kind, lang)
	}
	rows := [][]string{head}
	for _, row := range s.rows {
		out := make([]string, len(row))
		for i, v := range row {
			out[i] = csvCell(s.columns[i].kind, v)
		}
		rows = append(rows, out)
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

func unit(kind quantity, lang kiosk.Lang) string {
	switch kind {
	case duration:
		return " (" + wordSeconds.In(lang) + ")"
	case share:
		return " (%)"
	}
	return ""
}

func csvCell(kind quantity, v any) string {
	switch x := v.(type) {
	case int:
		return strconv.Itoa(x)
	case float64:
		if kind == share {
			return strconv.Itoa(int(math.Round(100 * x)))
		}
		return strconv.FormatFloat(x, 'f', 2, 64)
	case time.Time:
		return x.Format(time.DateOnly)
	case string:
		return harmless(x)
	}
	return ""
}

// harmless keeps a text from being run as a formula by the program that opens the file: an apostrophe says
// that it is a text.
func harmless(s string) string {
	if strings.ContainsAny(firstRune(s), "=+-@\t\r\n|＝＋－＠") {
		return "'" + s
	}
	return s
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}
