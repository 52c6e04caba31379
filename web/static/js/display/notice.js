/* layso: what the display shows while nobody is called: the office's notices and procedures. ES5. */

(function (layso) {
  'use strict';

  var page = layso.page;
  var pages = [], turn = 0;

  function draw(now) {
    page.mark(page.id('notice'), { kind: now.kind, lang: now.lang, picture: Boolean(now.picture), time: now.time, fee: now.fee }).lang = now.lang;
    page.text('notice-title', now.title);
    page.text('notice-time', now.time);
    page.text('notice-fee', now.fee);
    page.id('notice-picture').src = now.picture || 'data:,';
    page.fill('notice-lines', now.lines.map(function (line) {
      var li = page.copy('line-pattern');
      li.textContent = line;
      return li;
    }));
  }

  layso.notices = {
    /* load asks for the pages; without an answer the old ones stay. */
    load: function () {
      var ask = new XMLHttpRequest();
      ask.open('GET', '/api/notices');
      ask.onload = function () {
        if (ask.status === 200) {
          pages = JSON.parse(ask.responseText).pages;
        }
      };
      ask.send();
    },
    /* next fills in the page whose turn it is and reports whether there is one. Where there is a sign to be
       seen, every second turn is its own. */
    next: function (sign) {
      turn++;
      if (!pages.length || sign && turn % 2) {
        return false;
      }
      draw(pages[(sign ? turn / 2 : turn) % pages.length]);
      return true;
    }
  };
})(window.layso);
