package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"layso/kiosk"
)

// reportsForTheManager: an empty span says so; the span stands in the address and is chosen by hand; a half-year,
// which is made up, has its figures, pictures and tables; and a sheet comes out that a head of office can sign.
func reportsForTheManager(t *testing.T, b *chromium) {
	h := startDemo(t)
	m := b.open(t, h.base, "/", counterSize)
	m.see("#notes") // The cards have found their places.
	m.touch(`[data-page="reports"]`)
	m.signIn("manager", demoPIN)
	m.see("#empty-title")
	m.both("reports-empty", m.switchTo)
	if wrong := await[string](m, spansHold); wrong != "fine" {
		t.Error(wrong)
	}
	m.spansByHand()
	h.busyHour(t)
	m.asTheAPI(h)
	m.overtaken()

	m.answer("*/api/reports?*", aHalfYear())
	m.visit("/reports#half=2024-H2")
	m.reads("#lead", "14.711 lượt, 13.681 lượt đã phục vụ. Chờ trung bình 9,2 phút: đạt mục tiêu không quá 15 phút.")
	m.figuresAre(aHalfYear())
	m.reads(`[data-figure="taken"] .was`, "Nửa năm trước: 11.874 (+23,9%)")
	m.both("reports", m.switchTo)
	m.tables()
	m.sheet()
}

// spansHold: each span holds its day, comes back from the address, and the next one begins where it ends; what is no
// span is this month.
const spansHold = `import("/static/x/js/reports/spans.js").then((s) => {
	for (let day = "2024-01-01"; day < "2029-01-01"; day = s.plus(day, 1)) {
		for (const kind of ["day", "week", "month", "quarter", "half", "year"]) {
			const span = s.spanOf(kind, day);
			const back = s.spanFrom("#" + s.hashOf(span), "2026-11-26");
			const next = s.step(span, 1);
			if (!(span.from <= day && day <= span.to)) return kind + " of " + day + " is " + JSON.stringify(span);
			if (JSON.stringify(back) !== JSON.stringify(span)) return s.hashOf(span) + " is " + JSON.stringify(back);
			if (next.from !== s.plus(span.to, 1) || JSON.stringify(s.step(next, -1)) !== JSON.stringify(span)) return "after " + s.hashOf(span) + " comes " + JSON.stringify(next);
		}
	}
	for (const bad of ["", "week=2026-W54", "week=2026-W00", "month=2026-13", "half=2026-H3", "day=2026-02-30", "day=0002-11-26", "year=1999", "from=2026-11-02&to=2026-11-01", "from=2026-11-02"]) {
		const span = s.spanFrom("#" + bad, "2026-11-26");
		if (span.kind !== "month" || span.from !== "2026-11-01" || span.to !== "2026-11-30") return bad + " is " + JSON.stringify(span);
	}
	const own = s.step(s.spanFrom("#from=2026-11-02&to=2026-11-20", "2026-11-26"), -1);
	return own.from === "2026-10-14" && own.to === "2026-11-01" ? "fine" : "19 days before: " + JSON.stringify(own);
})`

// spansByHand chooses spans with the buttons, the arrows and the fields; the address follows, and "back" goes back.
func (d *screen) spansByHand() {
	d.t.Helper()
	at := func(hash, name string) {
		d.t.Helper()
		d.wait(fmt.Sprintf("location.hash === %q && !document.querySelector('#report').hasAttribute('aria-busy')", hash))
		d.read("#span-name", name)
	}
	d.visit("/reports#day=2024-10-07")
	at("#day=2024-10-07", "^Thứ Hai, 07/10/2024$")
	d.touch(`[data-span="week"]`)
	at("#week=2024-W41", "^Tuần 41 \\(07/10 – 13/10/2024\\)$")
	d.touch("#earlier")
	at("#week=2024-W40", "Tuần 40")
	d.touch(`[data-span="half"]`)
	at("#half=2024-H2", "^6 tháng cuối năm 2024$")
	d.touch("#earlier")
	at("#half=2024-H1", "^6 tháng đầu năm 2024$")
	d.touch("#later")
	at("#half=2024-H2", "cuối năm")
	d.touch("#earlier")
	d.set("#jump", "2023-03-09", "change")
	at("#half=2023-H1", "đầu năm 2023")
	d.do(chromedp.Evaluate[chromedp.Void]("history.back()"))
	at("#half=2024-H1", "đầu năm 2024")
	d.touch(`[data-span="free"]`)
	at("#from=2024-01-01&to=2024-06-30", "^01/01/2024 – 30/06/2024$")
	d.set("#to", "2023-12-31", "change") // Before the beginning, which moves along.
	at("#from=2023-12-31&to=2023-12-31", "31/12/2023 – 31/12/2023")
	d.touch(`[data-span="today"]`)
	d.wait(`location.hash === "#today" && document.querySelector("#later").disabled`)
	d.expect("422") // More than 400 days.
	d.visit("/reports#from=2022-01-01&to=2023-06-30")
	d.read("#problem", "400 ngày")
	d.look("reports-too-long")
}

// overtaken: the answer to an earlier question comes after that to the last one, and is thrown away.
func (d *screen) overtaken() {
	d.t.Helper()
	eval[bool](d, `(() => {
		const ask = window.fetch;
		window.fetch = async (path, init) => {
			const answer = await ask(path, init);
			if (!String(path).startsWith("/api/reports?") || window.held) return answer;
			window.held = answer;
			return new Promise((give) => { window.give = () => give(answer); });
		};
		return true;
	})()`)
	d.touch(`[data-span="half"]`)
	d.wait("window.give")
	d.touch(`[data-span="today"]`)
	d.wait(`!document.querySelector("#report").hasAttribute("aria-busy")`)
	d.read("#span-name", "^Hôm nay")
	eval[bool](d, "window.give() === undefined")
	d.wait("window.held.bodyUsed")
	await[bool](d, "new Promise((done) => setTimeout(() => requestAnimationFrame(() => done(true))))")
	d.read("#span-name", "^Hôm nay")
	if eval[bool](d, `document.querySelector("#known").hidden`) {
		d.t.Error("an answer that was overtaken has taken the report away")
	}
}

// reads waits until an element's text is this.
func (d *screen) reads(selector, text string) {
	d.t.Helper()
	d.wait(fmt.Sprintf(`document.querySelector(%q)?.checkVisibility() && document.querySelector(%[1]q).innerText.trim() === %q`, selector, text))
}

// texts gives the texts of all elements that match.
func (d *screen) texts(selector string) []string {
	d.t.Helper()
	return eval[[]string](d, fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.innerText.trim())`, selector))
}

// tables looks through the tables and pictures of the half-year.
func (d *screen) tables() {
	d.t.Helper()
	d.reads("#heat-text", "Đông nhất: thứ Hai, 9–10 giờ, trung bình 34 lượt.")
	d.touch(`[data-heat="wait"]`)
	d.reads("#heat-text", "Chờ lâu nhất: thứ Hai, 9–10 giờ, trung bình 16,5 phút.")
	if got := eval[string](d, `document.querySelector("#waits svg").getAttribute("aria-label")`); !strings.Contains(got, "theo tuần: cao nhất 15,3 phút (Tuần 29 (15/07 – 19/07/2024)), vượt 15 phút 3 trên 27 lần") {
		d.t.Errorf("the picture of the waits says %q", got)
	}
	said := strings.Join(d.texts("#ratings .reasons li"), " ")
	for _, r := range kiosk.RatingReasons() {
		if !strings.Contains(said, r.Text.VI) {
			d.t.Errorf("%s is not among the reasons: %s", r.Code, said)
		}
	}
	for by, row := range map[string]string{"counters": "3", "hours": "14", "days": "2024-07-01", "months": "2024-09", "ratings": "2", "clerks": "clerk3", "weeks": "2024-W41"} {
		d.touch(`#by [data-by="` + by + `"]`)
		d.see(`#detail [data-by="` + by + `"] [data-row="` + row + `"]`)
		eval[bool](d, `document.querySelector(".detail").scrollIntoView() === undefined`)
		d.look("reports-" + by)
		if sorts := eval[bool](d, `Boolean(document.querySelector("#detail .sort"))`); sorts == (by == "clerks") {
			d.t.Errorf("the table of %s can be sorted: %v", by, sorts)
		}
	}
	d.touch(`#by [data-by="weeks"]`)
	first := func(row, sort string) {
		d.t.Helper()
		d.wait(fmt.Sprintf(`document.querySelector("#detail tbody tr").dataset.row === %q && (document.querySelector("#detail [aria-sort]")?.getAttribute("aria-sort") || "") === %q`, row, sort))
	}
	for _, x := range [][2]string{{"2024-W29", "descending"}, {"2024-W46", "ascending"}, {"2024-W27", ""}} {
		d.touch(`[data-sort="mean_wait"]`)
		first(x[0], x[1])
	}
	if got := d.texts("#detail tfoot .num"); !slices.Equal(got[:5], []string{"14.711", "13.681", "588", "442", "8.973"}) {
		d.t.Errorf("the whole period: %q", got)
	}
}

// sheet fills in the printed report and looks at it as paper: upright A4, nothing of the page around it.
func (d *screen) sheet() {
	d.t.Helper()
	d.touch("#paper")
	d.reads("#sheet h2", "BÁO CÁO\nTÌNH HÌNH TIẾP NHẬN, PHỤC VỤ CÔNG DÂN")
	d.read(".place-date", "^…+, ngày [0-9]{2} tháng")
	d.look("reports-paper-empty")
	d.fill("#letter-above", "UBND phường Phú Xuân")
	d.fill("#letter-place", "Huế")
	d.set("#letter-date", "2027-01-04", "input")
	d.fill("#letter-head", "Lê Văn Bình")
	d.fill("#letter-remarks", "Đề nghị mở thêm một quầy Đất đai vào sáng thứ Hai.")
	d.reads(".place-date", "Huế, ngày 04 tháng 01 năm 2027")
	d.reads(".letter-top .above", "UBND PHƯỜNG PHÚ XUÂN")
	d.reads("#sheet .dates", "(Số liệu từ ngày 01/7/2024 đến ngày 31/12/2024)")
	d.read("#sheet", "I. TÌNH HÌNH CHUNG[^]*II. KẾT QUẢ[^]*III. MỨC ĐỘ HÀI LÒNG[^]*IV. NHẬN XÉT[^]*NGƯỜI LẬP BÁO CÁO[^]*Hoàng Thị Mai[^]*THỦ TRƯỞNG ĐƠN VỊ[^]*Lê Văn Bình")
	if text := strings.Join(d.texts("#sheet"), ""); strings.Contains(text, "Nguyễn Thị Lan") {
		d.t.Error("a clerk stands on the paper by name")
	}
	d.both("reports-paper", d.switchTo)
	pdf := d.print("reports-print")
	if pages := bytes.Count(pdf, []byte("/Type /Page\n")); pages < 2 || pages > 5 {
		d.t.Errorf("%d pages are printed", pages)
	}
	if !bytes.Contains(pdf, []byte("/MediaBox [0 0 595")) && !bytes.Contains(pdf, []byte("/MediaBox [0 0 594")) {
		d.t.Error("the paper is not upright A4")
	}
	d.media("print")
	shown := eval[string](d, `[...document.querySelectorAll("body > *, main > *")].filter((e) => e.checkVisibility()).map((e) => e.id).join(" ")`)
	if shown != "content sheet" {
		d.t.Errorf("printed is %q", shown)
	}
	d.media("")
	d.touch("#back")
	d.see("#figures")
	d.visit("/") // The sheet can be kept as a bookmark, and the computer remembers the head.
	d.visit("/reports#half=2024-H2&paper")
	d.read("#sheet .signed", "Lê Văn Bình")
}
