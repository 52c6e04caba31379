/* layso: the hall's clock. The TV's is not trusted: the server's times carry the hall's offset
   from UTC. ES5. */

(function (layso) {
  'use strict';

  var DAYS = ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'];
  var DAYS_EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  var server = null; // {at: ms, ticks: when it was heard, zone: ms east of UTC}

  function two(n) {
    return n < 10 ? '0' + n : String(n);
  }

  /* parts reads an RFC 3339 time: ms since 1970, and by how many ms its zone is east of UTC. */
  function parts(text) {
    var zone = /([+-])(\d\d):(\d\d)$/.exec(text) || [];
    return { ms: Date.parse(text), zone: (zone[2] * 60 + Number(zone[3])) * 60000 * (zone[1] === '-' ? -1 : 1) || 0 };
  }

  function local(ms, east) {
    var d = new Date(ms + east);
    return {
      hour: d.getUTCHours(),
      time: two(d.getUTCHours()) + ':' + two(d.getUTCMinutes()),
      day: DAYS[d.getUTCDay()],
      dayEn: DAYS_EN[d.getUTCDay()],
      date: two(d.getUTCDate()) + '/' + two(d.getUTCMonth() + 1) + '/' + d.getUTCFullYear(),
      short: d.getUTCDate() + '/' + (d.getUTCMonth() + 1)
    };
  }

  layso.time = {
    set: function (text) {
      var p = parts(text);
      if (!isNaN(p.ms)) {
        server = { at: p.ms, ticks: layso.ticks(), zone: p.zone };
      }
    },
    /* now gives the hall's time for people, or null before the server said it. */
    now: function () {
      return server && local(layso.time.ms(), server.zone);
    },
    ms: function () {
      return server ? server.at + layso.ticks() - server.ticks : 0;
    },
    /* age gives the seconds since then. */
    age: function (text) {
      return (layso.time.ms() - parts(text).ms) / 1000;
    },
    show: function (text) {
      var p = parts(text);
      return local(p.ms, p.zone);
    }
  };
})(window.layso);
