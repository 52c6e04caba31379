/**
 * The words of the counter's second screen.
 * @module
 */

import { texts } from "../lib/texts.js";
import { question } from "../lib/ratings.js";

export const t = texts({
  title: ["Ý kiến của ông bà", "Your opinion"],
  other: ["English", "Tiếng Việt"],
  loading: ["Đang mở…", "Loading…"],
  unpaired: ["Màn hình này chưa được ghép nối", "This screen is not paired yet"],
  unpairedText: ["Người quản trị tạo mã cho “Màn hình đánh giá” ở trang quản trị, mục Thiết bị, rồi nhập mã trên máy này.", "An administrator makes a code for a “Rating screen” on the admin page, Devices, and types it on this device."],
  pair: ["Ghép nối màn hình này", "Pair this screen"],
  unplaced: ["Màn hình này chưa biết đứng ở quầy nào", "This screen does not know its counter yet"],
  unplacedText: ["Người quản trị chọn quầy cho “{name}” ở trang quản trị, mục Thiết bị.", "An administrator chooses the counter of “{name}” on the admin page, Devices."],
  serving: ["Đang phục vụ số", "Now serving"],
  free: ["Xin chờ gọi số", "Please wait for your number"],
  paused: ["Tạm nghỉ, xin chờ một lát", "Back in a moment, please wait"],
  closed: ["Quầy đang đóng", "This counter is closed"],
  question: question,
  whose: ["Dành cho số {number}", "For number {number}"],
  next: ["Mời số {number} vào quầy", "Number {number}, please come"],
  hint: ["Chạm một lần là đủ. Không hỏi tên.", "One touch is enough. No name is asked."],
  given: ["Đã ghi nhận. Chạm lại để đổi.", "Recorded. Touch another one to change it."],
  why: ["Vì sao? (không bắt buộc)", "Why? (optional)"],
  send: ["Gửi", "Send"],
  thanks: ["Cảm ơn ông bà đã cho ý kiến", "Thank you for your opinion"],
  change: ["Chọn lại", "Change it"],
  lost: ["Mất kết nối với máy chủ, đang thử lại…", "No connection to the server, trying again…"],
});
