package main

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// managerSeesTheHall: who waits, and since when too long; what nobody serves; a call for help; what a manager
// does about it; and that all of it stands in the log, where it is found again.
func managerSeesTheHall(t *testing.T, b *chromium) {
	h := startDemo(t)
	h.change(t, func(setup map[string]any) {
		for _, id := range []string{"1", "3"} {
			edit(setup, "counters", id)["services"] = []string{"dat-dai"}
		}
		for _, id := range []string{"2", "4"} {
			edit(setup, "counters", id)["services"] = []string{"ho-tich", "chung-thuc"}
		}
	})
	one, two := h.clerk(t, "clerk1"), h.clerk(t, "clerk2")
	one.must("POST", "/api/counters/1/open", nil)
	two.must("POST", "/api/counters/2/open", nil)
	tickets := one.take("dat-dai", 5)
	one.must("POST", "/api/tickets", map[string]any{"service": "ho-tich", "priority": "elderly"})
	one.must("POST", "/api/counters/1/next", nil)
	begun := time.Now()

	m := b.open(t, h.base, "/", counterSize)
	m.touch(`[data-page="manager"]`)
	m.signIn("clerk1", demoPIN)
	m.read("#denied-text", "cán bộ quầy")
	m.touch("#other-account")
	m.signIn("manager", demoPIN)
	m.read(`[data-figure="taken"] .value`, "^6$")
	m.read(`[data-figure="waiting"] .value`, "^5$")
	m.read(`#counters [data-counter="1"] .doing`, "A001 · Đất đai")
	m.read("#counters-closed", "Quầy 3 · Quầy 4")
	m.wait(`document.querySelector("#advice").hidden && document.querySelector("#help").hidden && document.querySelector("#faults").hidden`)
	m.reads(`[data-figure="short"] .note`, "của người đã được gọi")
	m.both("manager-calm", m.switchTo)
	m.barLeadsOn()

	two.must("POST", "/api/counters/2/pause", map[string]any{"reason": "Đi lấy hồ sơ"})
	m.read("#advice", "Hộ tịch: 1 người chờ mà không quầy nào phục vụ. Quầy 2 đang tạm nghỉ.")
	m.read(`#service-rows [data-service="ho-tich"] .served`, "không quầy nào mở")
	h.itIs(t, begun.Add(16*time.Minute))
	m.read(`#waiting-rows [data-number="A002"][data-level="warn"]`, "quá 15 phút[^]*16 phút")
	m.read("#advice", "Mở thêm quầy cho Đất đai: 4 người chờ quá 15 phút. Quầy 3 có thể phục vụ.")
	m.read(`#service-rows [data-service="dat-dai"] .marks`, "4 quá 15")
	m.reads(`[data-figure="short"][data-level="warn"] .note`, "của người đã được gọi; đang có 5 người chờ quá 15 phút")
	m.both("manager-waits", m.switchTo)
	h.itIs(t, begun.Add(32*time.Minute))
	m.read(`#waiting-rows [data-number="A002"][data-level="late"]`, "quá 30 phút")
	m.read("#advice", "Quầy 1 phục vụ A001 đã 3[0-9] phút")
	m.managerHelps(one)
	m.managerActs()
	one.must("POST", "/api/counters/1/finish", nil)
	one.must("POST", "/api/counters/1/call", map[string]any{"token": tickets[3]["token"], "reason": "Người già yếu"})
	m.managerSearches()
	if text := await[string](m, everyAdvice); text != "fine" {
		t.Error(text)
	}
}

// everyAdvice judges halls that the story does not come through. It gives "fine", or what is not.
const everyAdvice = `import("/static/" + document.documentElement.dataset.build + "/js/manager/advice.js").then((m) => {
	const counter = (id, state, services, more) => Object.assign({ id: id, state: state, services: services, assist: [], ticket: null, since: 0 }, more);
	const people = (n, service, minutes, more) => Array(n).fill(Object.assign({ number: "A001", service: service, counter: "", minutes: minutes }, more));
	const faults = [];
	for (const [what, live, want] of [
		["nobody has the service", { counters: [counter("1", "open", ["b"])], waiting: people(2, "a", 1) }, "bad unservedNone"],
		["an assistant serves it", { counters: [counter("1", "open", ["b"], { assist: ["a"] })], waiting: people(2, "a", 1) }, ""],
		["only a closed counter may call him", { counters: [counter("1", "open", ["a"]), counter("2", "closed", ["a"])], waiting: people(1, "a", 1, { counter: "2" }) }, "bad bound"],
		["two wait over 15 minutes", { counters: [counter("1", "open", ["a"])], waiting: people(2, "a", 16) }, ""],
		["three wait over 15 minutes", { counters: [counter("1", "open", ["a"])], waiting: people(3, "a", 16) }, "warn longAll"],
		["exactly 15 minutes", { counters: [counter("1", "open", ["a"])], waiting: people(3, "a", 15) }, ""],
		["one waits over 30 minutes", { counters: [counter("1", "open", ["a"]), counter("2", "paused", ["a"])], waiting: people(1, "a", 31) }, "bad longOpen"],
		["nobody knows since when", { counters: [counter("1", "open", ["a"])], waiting: people(9, "a", null) }, ""],
		["open and calls nobody", { counters: [counter("1", "open", ["a"], { idle: 11 })], waiting: people(2, "a", 1) }, "warn idleLong"],
		["nobody to call", { counters: [counter("1", "open", ["b"], { idle: 11, assist: ["a"] })], waiting: people(2, "a", 1) }, ""],
		["half an hour in hand", { counters: [counter("1", "open", ["a"], { ticket: { number: "A001", called_at: 31 } })], waiting: [] }, "warn handLong"],
	]) {
		const got = m.advise(live, (w) => w.minutes, (minutes) => minutes).map((a) => a.kind + " " + a.key).join();
		if (got !== want) faults.push(what + ": " + got + ", want " + want);
	}
	return faults.join("\n") || "fine";
})`

// barLeadsOn: the hall's name is whole, and the menu of the pages opens by the keyboard and by touch.
func (m *screen) barLeadsOn() {
	m.t.Helper()
	m.wait(`((e) => e.textContent.length > 30 && e.scrollWidth <= e.clientWidth)(document.querySelector("#hall-name"))`)
	m.do(chromedp.Focus(chromedp.CSS("#menu-open")))
	m.press(kb.Enter, `!document.querySelector("#menu-list").hidden`)
	m.press(kb.ArrowUp, `document.activeElement.pathname === "/"`)
	m.press(kb.ArrowDown, `document.activeElement.pathname === "/counter"`)
	m.look("manager-menu")
	m.press(kb.Escape, `document.querySelector("#menu-list").hidden && document.activeElement.id === "menu-open"`)
	m.press(kb.ArrowDown, `document.activeElement.pathname === "/counter"`)
	m.press(kb.Tab, `document.activeElement.pathname === "/check"`)
	m.do(chromedp.Focus(chromedp.CSS("#sign-out")))
	m.wait(`document.querySelector("#menu-list").hidden && document.querySelector("#menu-open").getAttribute("aria-expanded") === "false"`)
	m.do(chromedp.EmulateViewport(phoneSize.width, phoneSize.height))
	m.touch("#menu-open")
	m.see(`#menu-list [data-tool="sign-out"]`)
	m.check("manager-menu-phone")
	m.touch(`#menu-list [href="/check"]`)
	m.see("#verdict")
	m.touch("#menu-open")
	m.see(`#menu-list [href="/check"][aria-current="page"]`)
	m.touch("#hall-name")
	m.wait(`document.querySelector("#menu-list").hidden`)
	m.do(chromedp.EmulateViewport(m.size.width, m.size.height))
	m.visit("/manager")
}

// managerHelps: a clerk asks for help; it rings once, stands in the tab's title, and goes when it is answered.
func (m *screen) managerHelps(clerk *client) {
	m.t.Helper()
	clerk.must("POST", "/api/counters/1/help", map[string]any{"reason": "Công dân không đồng ý kết quả"})
	m.read("#help", "Quầy 1 cần giúp Công dân không đồng ý kết quả")
	m.wait(`document.body.dataset.rung === "1"`)
	m.wait(`document.title === "(1) Quầy 1 cần giúp"`)
	m.wait(`document.title === "Trang quản lý"`)
	m.both("manager-busy", m.switchTo)
	for name, s := range map[string]size{"manager-1080": tvSize, "manager-phone": phoneSize} {
		m.do(chromedp.EmulateViewport(s.width, s.height))
		m.look(name)
	}
	m.do(chromedp.EmulateViewport(m.size.width, m.size.height))
	m.touch(`[data-action="helped"]`)
	m.wait(`document.querySelector("#help").hidden`)
}

// managerActs: a break is ended, a forgotten counter closed, a priority taken away.
func (m *screen) managerActs() {
	m.t.Helper()
	m.touch(`#counters [data-counter="1"] [data-action="close"]`)
	m.read("dialog", "kết thúc số này trước")
	m.check("manager-close-hand")
	m.touch(`dialog [data-action="cancel"]`)
	m.touch(`#counters [data-counter="2"] [data-action="resume"]`)
	m.see(`#counters [data-counter="2"][data-state="open"]`)
	m.touch(`#counters [data-counter="2"] [data-action="pause"]`)
	m.touch(`[data-reason="Không có người ở quầy"]`)
	m.check("manager-pause")
	m.touch(`dialog [data-action="confirm"]`)
	m.read(`#counters [data-counter="2"] .doing`, "Không có người ở quầy")
	m.touch(`#counters [data-counter="2"] [data-action="close"]`)
	m.touch(`dialog [data-action="confirm"]`)
	m.read("#counters-closed", "Quầy 2")
	m.read("#advice", "Mở Quầy 2 hoặc Quầy 4")

	m.touch(`#waiting-rows [data-number="B001"] .open`)
	m.touch(`dialog [data-action="priority"]`)
	m.touch(`dialog [data-action="confirm"]`)
	m.read("dialog .error", "Vui lòng ghi lý do|Chọn mức ưu tiên")
	m.choose("#priority-choice", "")
	m.touch(`[data-reason="Không có giấy tờ"]`)
	m.check("manager-priority")
	m.touch(`dialog [data-action="confirm"]`)
	m.wait(`!document.querySelector("dialog") && !document.querySelector("#waiting-rows [data-number='B001'] .tags").textContent.includes("khai")`)
}

// managerSearches: the log is found by day, kind, person, words and ticket, and goes into a file.
func (m *screen) managerSearches() {
	m.t.Helper()
	found := func(n string) {
		m.t.Helper()
		m.wait(fmt.Sprintf(`document.querySelector("#panel-log").dataset.found === "%s"`, n))
	}
	m.touch(`#waiting-rows [data-number="B001"] .open`)
	m.touch(`dialog [data-action="log"]`)
	m.read("#entries", "Hoàng Thị Mai bỏ ưu tiên của B001 \\(lý do: Không có giấy tờ\\)[^]*lấy số B001, Hộ tịch, khai ưu tiên: Người cao tuổi")
	m.fill("#log-words", "khong dong y")
	m.touch("#log-search")
	found("1")
	m.read("#entries", "ở Quầy 1 gọi quản lý đến giúp \\(lý do: Công dân không đồng ý kết quả\\)")
	m.see(`[data-kind-of="all"][aria-pressed="true"]`)
	m.touch(`[data-part="hall"]`)
	m.touch(`[data-part="log"]`) // What it shows by itself.
	m.read("#log-status", "Chưa tính: đăng nhập, in phiếu, thiết bị")
	m.see(`.entry[data-type="ticket.taken"]`)
	m.wait(`!document.querySelector(".entry:is([data-type^=session], [data-type^=print])")`)
	m.touch(`[data-kind-of="signins"]`)
	m.see(`.entry[data-type="session.begun"]`)
	m.read("#log-status", "Chưa tính: in phiếu, thiết bị")
	m.look("manager-log-signins")
	for _, off := range []string{"signins", "tickets", "settings", "system"} {
		m.touch(`[data-kind-of="` + off + `"][aria-pressed="true"]`)
		m.see(`[data-kind-of="` + off + `"][aria-pressed="false"]`)
	}
	m.see(`[data-kind-of="counters"][aria-pressed="true"]`)
	m.choose("#log-who", "user:manager")
	found("4")
	m.read("#entries", "nhận lời đến giúp ở Quầy 1")
	m.both("manager-log", m.switchTo)
	m.touch("#log-csv")
	m.wait(`document.body.dataset.saved === "vi 4"`)
	m.touch(`[data-kind-of="direct"]`)
	found("0")
	m.choose("#log-who", "")
	found("1")
	m.read(".entry[data-direct]", "Nguyễn Thị Lan gọi A004 trước thứ tự đến Quầy 1 \\(lý do: Người già yếu\\)")
	m.check("manager-log-direct")
	m.touch(`[data-kind-of="all"]`)
	m.touch(`.entry [href*="number=A001"]`)
	m.read("#log-one-title", "Tất cả về số A001")
	m.read("#entries", "gọi A001 đến Quầy 1[^]*lấy số A001, Đất đai")
	m.do(chromedp.EmulateViewport(phoneSize.width, phoneSize.height))
	m.touch("#log-back")
	m.see(`#panel-log[data-found]:not([data-found=""])`)
	m.look("manager-log-phone")
	m.do(chromedp.EmulateViewport(m.size.width, m.size.height))
	if text := await[string](m, everySentence); text != "fine" {
		m.t.Error(text)
	}
	if page := eval[string](m, `document.querySelector("#entries").innerHTML`); len(tokenOnPage.FindAllString(page, 1)) > 0 {
		m.t.Errorf("the log shows a ticket's token: %s", tokenOnPage.FindString(page))
	}
}

// tokenOnPage is what a ticket's token looks like.
var tokenOnPage = regexp.MustCompile(`[A-Za-z0-9_-]{22}`)

// everySentence tells an event of every type, with all of its fields and with none, in both languages: no word is
// missing, and none is in the other language. It gives "fine", or what is not.
const everySentence = `Promise.all(["sentences", "telling"].map((name) => import("/static/" + document.documentElement.dataset.build + "/js/manager/" + name + ".js"))).then(([table, telling]) => {
	const named = (id) => [{ id: id, name: "Tên " + id, name_en: "Name " + id }];
	const hall = { time_zone: "Asia/Ho_Chi_Minh", services: named("s"), counters: named("c"), priorities: named("p") };
	const at = "2026-11-26T09:41:07+07:00";
	const full = { at: at, by: "user:lan", by_name: "Lan", number: "A041", service: "s", from_service: "s", counter: "c", to_counter: "c", user: "hoa", priority: "p", reason: "ABC",
		reasons: ["quick"], stars: 4, count: 3, device: "k", printer: "P", page: "test", mm: 80000, outcome: "confirmed", written: at, slot: at, what: "XYZ", of: 7, step_s: -7200, day: "2026-11-26" };
	const faults = [];
	for (const lang of ["vi", "en"]) {
		document.documentElement.lang = lang;
		for (const key of Object.keys(table.sentences)) {
			const type = key.split(".").slice(0, 2).join(".");
			for (const e of [{ at: at, type: type }, Object.assign({}, full, { type: type }), Object.assign({}, full, { type: type, by: "device:k", from: "held" }), Object.assign({}, full, { type: type, by: "citizen", from: "waiting", written: "" })]) {
				const text = telling.sentence(e, hall);
				if (/[{}]|undefined|null|NaN|Invalid/.test(text) || lang === "en" && /[ăâđêôơưĂÂĐÊÔƠƯ\u1EA0-\u1EF9]/.test(text) || lang === "vi" && /\b(the|at|was|of)\b/.test(text)) faults.push(text);
			}
		}
	}
	document.documentElement.lang = "vi";
	return faults.join("\n") || "fine";
})`
