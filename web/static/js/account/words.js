/**
 * The words of one's own page.
 * @module
 */

import { texts } from "../lib/texts.js";
import { staffWords } from "../staff/words.js";

/** Word function of the page. */
export const t = texts(Object.assign({}, staffWords, {
  title: ["Tài khoản của tôi", "My account"],
  pinTitle: ["Đổi mã PIN", "Change my PIN"],
  ruleDigits: ["Mã PIN mới gồm đúng 6 chữ số.", "The new PIN has exactly 6 digits."],
  ruleEasy: ["Không dùng dãy dễ đoán như 111111, 123456 hay 654321.", "Nothing easy to guess such as 111111, 123456 or 654321."],
  ruleOwn: ["Mỗi người một mã, không cho ai biết: mọi việc làm bằng mã này được ghi nhận là của bạn.", "One PIN for one person, told to nobody: what is done with it counts as done by you."],
  ruleOthers: ["Đổi xong, các máy khác của bạn phải đăng nhập lại; máy này thì không.", "Afterwards your other browsers have to sign in again; this one does not."],
  pinOld: ["Mã PIN hiện nay", "Your PIN now"],
  pinNew: ["Mã PIN mới (6 chữ số)", "New PIN (6 digits)"],
  pinAgain: ["Nhập lại mã PIN mới", "The new PIN again"],
  pinSave: ["Đổi mã PIN", "Change the PIN"],
  pinDiffers: ["Hai lần nhập mã mới không giống nhau.", "The two entries of the new PIN differ."],
  pinDone: ["Đã đổi mã PIN. Lần sau đăng nhập bằng mã mới.", "The PIN is changed. Use the new one from now on."],
  oldMissing: ["Nhập mã PIN đang dùng, 6 chữ số.", "Enter the PIN that you use now, 6 digits."],
  oldWrong: ["Mã PIN hiện nay chưa đúng. Quên mã thì nhờ người quản trị đặt mã khác.", "That is not your PIN. If you have forgotten it, an admin can set another one."],
  sessionsTitle: ["Bạn đang đăng nhập ở", "Where you are signed in"],
  sessionsHint: ["Thấy máy lạ hay quên đăng xuất ở đâu thì đăng xuất máy đó, rồi đổi mã PIN nếu nghi có người biết mã.", "If there is one that you do not know or forgot, sign it out, and change your PIN if somebody may know it."],
  sessionsEnd: ["Phiên tự hết sau 4 giờ không dùng và sau 14 giờ kể từ lúc đăng nhập.", "A session ends by itself after 4 hours without use, and 14 hours after signing in."],
}));
