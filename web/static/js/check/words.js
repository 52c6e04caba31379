/**
 * The morning check's words: what is looked at, how it stands, what to do.
 * @module
 */

import { texts } from "../lib/texts.js";
import { staffWords } from "../staff/words.js";
import { printerWords } from "../staff/printerwords.js";

/** Word function of the morning check. */
export const t = texts(Object.assign({}, staffWords, printerWords, {
  title: ["Kiểm tra đầu ngày", "Morning check"],
  level_ok: ["Tốt", "Fine"],
  level_warn: ["Cần xem", "Look at it"],
  level_bad: ["Phải sửa", "To be mended"],
  allFine: ["Mọi thứ sẵn sàng.", "Everything is ready."],
  someWarn: ["Dùng được. Cần xem: {list}.", "It works. To look at: {list}."],
  someBad: ["Phải sửa: {list}.", "To be mended: {list}."],
  andWarn: ["Cần xem: {list}.", "To look at: {list}."],
  lost: ["Mất kết nối máy chủ – đang nối lại…", "No connection to the server – reconnecting…"],

  noPrinter: ["Máy in", "Printer"],
  noPrinterText: ["Chưa khai báo máy in nào: số chỉ hiện trên màn hình.", "No printer is configured: numbers appear on the screen only."],
  noPrinterTodo: ["Người quản trị khai báo máy in trong tệp layso.yaml rồi khởi động lại.", "An administrator adds one to layso.yaml and starts layso again."],
  paperLine: ["Giấy: {text}.", "Paper: {text}."],
  sinceLine: ["Từ {when}.", "Since {when}."],
  paperLong: ["Cuộn này lắp từ trước, chưa ghi chiều dài. Khi thay cuộn, bấm “Đã thay giấy” để biết trước lúc hết.", "Nobody said how long this roll is. With the next one press “Paper changed”, to be told in time."],

  papers: ["Phiếu hôm nay", "Today’s tickets"],
  papersNone: ["Hôm nay chưa in phiếu nào.", "No ticket has been printed today."],
  papersFine: ["Đã in {n} phiếu, không thiếu phiếu nào của người đang chờ.", "{n} tickets printed; nobody who waits lacks one."],
  papersUnconfirmed: ["{n} phiếu đã gửi mà máy in không báo lại.", "{n} tickets were sent to a printer that does not answer."],
  papersMissing: ["{n} người đang chờ có thể chưa có phiếu: {list}.", "{n} who wait may have no ticket: {list}."],
  papersMore: ["{list} và {n} số khác", "{list} and {n} more"],
  papersTodo: ["Ở trang quầy, bấm vào số đó rồi bấm “In lại phiếu”.", "On the counter page press the number, then “Print again”."],
  papersHeldTodo: ["Sửa máy in ở trên: các phiếu này tự in ra.", "Mend the printer above: these tickets come out by themselves."],

  sound: ["Âm thanh", "Sound"],
  soundAsk: ["Nghe rõ không?", "Could you hear it clearly?"],
  soundNot: ["Chưa thử loa của máy này.", "The loudspeaker of this device has not been tried."],
  soundPlay: ["Phát thử", "Play"],
  soundAgain: ["Phát lại", "Play again"],
  soundYes: ["Nghe rõ", "Yes"],
  soundNo: ["Không nghe", "No"],
  soundFine: ["Loa của máy này nghe rõ, thử lúc {time}.", "This device was heard clearly at {time}."],
  soundBad: ["Không nghe tiếng từ máy này.", "Nothing was heard from this device."],
  soundTodo: ["Tăng âm lượng, xem dây và công tắc của loa, rồi phát lại.", "Turn the volume up, look at the loudspeaker’s cable and switch, then play again."],
  soundBlocked: ["Trình duyệt này không phát được âm thanh.", "This browser cannot play a sound."],

  displays: ["Màn hình gọi số", "Hall displays"],
  displaysNone: ["Không có màn hình nào đang nối.", "No display is connected."],
  displaysTodo: ["Bật màn hình và mở {url} trên đó.", "Switch the TV on and open {url} on it."],
  kiosks: ["Máy lấy số", "Kiosks"],
  kiosksNone: ["Không có máy lấy số nào đang nối.", "No kiosk is connected."],
  kiosksTodo: ["Bật máy và mở {url} trên đó. Nơi chỉ phát số ở quầy thì bỏ qua.", "Switch it on and open {url} on it. Never mind where numbers are given at the counter only."],
  screensFine: ["{n} máy đang nối.", "{n} connected."],
  screensNamed: ["{n} máy đang nối: {list}.", "{n} connected: {list}."],
  screensOff: ["Chưa nối: {list}.", "Not connected: {list}."],
  screensOffTodo: ["Bật máy đó; nếu đã bỏ thì gỡ ở trang quản trị, mục Thiết bị.", "Switch it on; if it is gone for good, revoke it on the admin page under Devices."],

  hardware: ["Nút bấm và bảng số", "Buttons and panels"],
  hardwareFine: ["Cả {n} bộ phận đang hoạt động.", "{n} in order."],
  part_button_stuck: ["Nút “{name}” ({pin}) bị kẹt hoặc có vật đè lên.", "The button for “{name}” ({pin}) is stuck, or something leans on it."],
  part_button_broken: ["Không đọc được nút “{name}” ({pin}).", "The button for “{name}” ({pin}) cannot be read."],
  part_button_no_paper: ["Nút “{name}” ({pin}) chưa phát số: máy in không in được.", "The button for “{name}” ({pin}) gives no numbers: its printer does not print."],
  part_button_unknown_service: ["Nút {pin} dùng cho một lĩnh vực không còn: {name}.", "The button {pin} is for a service that is gone: {name}."],
  part_button_unknown_priority: ["Nút “{name}” ({pin}) dùng cho một diện ưu tiên không còn.", "The button for “{name}” ({pin}) is for a priority that is gone."],
  part_panels: ["Bảng số của quầy {name} không nhận dữ liệu.", "The panels of counter {name} take no data."],
  part_other: ["Thiếu trên máy chủ: {name} (layso.yaml).", "Missing on the server: {name} (layso.yaml)."],
  partTodo_stuck: ["Nhấc vật đè lên nút, bấm thử vài lần.", "Take away what leans on it, press it a few times."],
  partTodo_no_paper: ["Sửa máy in ở trên: nút tự phát số lại.", "Mend the printer above: the button gives numbers again by itself."],
  partTodo: ["Xem dây nối, hoặc gọi người lắp đặt. Họ dừng layso rồi chạy: layso hardware --config layso.yaml.", "Look at the wiring, or call who installed it. They stop layso and run: layso hardware --config layso.yaml."],

  clock: ["Đồng hồ", "Clock"],
  clockNow: ["Máy chủ đang là {now}.", "The server says it is {now}."],
  clockOff: ["Lệch {n} phút so với máy đang mở trang này.", "It differs by {n} min from the device that shows this page."],
  clockOffTodo: ["Xem giờ nào đúng. Giờ máy chủ sai thì quản lý đặt lại giờ của máy chủ.", "See which one is right. If it is not the server’s, a manager sets the server’s clock."],
  clockSuspect: ["Chưa chắc giờ của máy chủ là đúng: phiếu in ra không ghi giờ.", "Nobody knows whether the server’s clock is right: tickets carry no time."],
  clockTodo: ["Trả lời câu hỏi về giờ ở đầu trang.", "Answer the question at the top of the page."],
  dayOver: ["Ngày làm việc đã kết thúc: hôm nay không lấy số được nữa.", "The business day has ended: no more numbers today."],

  backup: ["Bản sao lưu", "Backup"],
  backupAt: ["Bản gần nhất: {when}.", "The last one: {when}."],
  backupNone: ["Chưa có bản sao lưu nào.", "There has been none yet."],
  backupOld: ["Đã {n} ngày chưa sao lưu.", "None for {n} days."],
  backupTodo: ["Trên máy chủ, chạy: layso backup --data THƯ-MỤC-DỮ-LIỆU --to TỆP. Cất tệp đó ở máy khác.", "On the server run: layso backup --data DATA-FOLDER --to FILE. Keep that file on another computer."],
  disk: ["Ổ đĩa", "Disk"],
  diskFree: ["Còn trống {free} trong {total}.", "{free} of {total} are free."],
  diskUnknown: ["Không đo được chỗ trống.", "The free space cannot be measured."],
  diskTodo: ["Xóa bớt tệp không cần trên máy chủ. Hết chỗ thì không phát số được.", "Delete what is not needed on the server. Without space no number can be given."],
  version: ["layso {version}", "layso {version}"],
  today: ["hôm nay", "today"],
}));
