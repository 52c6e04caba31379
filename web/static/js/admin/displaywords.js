/**
 * The words of the displays on the admin page.
 * @module
 */

/** @type {import("../lib/texts.js").Table} */
export const displayWords = {
  displays: ["Màn hình gọi số", "Hall displays"],
  displaysNone: ["Chưa ghép nối màn hình nào. Màn hình đã ghép nối có tên, có khu vực riêng, và được báo khi mất.", "No display is paired. A paired one has a name, may have a zone of its own, and is missed when it is lost."],
  displayOthers: ["{n} màn hình chưa ghép nối đang nối: khi mất không ai được báo.", "{n} displays are connected without being paired: nobody is told when they are lost."],
  displayZone: ["Khu vực", "Zone"],
  displayZoneOf: ["Khu vực của {name}", "Zone of {name}"],
  displayZoneAll: ["Tất cả các quầy", "All counters"],
  displayZoneHint: ["Màn hình này hiện và đọc số của những quầy nào? Không chọn quầy nào nghĩa là tất cả.", "Whose calls does this display show and speak? None chosen means all."],
  displayZoneSave: ["Đặt khu vực", "Set the zone"],
  displayState: ["Kết nối", "Connection"],
  displaySince: ["Đang nối từ {time}", "Connected since {time}"],
  displaySeen: ["Thấy lần cuối lúc {time}", "Last seen at {time}"],
  displayNever: ["Chưa nối", "Not connected"],
  displayLost_gone: ["Mất từ {time}", "Lost since {time}"],
  displayLost_frozen: ["Bị treo từ {time}", "Hangs since {time}"],
  displayBehind: ["Chậm (sự kiện)", "Behind (events)"],
  displaySound: ["Âm thanh", "Sound"],
  displaySound_on: ["Đang bật", "On"],
  displaySound_starting: ["Đang thử", "Trying"],
  displaySound_suspended: ["Cần chạm để bật", "Wants a touch"],
  displaySound_failed: ["Loa lỗi", "Out of order"],
  displaySound_off: ["Tắt", "Off"],
  displaySound_unknown: ["Chưa rõ", "Unknown"],
};
