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
  role_clerk: ["Cán bộ quầy", "Clerk"],
  role_manager: ["Quản lý", "Manager"],
  role_admin: ["Quản trị", "Admin"],
};
