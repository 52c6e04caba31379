/* layso: what the display says while nobody is taken. ES5. */

(function () {
  'use strict';

  var layso = window.layso;
  var LUNCH = [11, 14]; // a hall that opens again on the same day is at lunch between these hours

  /* closed gives why nobody is taken, the same in English, when the hall opens, and that in English. */
  layso.closed = function (hall) {
    var day = hall.closed_day, today = layso.time.now(), lunch;
    var opens = hall.opens_at ? layso.time.show(hall.opens_at) : null;
    if (hall.clock === 'suspect') {
      return ['Xin chờ nhân viên xác nhận ngày', 'The staff will confirm the date soon', '', ''];
    }
    if (opens && today && opens.date === today.date) {
      lunch = today.hour >= LUNCH[0] && today.hour < LUNCH[1];
      return [lunch ? 'Đang nghỉ trưa' : 'Ngoài giờ tiếp nhận', lunch ? 'Lunch break' : 'Closed',
        'Mở cửa lại lúc ' + opens.time, 'Opens again at ' + opens.time];
    }
    return [
      day ? 'Hôm nay nghỉ: ' + day.name : 'Ngoài giờ tiếp nhận', day ? 'Closed today: ' + (day.name_en || day.name) : 'Closed',
      opens ? 'Mở cửa lúc ' + opens.time + ', ' + opens.day + ' ' + opens.short : 'Hẹn gặp lại quý công dân',
      opens ? 'Opens at ' + opens.time + ', ' + opens.dayEn : 'See you again'
    ];
  };
})();
