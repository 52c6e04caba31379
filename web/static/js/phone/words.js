/**
 * The words of the phone's page. The four that the server writes too, before the script has come, are
 * in web/phone.go. ES2017.
 * @module
 */

import { texts } from "../lib/texts.js";

export const t = texts({
  title: ["Số {number}", "Number {number}"],
  titleAhead: ["Còn {n} người – {number}", "{n} before you – {number}"],
  titleNext: ["Sắp đến lượt – {number}", "You are next – {number}"],
  titleCalled: ["▶ {number}: mời đến {counter}", "▶ {number}: go to {counter}"],
  other: ["English", "Tiếng Việt"],
  number: ["Số thứ tự", "Your number"],
  loading: ["Đang tải…", "Loading…"],
  waiting: ["Đang chờ đến lượt", "Waiting for your turn"],
  waitingHint: ["Trang này tự cập nhật", "This page updates by itself"],
  near: ["Xin quay lại ngay", "Come back now"],
  nearHint: ["Sắp đến lượt: xin ở gần quầy, nghe gọi số", "Almost your turn: stay near the counters and listen"],
  fixed: ["Sẽ được gọi vào {counter}", "You will be called to {counter}"],
  step: ["Đã xong: {from}. Nay chờ: {to}", "Done: {from}. Next: {to}"],
  transfer: ["Đã chuyển từ {from} sang {to}", "Moved from {from} to {to}"],
  called: ["Mời đến", "Please go to"],
  calledHint: ["Đến lượt rồi, xin đến quầy ngay", "It is your turn, please go there now"],
  calledAgain: ["Gọi lần {n}. Xin đến quầy ngay", "Call {n}. Please go there now"],
  held: ["Đang được giữ lại", "On hold"],
  heldHint: ["Khi quay lại, xin đưa mã QR của phiếu vào máy quét ở máy lấy số, hoặc gặp cán bộ. Không cần lấy số mới.", "When you are back, hold your ticket's QR code under the kiosk's scanner, or speak to the staff. No new number needed."],
  finished: ["Đã phục vụ xong", "All done"],
  no_show: ["Đã gọi nhưng không gặp", "Called, but you were not there"],
  missedOnce: ["Sẽ được gọi lại một lần nữa sau ít phút. Xin đến gần quầy.", "You will be called once more soon. Please come to the counters."],
  parked: ["Xin đưa mã QR của phiếu vào máy quét ở máy lấy số để trở lại hàng chờ, hoặc gặp cán bộ.", "Hold the QR code of your ticket under the kiosk's scanner to get back into the queue, or speak to the staff."],
  closing: ["Hết giờ, phiếu đã đóng", "We have closed; this ticket is over"],
  closingText: ["Xin lỗi vì hôm nay chưa phục vụ được. Xin lấy số mới vào ngày làm việc tiếp theo.", "We are sorry that we could not serve you today. Please take a new number on the next working day."],
  cancelled: ["Đã hủy số này", "This number is cancelled"],
  ahead: ["Còn {n} người", "{n} before you"],
  next: ["Không còn ai chờ trước", "Nobody before you"],
  waitAbout: ["Chờ khoảng {span}", "Wait about {span}"],
  wait: ["Chờ {span}", "Wait {span}"],
  then: ["Sau đó: {names}", "Then: {names}"],
  slot: ["Lịch hẹn lúc {time}", "Appointment at {time}"],
  issued: ["Lấy số lúc {time}", "Taken at {time}"],
  cancel: ["Hủy số này", "Cancel this number"],
  confirm: ["Hủy số {number}? Muốn quay lại phải lấy số mới.", "Cancel number {number}? To come back you need a new one."],
  cancelYes: ["Hủy số", "Cancel it"],
  cancelNo: ["Giữ số", "Keep it"],

  soundOn: ["Bật âm báo", "Turn the alert sound on"],
  soundAgain: ["Bật lại âm báo", "Turn the sound on again"],
  soundOff: ["Tắt âm báo", "Turn the sound off"],
  soundIsOn: ["✓ Âm báo đang bật. Chưa nghe thấy tiếng thử? Xin tăng âm lượng và tắt chế độ im lặng.", "✓ The sound is on. Did not hear the test? Turn the volume up and silent mode off."],
  soundLost: ["Âm báo đã tắt vì trang được tải lại.", "The sound went off because the page was loaded again."],
  noteBoth: ["Chỉ kêu và rung khi trang này đang mở. Xin giữ màn hình sáng.", "It sounds and vibrates only while this page is open. Please keep the screen on."],
  noteSound: ["Chỉ kêu khi trang này đang mở; máy này không rung được. Xin giữ màn hình sáng.", "It sounds only while this page is open; this phone cannot vibrate. Please keep the screen on."],
  noteVibrate: ["Chỉ rung khi trang này đang mở; máy này không phát được âm báo. Xin giữ màn hình sáng.", "It vibrates only while this page is open; this phone cannot play the sound. Please keep the screen on."],
  noteNone: ["Máy này không kêu, không rung được. Xin mở trang này và nhìn màn hình.", "This phone can neither sound nor vibrate. Please keep this page open and look at it."],

  rate: ["Phục vụ hôm nay có tốt không?", "How was the service today?"],
  worst: ["Chưa tốt", "Poor"],
  best: ["Rất tốt", "Very good"],
  star: ["{n} sao: {word}", "{n} stars: {word}"],
  rated: ["{n}/5: {word}. Cảm ơn!", "{n}/5: {word}. Thank you!"],
  thanks: ["{n}/5. Cảm ơn, ý kiến đã được ghi nhận.", "{n}/5. Thank you, your opinion has been recorded."],
  stars1: ["rất chưa hài lòng", "very poor"],
  stars2: ["chưa hài lòng", "poor"],
  stars3: ["bình thường", "fair"],
  stars4: ["hài lòng", "good"],
  stars5: ["rất hài lòng", "very good"],
  why: ["Vì sao? (không bắt buộc)", "Why? (optional)"],
  send: ["Gửi thêm lý do", "Send the reasons"],

  offline: ["Mất kết nối, đang thử lại… Thông tin lúc {time}.", "No connection, trying again… As of {time}."],
  offlineNew: ["Chưa kết nối được, đang thử lại…", "No connection yet, trying again…"],
  wifi: ["Xin ở trong vùng Wi-Fi “{ssid}” của sảnh.", "Please stay within the hall's Wi-Fi “{ssid}”."],
  expired: ["Phiếu đã hết hiệu lực", "This ticket has expired"],
  expiredText: ["Phiếu chỉ dùng trong ngày. Xin lấy số mới tại máy lấy số.", "A ticket is good for its day only. Please take a new number at the kiosk."],
  unknown: ["Không tìm thấy phiếu", "Ticket not found"],
  unknownText: ["Xin quét lại mã QR trên phiếu.", "Please scan the QR code on the ticket again."],
});

/**
 * What may be said beside the stars. The Vietnamese words are what is recorded, in both languages, so
 * that reasons can be counted.
 * @type {{good: [string, string][], poor: [string, string][]}}
 */
export const reasons = {
  good: [["Nhanh", "Quick"], ["Tận tình", "Helpful"], ["Hướng dẫn rõ", "Clear guidance"], ["Gọn gàng, sạch sẽ", "Clean and tidy"]],
  poor: [["Chờ lâu", "Long wait"], ["Thái độ chưa tốt", "Unfriendly"], ["Hướng dẫn chưa rõ", "Unclear guidance"], ["Phải đi lại nhiều", "Too many trips"]],
};
