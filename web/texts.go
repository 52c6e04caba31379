package web

import (
	"net/http"
	"strings"

	"layso/kiosk"
)

// sentences say to people what happened and what to do, by code.
var sentences = map[kiosk.Error]kiosk.Text{
	errBadRequest:               {VI: "Yêu cầu không đúng định dạng JSON.", EN: "The request is not valid JSON."},
	errTooLarge:                 {VI: "Yêu cầu quá lớn.", EN: "The request is too large."},
	errContentType:              {VI: "Hãy gửi yêu cầu dạng application/json.", EN: "Send the request as application/json."},
	errUnauthenticated:          {VI: "Hãy đăng nhập, hoặc ghép nối thiết bị này với máy chủ.", EN: "Sign in, or pair this device with the server."},
	errForbidden:                {VI: "Bạn không có quyền làm việc này.", EN: "You are not allowed to do this."},
	errWrongPIN:                 {VI: "Tên đăng nhập hoặc mã PIN không đúng.", EN: "The user name or PIN is wrong."},
	errWrongCode:                {VI: "Mã không đúng hoặc đã hết hạn. Hãy xin mã mới.", EN: "The code is wrong or has expired. Ask for a new one."},
	errWeakPIN:                  {VI: "Mã PIN gồm 6 chữ số và không được quá dễ đoán.", EN: "A PIN has 6 digits and must not be too easy to guess."},
	errCharacters:               {VI: "Có ký tự không dùng được: ký tự điều khiển hoặc ký tự đổi hướng chữ.", EN: "There are characters that can't be used: control or text direction characters."},
	errDate:                     {VI: "Ngày chưa đúng. Hãy viết năm-tháng-ngày, ví dụ 2026-11-24.", EN: "This is no date. Write it as year-month-day, e.g. 2026-11-24."},
	errSpanOrder:                {VI: "Ngày cuối đứng trước ngày đầu. Hãy đổi lại hai ngày.", EN: "The last day is before the first. Please swap the two."},
	errSpanLong:                 {VI: "Khoảng ngày quá dài. Hãy chọn nhiều nhất 400 ngày.", EN: "The span is too long. Choose 400 days at most."},
	errWrittenNumber:            {VI: "Số chưa đúng. Hãy ghi chữ cái của lĩnh vực và 3 hoặc 4 chữ số, ví dụ A901.", EN: "This is no number. Write the service’s letter and 3 or 4 digits, e.g. A901."},
	errWrittenAt:                {VI: "Giờ chưa đúng. Giờ ghi trên giấy phải là giờ trong hôm nay và không sau bây giờ.", EN: "The time is not right. It has to be one of today, and not later than now."},
	errNoWebSocket:              {VI: "Địa chỉ này chỉ nhận kết nối WebSocket.", EN: "This address takes WebSocket connections only."},
	errNotFound:                 {VI: "Không có trang này.", EN: "There is nothing here."},
	errMethod:                   {VI: "Địa chỉ này không nhận kiểu yêu cầu đó.", EN: "This address does not take that kind of request."},
	kiosk.ErrUnknownUser:        {VI: "Không có người dùng này.", EN: "There is no such user."},
	errUnknownDevice:            {VI: "Không có thiết bị này.", EN: "There is no such device."},
	errNoContact:                {VI: "Phiếu này không có số điện thoại, hoặc số đã được xóa.", EN: "This ticket has no phone number, or it has been erased."},
	errConsent:                  {VI: "Chỉ lưu số điện thoại khi người dân đã đồng ý. Hãy hỏi rồi đánh dấu ô đồng ý.", EN: "A phone number is kept only with the citizen's consent. Ask, then tick the box."},
	errPhone:                    {VI: "Số điện thoại chưa đúng: gồm 9 đến 11 chữ số, bắt đầu bằng 0 hoặc +84.", EN: "This is no phone number: 9 to 11 digits that begin with 0 or +84."},
	errUnknownSession:           {VI: "Phiên đăng nhập này không còn.", EN: "This session is over."},
	errCrossOrigin:              {VI: "Yêu cầu đến từ một trang khác nên bị từ chối.", EN: "The request came from another site and was refused."},
	errOpenLine:                 {VI: "Trang này phải mở bằng https://. Hãy mở lại trang, hoặc nhờ người quản trị cài chứng chỉ của trung tâm vào máy này.", EN: "This page must be opened with https://. Open it again, or ask an admin to install the hall's certificate on this computer."},
	errHost:                     {VI: "Máy chủ không nhận tên miền này. Hãy mở bằng địa chỉ số của máy chủ, hoặc nhờ người phụ trách máy thêm tên này vào mục hosts trong layso.yaml.", EN: "The server does not answer to this host name. Use its address in numbers, or ask the IT person to add the name to hosts in layso.yaml."},
	kiosk.ErrUnknownService:     {VI: "Không có lĩnh vực này.", EN: "There is no such service."},
	kiosk.ErrUnknownTicket:      {VI: "Không tìm thấy phiếu này.", EN: "This ticket is not known."},
	kiosk.ErrUnknownCounter:     {VI: "Không có quầy này.", EN: "There is no such counter."},
	kiosk.ErrUnknownPriority:    {VI: "Không có diện ưu tiên này.", EN: "There is no such priority."},
	kiosk.ErrTicketExpired:      {VI: "Phiếu này của ngày trước, đã hết hiệu lực. Hãy lấy số mới.", EN: "This ticket is of an earlier day and has expired. Please take a new number."},
	kiosk.ErrUnknownAppointment: {VI: "Không có lịch hẹn này: mã chưa đúng, hẹn đã hủy hoặc đã qua ngày. Xin kiểm tra lại mã, hoặc lấy số thường.", EN: "There is no such appointment: the code is wrong, or it was cancelled or is of an earlier day. Check the code, or take a number without it."},
	kiosk.ErrSlotFull:           {VI: "Giờ này vừa hết chỗ. Xin chọn giờ khác.", EN: "This time has just been taken. Please choose another one."},
	kiosk.ErrSlotUnknown:        {VI: "Không đặt hẹn được vào giờ này. Xin chọn giờ khác.", EN: "There are no appointments at this time. Please choose another one."},
	kiosk.ErrTooEarly:           {VI: "Chưa đến giờ hẹn. Xin quay lại từ 20 phút trước giờ hẹn.", EN: "You are early. Please come back from 20 minutes before your appointment."},
	kiosk.ErrNoTimeLeft:         {VI: "Hôm nay không còn kịp phục vụ lĩnh vực này. Xin quay lại ngày làm việc sau.", EN: "There is no time left for this service today. Please come back on the next working day."},
	kiosk.ErrClockSuspect:       {VI: "Máy chưa chắc hôm nay là ngày nào. Xin chờ nhân viên xác nhận ngày.", EN: "The machine is not sure of the date. Please wait until the staff has confirmed it."},
	kiosk.ErrNumberTaken:        {VI: "Số này hôm nay đã có người giữ. Hãy xem lại số trên phiếu; nếu đúng là trùng, hãy lấy số mới cho người đến sau.", EN: "Somebody has this number today already. Check the slip; if two people really have it, take a new number for the one who came later."},
	kiosk.ErrTimeFarAhead:       {VI: "Giờ này cách lần làm việc trước hơn 45 ngày. Hãy xem lại; nếu đúng thì xác nhận lần nữa.", EN: "This is more than 45 days after the last activity. Check it, and confirm it again if it is right."},
	kiosk.ErrHallClosed:         {VI: "Ngoài giờ làm việc. Xin quay lại trong giờ làm việc.", EN: "We are closed now. Please come back during opening hours."},
	kiosk.ErrServiceClosed:      {VI: "Lĩnh vực này hiện không nhận thêm. Xin hỏi nhân viên.", EN: "This service takes no more tickets now. Please ask the staff."},
	kiosk.ErrQuotaReached:       {VI: "Lĩnh vực này đã hết số hôm nay. Xin quay lại ngày làm việc sau.", EN: "This service has no numbers left today. Please come back on the next working day."},
	kiosk.ErrTicketInService:    {VI: "Quầy đang có một số. Hãy kết thúc số đó trước.", EN: "The counter has a ticket in hand. End it first."},
	kiosk.ErrNoTicketInHand:     {VI: "Quầy không có số này. Màn hình đã được cập nhật.", EN: "The counter does not have this ticket in hand."},
	kiosk.ErrTicketNotWaiting:   {VI: "Số này không còn chờ.", EN: "This ticket is not waiting any more."},
	kiosk.ErrCounterClosed:      {VI: "Quầy đang đóng hoặc tạm dừng.", EN: "The counter is closed or paused."},
	kiosk.ErrCounterTaken:       {VI: "Quầy này đang có người khác ngồi.", EN: "Somebody else has this counter."},
	kiosk.ErrNothingToUndo:      {VI: "Không có gì để hoàn tác.", EN: "There is nothing to undo."},
	kiosk.ErrNotFinished:        {VI: "Hãy đánh giá sau khi được phục vụ xong.", EN: "Please rate after the service is finished."},
	errRatingOver:               {VI: "Đã hết lúc đánh giá ở quầy. Xin đánh giá bằng mã QR trên phiếu.", EN: "It is too late to rate at the counter. Please rate with the QR code on the ticket."},
	kiosk.ErrServiceInUse:       {VI: "Lĩnh vực này đã có số trong hôm nay. Hãy đóng nó, rồi xóa vào ngày mai.", EN: "This service has tickets today. Close it now and remove it tomorrow."},
	kiosk.ErrCounterInUse:       {VI: "Quầy đang mở. Hãy đóng quầy rồi mới xóa.", EN: "The counter is open. Close it before you remove it."},
	kiosk.ErrSetupChanged:       {VI: "Người khác vừa thay đổi cài đặt. Hãy tải lại rồi sửa tiếp.", EN: "Somebody else has changed the settings. Reload and try again."},
	kiosk.ErrChangeOverwritten:  {VI: "Không hoàn tác được: sau đó có người đã sửa chính những mục này. Hãy sửa lại bằng tay, hoặc hoàn tác thay đổi sau trước.", EN: "This can't be taken back: the same settings were changed again later. Change them by hand, or take the later change back first."},
	kiosk.ErrKeyReused:          {VI: "Khóa yêu cầu này đã dùng cho một yêu cầu khác.", EN: "This idempotency key stands for another request."},
	kiosk.ErrKioskLocked:        {VI: "Máy này đang tạm ngừng. Xin đến máy khác hoặc gọi nhân viên.", EN: "This machine is out of use for now. Please go to another one or ask the staff."},
	kiosk.ErrInvalidField:       {VI: "Có mục chưa đúng. Hãy kiểm tra lại.", EN: "A field is not right. Please check it."},
	kiosk.ErrStorage:            {VI: "Chưa rõ đã lưu được chưa. Hãy thử lại.", EN: "It is not certain that this was saved. Please try again."},
	ErrUnknownPrinter:           {VI: "Không có máy in này. Hãy tải lại trang.", EN: "There is no such printer. Reload the page."},
	ErrNoClosedDay:              {VI: "Chưa có ngày làm việc nào kết thúc, nên chưa có phiếu chốt ngày.", EN: "No business day has ended yet, so there is no closing slip."},
	ErrPrinterBusy:              {VI: "Máy in chưa trả lời, tờ này có thể còn in ra. Hãy xem ở máy in rồi mới thử lại.", EN: "The printer has not answered yet, and this may still come out. Look at the printer before you try again."},
	ErrUnknownBackup:            {VI: "Không có bản sao lưu này. Hãy tải lại trang.", EN: "There is no such backup. Reload the page."},
	ErrBackupDamaged:            {VI: "Tệp này không phải bản sao lưu của layso, hoặc đã hỏng. Không có gì bị thay đổi. Hãy chọn bản khác.", EN: "This file is no backup of layso, or it is damaged. Nothing was changed. Choose another one."},
	ErrBackupNewer:              {VI: "Bản sao lưu này do phiên bản layso mới hơn tạo ra. Hãy nâng cấp layso trước.", EN: "A newer version of layso made this backup. Upgrade layso first."},
	ErrBackupBusy:               {VI: "Đang có một bản sao lưu được tạo hoặc khôi phục. Hãy đợi xong rồi thử lại.", EN: "Another backup is being made or restored. Wait until that is done, then try again."},
	ErrBackupKept:               {VI: "Đây là bản sao lưu tốt mới nhất của trung tâm nên không xóa được. Hãy sao lưu một bản mới trước, rồi xóa bản này.", EN: "This is the hall’s newest backup that is known to be right, so it can’t be deleted. Make a new one first, then delete this one."},
	ErrBackupFailed:             {VI: "Chưa sao lưu được. Hãy xem ổ đĩa còn chỗ và thư mục sao lưu có ghi được không. Dữ liệu đang dùng không bị ảnh hưởng.", EN: "The backup could not be made. See whether the disk has room and the backups’ folder can be written. The data in use is not affected."},
	"too_many_requests":         {VI: "Thử quá nhiều lần. Hãy đợi một lát.", EN: "Too many tries. Please wait a moment."},
	"internal":                  {VI: "Máy chủ gặp lỗi. Hãy báo người quản trị.", EN: "The server had an error. Tell the administrator."},
}

func sentence(code kiosk.Error, lang kiosk.Lang) string { return sentences[code].In(lang) }

// langOf gives the language of the answer: the first of ours that Accept-Language names.
func langOf(r *http.Request) kiosk.Lang {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if primary == "vi" || primary == "en" {
			return kiosk.Lang(primary)
		}
	}
	return kiosk.Vietnamese
}
