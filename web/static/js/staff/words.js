/**
 * Words that every staff page uses: signing in, dialogs, the language switch, faults of printers.
 * A page spreads them into its own table.
 * @module
 */

/** @type {import("../lib/texts.js").Table} */
export const staffWords = {
  language: ["Ngôn ngữ", "Language"],
  skip: ["Đến nội dung chính", "Skip to the main part"],
  loading: ["Đang mở…", "Starting…"],
  signIn: ["Đăng nhập", "Sign in"],
  signOut: ["Đăng xuất", "Sign out"],
  user: ["Tên đăng nhập", "User name"],
  pin: ["Mã PIN (6 chữ số)", "PIN (6 digits)"],
  userMissing: ["Nhập tên đăng nhập.", "Please enter your user name."],
  pinMissing: ["Mã PIN gồm 6 chữ số.", "The PIN has 6 digits."],
  wrongPin: ["Tên đăng nhập hoặc mã PIN chưa đúng. Vui lòng nhập lại.", "The user name or the PIN is not right. Please try again."],
  tooMany: ["Đã thử nhiều lần. Vui lòng đợi {n} giây rồi thử lại.", "Too many tries. Please wait {n} s, then try again."],
  tooManyOver: ["Bạn có thể thử lại.", "You can try again now."],
  signedOut: ["Phiên làm việc đã hết. Vui lòng đăng nhập lại.", "Your session has ended. Please sign in again."],
  demoHint: ["Bản dùng thử: xem tên đăng nhập và mã PIN ở cửa sổ đã khởi động layso.", "Demo: user names and PINs stand in the window where layso was started."],
  unreachable: ["Chưa nối được với máy chủ. Trang tự thử lại…", "The server cannot be reached. Trying again…"],
  cancel: ["Thôi", "Cancel"],
  close: ["Đóng", "Close"],
  ok: ["Đồng ý", "OK"],
  counterPage: ["Trang quầy", "Counter page"],
  adminPage: ["Trang quản trị", "Admin page"],
  clockTitle: ["Đồng hồ máy chủ", "The server’s clock"],
  clockDoubt: ["Đồng hồ máy chủ có thể sai.", "The server’s clock may be wrong."],
  clockAsk: ["Hôm nay là {now}?", "Is it {now}?"],
  clockYes: ["Đúng", "Yes"],
  clockOther: ["Giờ khác…", "Another time…"],
  clockWhat: ["Bây giờ là lúc nào?", "What time is it?"],
  clockDate: ["Ngày", "Date"],
  clockTime: ["Giờ", "Time"],
  clockHint: ["Trong lúc chưa chắc, hệ thống vẫn phát số nhưng không ghi giờ.", "Until then numbers are given without a time on them."],
  clockSet: ["Đặt giờ này", "Set this time"],
  clockMissing: ["Nhập đủ ngày và giờ.", "Enter a date and a time."],
  clockBefore: ["Lúc này còn sớm hơn việc cuối cùng mà máy chủ đã ghi. Kiểm tra ngày giờ rồi chọn “Giờ khác”.",
    "This is before the last thing that the server has recorded. Check the date and choose “Another time”."],
  clockFar: ["Có đúng hôm nay là {day} không?", "Is it really {day}?"],
  clockFarText: ["Ngày này cách lần làm việc gần nhất hơn 45 ngày. Đặt sai thì không lùi lại được.",
    "This is more than 45 days after the last day of work. It cannot be set back afterwards."],
  clockFarYes: ["Đúng, là {day}", "Yes, it is {day}"],
  role_clerk: ["Cán bộ quầy", "Clerk"],
  role_manager: ["Quản lý", "Manager"],
  role_admin: ["Quản trị", "Admin"],
};
