/* layso: the display's foot: who waits for what, and who is at which counter, in turn. ES5. */

(function (layso) {
  'use strict';

  var page = layso.page;
  var turns = 0;

  function service(s) {
    return page.copy('service-pattern', { name: s.name, 'name-en': page.english(s), big: s.waiting }, { service: s.id, waiting: s.waiting });
  }

  function counter(c) {
    return page.copy('counter-pattern', { name: c.name, 'name-en': page.english(c), big: c.now || '–' }, { counter: c.id, state: c.state, now: c.now || '' });
  }

  /* deal adds pages of equal length to the list. */
  function deal(pages, what, all, how) {
    var size = window.innerHeight > window.innerWidth ? 4 : 5, n = Math.ceil(all.length / size), per = Math.ceil(all.length / n), i;
    for (i = 0; i < n; i++) {
      pages.push({ kind: what, make: how, list: all.slice(i * per, i * per + per) });
    }
  }

  /* strip draws the page whose turn it is; next says that it is the next one's. */
  layso.strip = function (services, counters, next) {
    var pages = [], now;
    deal(pages, 'services', services, service);
    deal(pages, 'counters', counters, counter);
    turns += next ? 1 : 0;
    now = pages[turns % pages.length];
    page.mark(page.id('strip'), { kind: now.kind, turn: turns });
    page.fill('items', now.list.map(now.make));
  };
})(window.layso);
