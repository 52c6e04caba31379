/* layso: what the display says while nobody is taken. ES5. */

(function (layso) {
  'use strict';

  /* closed gives why nobody is taken, the same in English, when the hall opens, that in English, and whether
     that is so far off that nobody waits. */
  layso.closed = function (hall) {
    var day = hall.closed_day, now = layso.time.now(), opens = hall.opens_at && layso.time.show(hall.opens_at);
    var today = opens && opens.date === now.date, lunch = today && now.hour >= 11 && now.hour < 14;
    if (hall.clock === 'suspect') {
      return ['Xin chờ nhân viên xác nhận ngày', 'The staff will confirm the date soon', '', ''];
    }
    return [
      lunch ? 'Đang nghỉ trưa' : day ? 'Hôm nay nghỉ: ' + day.name : 'Ngoài giờ tiếp nhận',
      lunch ? 'Lunch break' : day ? 'Closed today: ' + (day.name_en || day.name) : 'Closed',
      opens ? 'Mở cửa ' + (today ? 'lại lúc ' + opens.time : 'lúc ' + opens.time + ', ' + opens.day.toLowerCase() + ' ' + opens.short) : 'Hẹn gặp lại quý công dân',
      opens ? 'Opens at ' + opens.time + (today ? '' : ', ' + opens.dayEn) : 'See you again',
      !today || opens.hour > now.hour + 1
    ];
  };
})(window.layso);
