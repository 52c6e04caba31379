/**
 * Words about printers and paper, for every staff page. Each fault is a sentence that says what to do;
 * a page spreads the table into its own.
 * @module
 */

/** @type {import("../lib/texts.js").Table} */
export const printerWords = {
  fault_paper_out: ["Máy in {name} hết giấy: lắp cuộn mới, đóng nắp, rồi bấm “Đã thay giấy”.", "Printer {name} is out of paper: put a new roll in, close the cover, then press “Paper changed”."],
  fault_paper_out_still: ["Máy in {name} vẫn báo hết giấy: đặt lại cuộn mới, kéo đầu giấy ra khỏi khe, đóng chặt nắp.", "Printer {name} still says that it is out of paper: put the new roll in again, its end out of the slot, and press the cover shut."],
  fault_paper_low: ["Máy in {name} sắp hết giấy: chuẩn bị cuộn mới.", "Printer {name} is low on paper: have a new roll ready."],
  fault_paper_low_n: ["Máy in {name} sắp hết giấy, còn khoảng {n} phiếu: chuẩn bị cuộn mới.", "Printer {name} is low on paper, about {n} tickets left: have a new roll ready."],
  fault_cover_open: ["Nắp máy in {name} đang mở: đóng lại cho đến khi nghe tiếng “tách”.", "The cover of printer {name} is open: press it shut until it clicks."],
  fault_cutter: ["Máy in {name} kẹt dao cắt: tắt máy, gỡ giấy kẹt, đóng nắp rồi bật lại.", "The cutter of printer {name} is jammed: switch it off, take the stuck paper out, close the cover, switch it on."],
  fault_hot: ["Máy in {name} đang quá nóng: chờ vài phút, máy sẽ tự in tiếp.", "Printer {name} is too hot: wait a few minutes, it goes on by itself."],
  fault_fatal: ["Máy in {name} báo lỗi nặng: tắt máy, chờ 10 giây rồi bật lại. Vẫn lỗi thì gọi kỹ thuật.", "Printer {name} reports a serious fault: switch it off, wait 10 s, switch it on. If it stays, call the technician."],
  fault_error: ["Máy in {name} báo lỗi: mở nắp xem có kẹt giấy không, đóng lại. Vẫn lỗi thì tắt rồi bật máy.", "Printer {name} reports a fault: open the cover, look for stuck paper, close it. If it stays, switch it off and on."],
  fault_offline: ["Máy in {name} đang ngừng nhận phiếu: bấm nút FEED trên máy. Không được thì tắt rồi bật lại.", "Printer {name} takes no tickets: press its FEED button. If that does not help, switch it off and on."],
  fault_wrong_device: ["Thiết bị ở chỗ máy in {name} không phải máy in phiếu: xem dây cắm và gọi kỹ thuật.", "What is connected as printer {name} is no ticket printer: look at the cable and call the technician."],
  fault_silent: ["Máy in {name} không trả lời: xem giấy và đèn báo trên máy, rồi tắt và bật lại.", "Printer {name} does not answer: look at its paper and its lamps, then switch it off and on."],
  fault_unreachable: ["Không liên lạc được với máy in {name}: xem nguồn điện và dây nối của máy.", "Printer {name} cannot be reached: look at its power and its cable."],

  short_paper_out: ["hết giấy", "out of paper"],
  short_paper_low: ["sắp hết giấy", "low on paper"],
  short_cover_open: ["nắp đang mở", "cover open"],
  short_cutter: ["kẹt dao cắt", "cutter jammed"],
  short_hot: ["quá nóng", "too hot"],
  short_fatal: ["lỗi nặng", "serious fault"],
  short_error: ["báo lỗi", "fault"],
  short_offline: ["ngừng nhận phiếu", "takes no tickets"],
  short_wrong_device: ["không phải máy in phiếu", "no ticket printer"],
  short_silent: ["không trả lời", "does not answer"],
  short_unreachable: ["không liên lạc được", "cannot be reached"],

  printerName: ["Máy in {name}", "Printer {name}"],
  printerShort: ["Máy in {name}: {faults}.", "Printer {name}: {faults}."],
  printerFine: ["Sẵn sàng", "Ready"],
  printerQueued: ["{n} phiếu đang đợi in.", "{n} tickets wait for paper."],
  printerQueuedOne: ["1 phiếu đang đợi in.", "1 ticket waits for paper."],
  printerStandIn: ["Phiếu đang in ở máy {name}.", "Tickets come out at {name}."],
  confirms_printed: ["Máy xác nhận đã in", "Confirms that it has printed"],
  confirms_taken: ["Máy chỉ báo đã nhận", "Says only that it has taken the ticket"],
  confirms_nothing: ["Máy không báo lại: phiếu chưa được xác nhận", "Says nothing: tickets stay unconfirmed"],
  rollLeft: ["còn khoảng {n} phiếu (đã dùng {used} trong {length} m)", "about {n} tickets left ({used} of {length} m used)"],
  rollUnknown: ["chưa rõ còn bao nhiêu; khi lắp cuộn mới, bấm “Đã thay giấy”", "nobody knows how much is left; press “Paper changed” with the next roll"],

  paperChanged: ["Đã thay giấy", "Paper changed"],
  paperTitle: ["Đã thay giấy máy in {name}", "New paper in printer {name}"],
  paperTitleAny: ["Đã thay giấy", "New paper"],
  paperWhich: ["Máy in nào?", "Which printer?"],
  paperLength: ["Cuộn giấy dài", "Length of the roll"],
  paperLengthHint: ["Ghi trên lõi hoặc hộp giấy. Nhờ đó hệ thống báo trước khi sắp hết.", "It stands on the core or on the box. By it the system tells in time that the paper is running out."],
  paperAsBefore: ["{n} m (như cuộn trước)", "{n} m (as before)"],
  paperMetres: ["{n} m", "{n} m"],
  paperUnknown: ["Không rõ", "Unknown"],
  paperNoted: ["Đã ghi: máy in {name} có cuộn giấy mới.", "Noted: printer {name} has a new roll."],

  testSlip: ["In thử", "Test slip"],
  testSlipOf: ["In thử máy in {name}", "Test slip on printer {name}"],
  testing: ["Đang in thử…", "Printing a test slip…"],
  test_confirmed: ["Máy báo đã in xong. Xem chữ trên tờ in thử có rõ không.", "The printer says that it has printed. Look whether the slip is clear."],
  test_processed: ["Máy đã nhận hết. Xem tờ in thử đã ra và rõ chữ chưa.", "The printer has taken it all. Look whether the slip is there and clear."],
  test_sent: ["Đã gửi; máy này không báo lại. Xem tờ in thử đã ra chưa.", "Sent; this printer does not answer. Look whether the slip has come."],
  test_uncertain: ["Chưa rõ tờ in thử đã ra chưa. Xem ở máy in.", "Nobody knows whether the slip has come. Look at the printer."],
  test_failed: ["Chưa in được.", "Not printed."],
};
