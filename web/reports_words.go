package web

import "layso/kiosk"

// What the columns of a report's tables are called. The pages say it in the same words.
var (
	wordTaken         = kiosk.Text{VI: "Lấy số", EN: "Tickets"}
	wordServed        = kiosk.Text{VI: "Đã phục vụ", EN: "Served"}
	wordNoShows       = kiosk.Text{VI: "Gọi nhưng vắng mặt", EN: "Did not come"}
	wordCancelled     = kiosk.Text{VI: "Hủy", EN: "Cancelled"}
	wordSentHome      = kiosk.Text{VI: "Trong đó: do hết giờ", EN: "Of these: the day ended"}
	wordDossiers      = kiosk.Text{VI: "Hồ sơ", EN: "Dossiers"}
	wordCalled        = kiosk.Text{VI: "Lượt gọi có giờ chờ", EN: "Waits known"}
	wordMeanWait      = kiosk.Text{VI: "Chờ trung bình", EN: "Mean wait"}
	wordMedianWait    = kiosk.Text{VI: "Một nửa chờ không quá", EN: "Half waited at most"}
	wordP90Wait       = kiosk.Text{VI: "Chín phần mười chờ không quá", EN: "Nine of ten waited at most"}
	wordLongest       = kiosk.Text{VI: "Chờ lâu nhất", EN: "Longest wait"}
	wordWithin15      = kiosk.Text{VI: "Chờ không quá 15 phút", EN: "Waited 15 min at most"}
	wordTimed         = kiosk.Text{VI: "Lần phục vụ có giờ", EN: "Services timed"}
	wordMeanService   = kiosk.Text{VI: "Phục vụ trung bình", EN: "Mean service"}
	wordMedianService = kiosk.Text{VI: "Một nửa phục vụ không quá", EN: "Half took at most"}
	wordP90Service    = kiosk.Text{VI: "Chín phần mười phục vụ không quá", EN: "Nine of ten took at most"}
	wordForetold      = kiosk.Text{VI: "Lượt có dự báo", EN: "Forecasts scored"}
	wordOff           = kiosk.Text{VI: "Dự báo lệch trung bình", EN: "Forecast off by (mean)"}
	wordForecast      = kiosk.Text{VI: "Được gọi trong dự báo", EN: "Called as told"}
	wordDays          = kiosk.Text{VI: "Số ngày", EN: "Days"}
	wordFinished      = kiosk.Text{VI: "Lượt đã phục vụ", EN: "Served"}
	wordRated         = kiosk.Text{VI: "Lượt đánh giá", EN: "Ratings"}
	wordRate          = kiosk.Text{VI: "Tỷ lệ đánh giá", EN: "Share rated"}
	wordMeanStars     = kiosk.Text{VI: "Số sao trung bình", EN: "Mean stars"}
	wordStars         = [5]kiosk.Text{{VI: "1 sao", EN: "1 star"}, {VI: "2 sao", EN: "2 stars"}, {VI: "3 sao", EN: "3 stars"}, {VI: "4 sao", EN: "4 stars"}, {VI: "5 sao", EN: "5 stars"}}
	wordReason        = kiosk.Text{VI: "Lý do", EN: "Reason"}
	wordFigure        = kiosk.Text{VI: "Số liệu", EN: "Figure"}
	wordThis          = kiosk.Text{VI: "Kỳ này", EN: "This period"}
	wordBefore        = kiosk.Text{VI: "Kỳ trước", EN: "The period before"}
	wordFrom          = kiosk.Text{VI: "Từ ngày", EN: "From"}
	wordTo            = kiosk.Text{VI: "Đến ngày", EN: "To"}
	wordBusinessDays  = kiosk.Text{VI: "Số ngày làm việc", EN: "Business days"}
	wordProvisional   = kiosk.Text{VI: "Hôm nay chưa kết thúc: số liệu còn thay đổi", EN: "Today is not over: the figures still change"}
	wordAll           = kiosk.Text{VI: "Cả cơ quan", EN: "The whole office"}
	wordSeconds       = kiosk.Text{VI: "giây", EN: "s"}
	wordWeekday       = kiosk.Text{VI: "Thứ", EN: "Weekday"}
)

// sheetNames are the tables of a report, by what is asked for with "by": the name of the sheet, the heading of
// its first column, and the name in the file's.
var sheetNames = map[string]struct {
	title, head kiosk.Text
	file        kiosk.Text
}{
	"total":    {kiosk.Text{VI: "Tổng hợp", EN: "Summary"}, wordFigure, kiosk.Text{VI: "tong-hop", EN: "summary"}},
	"services": {kiosk.Text{VI: "Lĩnh vực", EN: "Services"}, kiosk.Text{VI: "Lĩnh vực", EN: "Service"}, kiosk.Text{VI: "linh-vuc", EN: "services"}},
	"counters": {kiosk.Text{VI: "Quầy", EN: "Counters"}, kiosk.Text{VI: "Quầy", EN: "Counter"}, kiosk.Text{VI: "quay", EN: "counters"}},
	"clerks":   {kiosk.Text{VI: "Cán bộ", EN: "Clerks"}, kiosk.Text{VI: "Cán bộ", EN: "Clerk"}, kiosk.Text{VI: "can-bo", EN: "clerks"}},
	"hours":    {kiosk.Text{VI: "Theo giờ", EN: "Hours"}, kiosk.Text{VI: "Lấy số lúc", EN: "Taken at"}, kiosk.Text{VI: "gio", EN: "hours"}},
	"days":     {kiosk.Text{VI: "Theo ngày", EN: "Days"}, kiosk.Text{VI: "Ngày", EN: "Day"}, kiosk.Text{VI: "ngay", EN: "days"}},
	"weeks":    {kiosk.Text{VI: "Theo tuần", EN: "Weeks"}, kiosk.Text{VI: "Tuần", EN: "Week"}, kiosk.Text{VI: "tuan", EN: "weeks"}},
	"months":   {kiosk.Text{VI: "Theo tháng", EN: "Months"}, kiosk.Text{VI: "Tháng", EN: "Month"}, kiosk.Text{VI: "thang", EN: "months"}},
	"heat":     {kiosk.Text{VI: "Giờ cao điểm", EN: "Peaks"}, wordWeekday, kiosk.Text{VI: "cao-diem", EN: "peaks"}},
	"ratings":  {kiosk.Text{VI: "Đánh giá", EN: "Ratings"}, kiosk.Text{VI: "Quầy", EN: "Counter"}, kiosk.Text{VI: "danh-gia", EN: "ratings"}},
	"reasons":  {kiosk.Text{VI: "Lý do đánh giá", EN: "Reasons"}, wordReason, kiosk.Text{VI: "ly-do", EN: "reasons"}},
}

// weekdays are the days of the week, Monday first.
var weekdays = [7]kiosk.Text{
	{VI: "Thứ Hai", EN: "Monday"}, {VI: "Thứ Ba", EN: "Tuesday"}, {VI: "Thứ Tư", EN: "Wednesday"}, {VI: "Thứ Năm", EN: "Thursday"},
	{VI: "Thứ Sáu", EN: "Friday"}, {VI: "Thứ Bảy", EN: "Saturday"}, {VI: "Chủ nhật", EN: "Sunday"},
}
