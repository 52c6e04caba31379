/**
 * The words of a kiosk's lock on the admin page.
 * @module
 */

/** The usual reasons, in Vietnamese and English: a citizen reads them in his language, whichever the admin's was. @type {[string, string][]} */
export const LOCK_REASONS = [
  ["Đang thay giấy in", "The paper is being changed"],
  ["Đang vệ sinh máy", "It is being cleaned"],
  ["Đang kiểm tra hệ thống", "The system is being checked"],
  ["Đang sửa máy", "It is being repaired"],
  ["Trung tâm đang họp", "The office is in a meeting"],
];

/** @type {import("../lib/texts.js").Table} */
export const lockWords = {
  lock: ["Khóa", "Lock"],
  unlock: ["Mở khóa", "Unlock"],
  lockedNow: ["Đang khóa", "Locked"],
  lockTitle: ["Khóa {name}?", "Lock {name}?"],
  lockText: ["Máy sẽ ngừng phát số ngay và báo người dân đến máy khác hoặc gọi nhân viên, cho đến khi được mở khóa.", "It stops giving numbers at once and sends citizens to another machine or to the staff, until it is unlocked."],
  lockReason: ["Lý do, hiện trên màn hình của máy", "Reason, shown on its screen"],
  lockUsual: ["Lý do thường gặp", "Usual reasons"],
  lockBoth: ["Lý do chọn sẵn hiện bằng cả tiếng Việt và tiếng Anh. Tự viết thì hiện đúng như đã viết.", "A usual reason is shown in Vietnamese and in English. Words of your own are shown as they are."],
  lockDone: ["Đã khóa {name}.", "{name} is locked."],
  unlockDone: ["Đã mở khóa {name}.", "{name} is unlocked."],
  lockHint: ["Máy lấy số chạy ngay trên máy chủ mà không ghép nối thì không khóa được từ đây; muốn khóa được, hãy ghép nối nó. Khóa máy không ảnh hưởng đến nút bấm và điện thoại.",
    "A kiosk that runs on the server itself without being paired can’t be locked from here; pair it, and it can. A lock does not touch push buttons and phones."],
};
