/**
 * The words of the page that says how well the forecast came true. A manager reads them, no
 * statistician.
 * @module
 */

import { lang, texts } from "../lib/texts.js";
import { staffWords } from "../staff/words.js";

/** Word function of the page. */
export const t = texts(Object.assign({}, staffWords, {
  title: ["Dự báo có đúng không?", "Does the forecast come true?"],
  emptyTitle: ["Chưa có gì để so sánh", "Nothing to compare yet"],
  emptyText: ["Mỗi khi một người được gọi, hệ thống so thời gian đã báo trên phiếu với thời gian chờ thật. Kết quả hiện ở đây ngay từ những lượt gọi đầu tiên.",
    "Each time somebody is called, the wait on the ticket is compared with the true one. The result stands here from the first calls on."],
  emptyWho: ["Không tính những số bị gọi trước thứ tự, tạm giữ, chuyển lĩnh vực hay hẹn trước.", "Numbers called out of order, held, transferred or booked ahead are not counted."],

  period: ["Khoảng thời gian", "Period"],
  lastDays: ["{n} ngày làm việc gần nhất", "The last {n} working days"],
  allDays: ["Tất cả đến nay", "All so far"],
  today: ["Hôm nay, {day}", "Today, {day}"],

  lead: ["Trung bình lệch {off}; {cover} trên 100 người được gọi trong khoảng đã báo.", "Off by {off} on average; {cover} in 100 people were called within the range they were told."],
  few: ["Mới có {n} người, các con số còn thay đổi nhiều.", "Only {n} people so far: the numbers still move a lot."],
  offTitle: ["Lệch trung bình", "Off by, on average"],
  offText: ["giữa thời gian đã báo và thời gian chờ thật (chờ trung bình {wait}, {n} người).", "between the wait foretold and the true one (mean wait {wait}, {n} people)."],
  coverTitle: ["Được gọi trong khoảng đã báo", "Called within the range"],
  coverOf: ["{n} trên 100 người", "{n} in 100 people"],
  coverGood: ["Đúng như mong muốn: mục tiêu là 80.", "As it should be: the aim is 80."],
  coverFew: ["Mục tiêu là 80; chưa đủ người để kết luận.", "The aim is 80; too few people to tell."],
  coverLow: ["Thấp hơn mục tiêu 80: khoảng báo còn hẹp, hệ thống đang tự nới.", "Below the aim of 80: the ranges are too narrow and are being widened."],
  coverHigh: ["Cao hơn mục tiêu 80: khoảng báo rộng hơn cần thiết, hệ thống đang tự thu.", "Above the aim of 80: the ranges are wider than need be and are being narrowed."],
  biasTitle: ["Nghiêng về phía nào?", "Which way does it lean?"],
  biasNone: ["Không nghiêng", "Neither way"],
  biasLong: ["Lâu hơn {off}", "{off} longer"],
  biasShort: ["Sớm hơn {off}", "{off} sooner"],
  biasNoneText: ["Người dân khi được gọi sớm hơn, khi muộn hơn lúc báo, bù trừ nhau.", "People are called now sooner, now later than foretold; it evens out."],
  biasLongText: ["Người dân thường phải chờ lâu hơn lúc báo.", "People tend to wait longer than foretold."],
  biasShortText: ["Người dân thường được gọi sớm hơn lúc báo.", "People tend to be called sooner than foretold."],

  compareTitle: ["So với cách tính khác", "Beside other ways"],
  compareBetter: ["Sát hơn mọi cách khác; cách tốt thứ hai lệch thêm {off}.", "Nearer than every other way; the next best is off by {off} more."],
  compareWorse: ["Lần này cách “{name}” sát hơn {off}.", "This time “{name}” is nearer by {off}."],
  compareSame: ["Sát ngang cách tốt nhất.", "As near as the best other way."],
  compareNote: ["Lệch trung bình, tính bằng phút; ngắn hơn là tốt hơn.", "Off by, on average, in minutes; shorter is better."],
  est_forecast: ["Dự báo trên phiếu", "The ticket’s forecast"],
  est_les: ["Bằng người vừa được gọi", "As the last one called"],
  est_hol: ["Bằng người đầu hàng đang chờ", "As the first in line"],
  est_ql: ["Số người chờ × thời gian mỗi người", "People ahead × time each"],
  est_avg10: ["Trung bình 10 người gần nhất", "Mean of the last ten"],
  short_les: ["LES", "LES"], short_hol: ["HOL", "HOL"], short_ql: ["QL", "QL"], short_avg10: ["TB 10", "avg 10"], short_forecast: ["", ""],

  daysTitle: ["Lệch trung bình từng ngày", "Off by, day by day"],
  daysLabel: ["Biểu đồ: lệch trung bình của từng ngày, từ {from} đến {to}. Số liệu ở bảng “Theo ngày” bên dưới.", "Chart: off by, for each day from {from} to {to}. The figures are in the table “By day” below."],
  legendOurs: ["Dự báo trên phiếu", "The ticket’s forecast"],
  legendBest: ["Cách khác tốt nhất trong ngày", "Best other way that day"],
  minutesAxis: ["phút", "min"],

  detailTitle: ["Xem kỹ hơn", "In detail"],
  by_services: ["Theo lĩnh vực", "By service"],
  by_classes: ["Theo đối tượng", "By class"],
  by_hours: ["Theo giờ", "By hour"],
  by_days: ["Theo ngày", "By day"],
  head_services: ["Lĩnh vực", "Service"],
  head_classes: ["Đối tượng", "Class"],
  head_hours: ["Lấy số lúc", "Taken at"],
  head_days: ["Ngày", "Day"],
  people: ["Số người", "People"],
  meanWait: ["Chờ trung bình", "Mean wait"],
  off: ["Lệch trung bình", "Off by"],
  leans: ["Nghiêng", "Leans"],
  cover: ["Trong khoảng đã báo", "Within the range"],
  best: ["Cách khác tốt nhất", "Best other way"],
  leanLong: ["lâu hơn {off}", "{off} longer"],
  leanShort: ["sớm hơn {off}", "{off} sooner"],
  leanNone: ["không", "neither"],
  class_regular: ["Thường", "Regular"],
  class_priority: ["Ưu tiên", "Priority"],
  class_appointment: ["Hẹn trước", "Appointment"],
  hour: ["{h} giờ", "{h}:00"],
  noRows: ["Chưa có số liệu.", "No figures yet."],
  aim: ["Vạch đứng là mục tiêu 80.", "The upright line is the aim of 80."],
}));

/** "4 phút", "3,2 phút", "dưới nửa phút". @param {number} seconds */
export function minutes(seconds) {
  const english = lang() === "en";
  const n = Math.abs(seconds) / 60;
  if (n < 0.5) return english ? "under half a minute" : "dưới nửa phút";
  return figure(n) + (english ? " min" : " phút");
}

/** How many, "5.172". @param {number} n */
export const count = (n) => new Intl.NumberFormat(lang() === "en" ? "en-GB" : "vi-VN").format(n);

/** A number of minutes with one decimal where it is small. @param {number} n */
export function figure(n) {
  return new Intl.NumberFormat(lang() === "en" ? "en-GB" : "vi-VN", { maximumFractionDigits: n < 9.95 ? 1 : 0 }).format(n);
}
