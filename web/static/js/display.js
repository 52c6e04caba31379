/* layso: the display page, for TVs back to Chromium 47: ES5, no fetch. It draws what board.js holds. */

(function (layso) {
  'use strict';

  var page = layso.page, id = page.id, text = page.text, mark = page.mark;
  var STORE = 'layso.display';
  var ROWS = 6;
  var TURN = 8000;   // ms that each part of the strip stays, and half of what a notice does
  var QUIET = 20000; // ms after a call before notices are shown
  var CUT = 30000;   // ms from a heartbeat to a hello: what waits to be spoken is old
  var NIGHT = 600000; // ms after which a hall that stays closed goes dark
  var build = document.documentElement.getAttribute('data-build');
  var hall = null, turn = 0, turned = 0, told = 0, acked = 0, lost = 0, noticed = false, closedAt = Infinity;
  var asked = /[?&]counters=([\w,]+)/.exec(location.search);
  var zone = asked ? asked[1].split(',') : []; // the counters whose calls are shown; empty: all
  var offset = { epoch: '', seq: 0 }, seen = stored(STORE) || {}; // heard, and drawn, also before a reload
  var board, link, sound;

  function find(list, key) {
    return list.filter(function (x) { return x.id === key; })[0];
  }

  function mine(counter) {
    return !zone.length || zone.indexOf(counter) >= 0;
  }

  /* english gives the English name, or nothing where the hall has none. */
  var english = page.english = function (thing) {
    return thing && thing.name_en !== thing.name ? thing.name_en : '';
  };

  /* counter gives its two names; it may be gone. */
  function counter(key) {
    var c = find(hall.counters, key);
    return { vi: c ? c.name : 'Quầy ' + key, en: english(c) || 'Counter ' + key };
  }

  function drawStage() {
    var call = board.current() || { number: '', counter: '', seq: '' }, stage = id('stage'), to, service;
    if (stage.getAttribute('data-seq') !== String(call.seq)) {
      mark(stage, { beat: stage.getAttribute('data-beat') === 'a' ? 'b' : 'a' }); // what moves, moves again
    }
    mark(stage, { fresh: board.isFresh(), number: call.number, counter: call.counter, seq: call.seq });
    if (!call.seq) {
      return;
    }
    to = counter(call.counter);
    service = find(hall.services, call.service);
    text('call-number', call.number);
    text('call-counter', 'đến ' + to.vi.charAt(0).toLowerCase() + to.vi.slice(1));
    text('call-counter-en', to.en);
    text('call-service', service ? service.name : '');
    page.fit('.call .fit');
  }

  function row(call) {
    var to = counter(call.counter);
    return page.copy('row-pattern', { 'row-number': call.number, 'row-counter': to.vi, 'row-en': to.en }, {
      seq: call.seq, number: call.number, counter: call.counter, on: board.isFresh() && board.current().seq === call.seq
    });
  }

  function drawStrip(next) {
    var counters = hall.counters.filter(function (c) { return mine(c.id); });
    layso.strip(hall.services.filter(function (s) {
      return !zone.length || counters.some(function (c) { return c.services.indexOf(s.id) >= 0; });
    }), counters, next);
  }

  /* isClosed: out of hours, and nobody at a counter who still serves those that wait. */
  function isClosed() {
    return !hall.open && hall.counters.every(function (c) { return c.state === 'closed'; });
  }

  function drawState() {
    var now = board.current() ? 'calls' : 'idle', words;
    if (isClosed() && !board.isFresh()) {
      now = 'closed';
      words = layso.closed(hall);
      ['why', 'why-en', 'opens', 'opens-en'].forEach(function (name, i) { text(name, words[i]); });
    }
    closedAt = words && words[4] ? Math.min(closedAt, layso.ticks()) : Infinity;
    noticed = noticed && !board.isFresh();
    mark(document.body, { state: now, notice: noticed, dark: layso.ticks() - closedAt > NIGHT });
    page.fit('.sign .fit, .top .fit, #notice-text');
  }

  function draw() {
    if (!hall) {
      return;
    }
    text('hall-name', hall.name);
    text('hall-name-en', english(hall));
    drawState();
    drawStage();
    page.fill('calls', board.calls().slice(0, ROWS).map(row));
    drawStrip();
    drawClock();
  }

  function tick() {
    drawClock();
    if (!hall || layso.ticks() < turned + TURN) {
      return;
    }
    turned = layso.ticks();
    turn++;
    drawStrip(true);
    if (turn % 2 === 0) {
      noticed = board.quiet(QUIET) && layso.notices.next(!board.current() || isClosed());
      drawState();
    }
    if (turn % 75 === 0) {
      layso.notices.load(); // it may be another day
    }
  }

  function drawClock() {
    var now = layso.time.now(), sure = now && !(hall && hall.clock === 'suspect');
    text('clock', sure ? now.time : '');
    text('date', sure ? now.day + ', ' + now.date : '');
    text('date-en', sure ? now.dayEn : '');
    mark(document.body, { shift: Math.floor(layso.ticks() / 60000) % 8 }); // nothing burns in
  }

  /* A TV may refuse storage: then what was called during a reload is listed only. */
  function store(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch (e) { /* as said */ }
  }

  function stored(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch (e) {
      return null;
    }
  }

  /* shown runs after every change: the hub is told what is drawn. */
  function shown() {
    draw();
    seen = { epoch: offset.epoch, seq: offset.seq };
    store(STORE, seen);
    if (acked !== offset.seq) {
      ack();
    }
  }

  function ack() {
    if (link) {
      acked = offset.seq;
      link.ack(acked, sound.isOn());
    }
  }

  function merge(list, news) {
    news.forEach(function (n) {
      var known = find(list, n.id) || {}, key;
      for (key in n) {
        known[key] = n[key];
      }
    });
  }

  /* reload takes a new build of the page, once: should the old one come back, it stays. */
  function reload(frame) {
    if (frame.build && frame.build !== build && frame.build !== stored(STORE + '.reload')) {
      store(STORE + '.reload', frame.build);
      // Not all TVs at once, and none in the midst of a call.
      setInterval(function () {
        if (sound.idle() && !board.isFresh()) {
          location.reload();
        }
      }, 500 + Math.random() * 1500);
    }
  }

  function connected(is) {
    clearTimeout(lost);
    acked = 0;
    // A restart of the server that nobody sees needs no banner.
    lost = setTimeout(function () { mark(document.body, { online: is }); }, is ? 0 : 1500);
  }

  /* greet takes this display's zone, unless the page's address has one, and its build. */
  function greet(frame) {
    var given = String(zone), before = told;
    told = layso.time.ms();
    if (frame.type === 'hello' && before && told - before > CUT) {
      sound.forget();
    }
    if (frame.type === 'hello' && !asked) {
      zone = frame.zone || [];
      if (hall && String(zone) !== given) {
        offset.epoch = ''; // a reload might ask for a touch again
        seen = {};
        sound.forget();
        link.restart();
      }
    }
    reload(frame);
  }

  function begin() {
    board = layso.board(draw, function (call) { sound.call(call, layso.time.age(call.at)); }, function () { return !sound.idle(); });
    sound = layso.sound(id('voice'), id('sound'), ack, board.speak);
    link = layso.link(offset, {
      now: function (now) { layso.time.set(now); if (hall) { drawState(); } drawClock(); },
      hello: greet,
      online: connected,
      snapshot: function (fresh) {
        var same = seen.epoch === offset.epoch, over = !same || hall && hall.business_day !== fresh.business_day;
        hall = fresh;
        sound.settings(fresh.voice, fresh.seq);
        board.reset(fresh.recent_calls.filter(function (c) { return mine(c.counter); }), same ? seen.seq : fresh.seq, over);
        layso.notices.load();
        shown();
      },
      event: function (frame) { if (mine(frame.counter)) { board.event(frame); } shown(); },
      counts: function (frame) {
        if (hall) {
          ['open', 'opens_at', 'closed_day', 'clock'].forEach(function (key) { hall[key] = frame[key]; });
          merge(hall.services, frame.services);
          merge(hall.counters, frame.counters);
          shown();
        }
      }
    });
    setInterval(tick, 1000);
    window.addEventListener('resize', draw);
    if (document.fonts) {
      document.fonts.addEventListener('loadingdone', draw); // widths are only true in the real type
    }
  }

  begin();
})(window.layso);
