package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"layso/kiosk"
)

// busyHour makes a day of what a hall knows: served and rated, missed, cancelled, still waiting.
func (h *running) busyHour(t *testing.T) {
	clerk, citizen := h.clerk(t, "clerk1"), h.client(t)
	clerk.take("dat-dai", 4)
	clerk.take("ho-tich", 2)
	gone := clerk.take("chung-thuc", 1)[0]["token"].(string)
	citizen.must("POST", "/api/tickets/"+gone+"/cancel", nil)
	clerk.must("POST", "/api/counters/1/open", nil)
	next := func() string { return clerk.must("POST", "/api/counters/1/next", nil)["token"].(string) }
	served := next()
	clerk.must("POST", "/api/counters/1/finish", map[string]any{"ticket": served, "dossiers": 3})
	citizen.must("POST", "/api/tickets/"+served+"/rate", map[string]any{"stars": 4, "reasons": []string{"clear"}})
	missed := next()
	clerk.must("POST", "/api/counters/1/no-show", map[string]any{"ticket": missed})
	next()
}

// asTheAPI: what the page says of today is what the API says, figure by figure, and the files answer.
func (d *screen) asTheAPI(h *running) {
	d.t.Helper()
	d.visit("/reports#today")
	d.see("#figures")
	manager := h.clerk(d.t, "manager")
	var r kiosk.Report
	span := eval[string](d, `new URL(document.querySelector("#excel").href).search`)
	if err := json.Unmarshal(manager.fetch("/api/reports"+span, "application/json"), &r); err != nil {
		d.t.Fatal(err)
	}
	if f := r.Total; f.Taken != 7 || f.Served != 1 || f.Cancelled != 1 || f.Dossiers != 3 || r.Ratings.Rated.Rated != 1 || !r.Provisional {
		d.t.Fatalf("the API says %+v", r)
	}
	d.figuresAre(r)
	for _, s := range r.Services {
		want := []string{fmt.Sprint(s.Taken), fmt.Sprint(s.Served), fmt.Sprint(s.NoShows), fmt.Sprint(s.Cancelled), fmt.Sprint(s.Dossiers)}
		if got := d.texts(`#detail [data-row="` + s.ID + `"] .num`); !slices.Equal(got[:5], want) {
			d.t.Errorf("%s: the page says %q, want %q", s.ID, got, want)
		}
	}
	d.look("reports-today")
	d.touch(`#by [data-by="counters"]`)
	d.read("#detail-note", "^Không gọi, không phục vụ ai: Quầy 2, Quầy 3, Quầy 4\\.")
	if rows := d.texts("#detail tbody th"); !slices.Equal(rows, []string{"Quầy 1"}) {
		d.t.Errorf("the counters' table has %q, want the one that was open", rows)
	}
	if sheet := eval[string](d, `document.querySelector("#sheet").textContent`); !strings.Contains(sheet, "Không gọi, không phục vụ ai: Quầy 2, Quầy 3, Quầy 4.") {
		d.t.Error("the sheet does not say which counters called nobody")
	}
	d.touch(`#by [data-by="services"]`)
	for link, kind := range map[string]string{"#excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "#csv": "text/csv"} {
		if file := manager.fetch(eval[string](d, `new URL(document.querySelector("`+link+`").href).pathname + new URL(document.querySelector("`+link+`").href).search`), kind); len(file) < 100 {
			d.t.Errorf("%s gives %q", link, file)
		}
	}
}

// figuresAre: the cards say what the report says.
func (d *screen) figuresAre(r kiosk.Report) {
	d.t.Helper()
	f, rated := r.Total, r.Ratings.Rated
	share := func(part, whole int) string { return vietnamese(1000*part, whole) + "%" }
	per := func(share float64) string { return vietnamese(int(math.Round(share*1e6)), 1000) + "%" }
	for figure, want := range map[string][2]string{
		"taken":    {grouped(f.Taken), ""},
		"served":   {grouped(f.Served), share(f.Served, f.Taken) + " số lượt · " + grouped(f.Dossiers) + " hồ sơ"},
		"missed":   {grouped(f.NoShows), share(f.NoShows, f.Taken) + " số lượt; " + grouped(f.Cancelled) + " lượt hủy"},
		"rating":   {vietnamese(int(math.Round(rated.Mean*1000)), 100) + "/5", grouped(rated.Rated) + " người đánh giá, " + per(rated.Rate) + " số lượt đã phục vụ"},
		"wait":     {inMinutes(f.MeanWaitS), "không quá " + inMinutes(f.MedianWaitS) + ", chín phần mười không quá " + inMinutes(f.P90WaitS)},
		"within":   {per(f.Within15), "của " + grouped(f.Called) + " lượt được gọi; chờ lâu nhất " + inMinutes(f.LongestS)},
		"service":  {inMinutes(f.MeanServiceS), "không quá " + inMinutes(f.MedianServiceS)},
		"forecast": {inMinutes(f.ForecastOffS), per(f.ForecastWithin) + " được gọi không muộn"},
	} {
		card := strings.Join(d.texts(`[data-figure="`+figure+`"]`), "")
		if value := d.texts(`[data-figure="` + figure + `"] .value`); !strings.HasPrefix(value[0], want[0]) || !strings.Contains(card, want[1]) {
			d.t.Errorf("%s: the page says %q, want %q", figure, card, want)
		}
	}
}

// grouped writes a count below a million, "1.234".
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d.%03d", n/1000, n%1000)
}

// vietnamese writes tenths of a quotient, "14,3".
func vietnamese(part, whole int) string {
	n := (2*part + whole) / (2 * whole)
	return fmt.Sprintf("%d,%d", n/10, n%10)
}

func inMinutes(seconds int) string { return vietnamese(10*seconds, 60) + " phút" }

// fetch gives a file of this content type.
func (c *client) fetch(path, kind string) []byte {
	c.t.Helper()
	answer, err := c.http.Get(c.base + path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 || !strings.HasPrefix(answer.Header.Get("Content-Type"), kind) {
		c.t.Fatalf("GET %s: %d %s, %v: %.200s", path, answer.StatusCode, answer.Header.Get("Content-Type"), err, body)
	}
	return body
}
