/* layso: the display page (/display), for televisions back to Chromium 47: ES5, no fetch. It draws
   what board.js holds and keeps enough in the session that a reload goes on where it was. */

(function () {
  'use strict';

  var layso = window.layso;
  var STORE = 'layso.display';
  var ROWS = 6;
  var TURN = 8000; // ms that a page of services stays when there are too many for one
  var build = document.documentElement.getAttribute('data-build');
  var hall = null, turn = 0, acked = 0, lost = 0;
  var offset = { epoch: '', seq: 0 };
  var board, link, sound;

  function id(name) {
    return document.getElementById(name);
  }

  function text(name, value) {
    var node = id(name);
    if (node.textContent !== value) {
      node.textContent = value;
    }
  }

  function make(tag, name, value, lang) {
    var node = document.createElement(tag);
    node.className = name;
    if (value !== undefined) {
      node.textContent = value;
    }
    if (lang) {
      node.lang = lang;
    }
    return node;
  }

  function clear(node) {
    while (node.firstChild) {
      node.removeChild(node.firstChild);
    }
  }

  function find(list, key) {
    var i;
    for (i = 0; i < list.length; i++) {
      if (list[i].id === key) {
        return list[i];
      }
    }
    return null;
  }

  /* english gives the English name, or nothing where the hall has none. */
  function english(thing) {
    return thing && thing.name_en !== thing.name ? thing.name_en : '';
  }

  function counterName(key) {
    var c = find(hall.counters, key);
    return c ? c.name : 'Quầy ' + key;
  }

  function counterEnglish(key) {
    return english(find(hall.counters, key)) || 'Counter ' + key;
  }

  function drawStage() {
    var call = board.current(), stage = id('stage'), name, service;
    stage.setAttribute('data-fresh', String(board.isFresh()));
    stage.setAttribute('data-number', call ? call.number : '');
    stage.setAttribute('data-counter', call ? call.counter : '');
    stage.setAttribute('data-seq', call ? String(call.seq) : '');
    if (!call) {
      return;
    }
    name = counterName(call.counter);
    service = find(hall.services, call.service);
    stage.setAttribute('data-length', String(call.number.length));
    stage.setAttribute('data-long', String(name.length > 9));
    text('call-number', call.number);
    text('call-counter', 'đến ' + name.charAt(0).toLowerCase() + name.slice(1));
    text('call-counter-en', counterEnglish(call.counter));
    text('call-service', service ? service.name : '');
  }

  function row(call) {
    var li = make('li', 'row'), to = make('span', 'row-to'), on = board.current();
    li.setAttribute('data-seq', String(call.seq));
    li.setAttribute('data-number', call.number);
    li.setAttribute('data-counter', call.counter);
    li.setAttribute('data-on', String(Boolean(on) && on.seq === call.seq && board.isFresh()));
    li.appendChild(make('span', 'row-number', call.number));
    to.appendChild(make('span', 'row-counter', counterName(call.counter)));
    li.setAttribute('data-long', String(counterName(call.counter).length > 9));
    to.appendChild(make('span', 'row-en', counterEnglish(call.counter), 'en'));
    li.appendChild(to);
    return li;
  }

  function drawCalls() {
    var list = id('calls'), calls = board.calls().slice(0, ROWS), i, li, name;
    clear(list);
    for (i = 0; i < calls.length; i++) {
      li = list.appendChild(row(calls[i]));
      name = li.querySelector('.row-counter');
      if (name.scrollHeight > name.clientHeight + 1) {
        li.setAttribute('data-longer', 'true'); // its number stands at the end, so none may be cut off
      }
    }
  }

  function serviceItem(s) {
    var li = make('li', 'service'), names = make('span', 'service-names');
    li.setAttribute('data-service', s.id);
    li.setAttribute('data-waiting', String(s.waiting));
    names.appendChild(make('span', 'service-name', s.name));
    names.appendChild(make('span', 'service-en', english(s), 'en'));
    li.appendChild(names);
    li.appendChild(make('span', 'service-waiting', String(s.waiting)));
    return li;
  }

  function drawServices() {
    var list = id('services'), size = window.innerHeight > window.innerWidth ? 4 : 5, all = hall.services;
    var pages = Math.max(1, Math.ceil(all.length / size)), per = Math.ceil(all.length / pages), i;
    var first = (turn % pages) * per;
    clear(list);
    for (i = first; i < Math.min(first + per, all.length); i++) {
      list.appendChild(serviceItem(all[i]));
    }
  }

  /* isClosed: out of hours, and nobody at a counter who still serves those that wait. */
  function isClosed() {
    var i;
    for (i = 0; i < hall.counters.length; i++) {
      if (hall.counters[i].state !== 'closed') {
        return false;
      }
    }
    return !hall.open;
  }

  function drawState() {
    var state = 'idle', words;
    if (board.current()) {
      state = 'calls';
    }
    if (isClosed() && !board.isFresh()) {
      state = 'closed';
      words = layso.closed(hall);
      text('why', words[0]);
      id('why').setAttribute('data-long', String(words[0].length > 24));
      text('why-en', words[1]);
      text('opens', words[2]);
      text('opens-en', words[3]);
    }
    document.body.setAttribute('data-state', state);
  }

  function draw() {
    if (!hall) {
      return;
    }
    text('hall-name', hall.name);
    text('hall-name-en', english(hall));
    drawStage();
    drawCalls();
    drawServices();
    drawState();
    drawClock();
  }

  function drawClock() {
    var now = layso.time.now(), sure = now && !(hall && hall.clock === 'suspect');
    text('clock', sure ? now.time : '');
    text('date', sure ? now.day + ', ' + now.date : '');
    text('date-en', sure ? now.dayEn : '');
  }

  function keep() {
    var all = { epoch: offset.epoch, seq: offset.seq };
    if (hall) {
      hall.recent_calls = board.calls();
      all.hall = hall;
      store(STORE, JSON.stringify(all));
    }
  }

  /* store and stored: a television may refuse storage, then a reload begins with a snapshot. */
  function store(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch (e) { /* nothing is lost but the shortcut */ }
  }

  function stored(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch (e) {
      return null;
    }
  }

  /* shown runs after every change: what is drawn now is what the hub is told. */
  function shown() {
    draw();
    keep();
    if (acked !== offset.seq && link) {
      acked = offset.seq;
      link.ack(acked, sound.isOn());
    }
  }

  function merge(list, news) {
    var i, key, known;
    for (i = 0; i < news.length; i++) {
      known = find(list, news[i].id);
      for (key in news[i]) {
        if (known && Object.prototype.hasOwnProperty.call(news[i], key)) {
          known[key] = news[i][key];
        }
      }
    }
  }

  /* reload takes a new build of the page, once: should the old one come back, it stays. */
  function reload(frame) {
    var tried = stored(STORE + '.reload');
    if (!frame.build || frame.build === build || build.charAt(0) === '{' || tried === frame.build) {
      return;
    }
    store(STORE + '.reload', JSON.stringify(frame.build));
    keep();
    // Not all televisions of a hall at the same moment, and none in the midst of a call.
    setTimeout(function leave() {
      if (sound.idle()) {
        location.reload();
      } else {
        setTimeout(leave, 500);
      }
    }, Math.random() * 2000);
  }

  function connected(is) {
    clearTimeout(lost);
    if (is) {
      document.body.setAttribute('data-online', 'true');
      acked = 0;
      return;
    }
    // A restart of the server that nobody sees needs no banner.
    lost = setTimeout(function () { document.body.setAttribute('data-online', 'false'); }, 1500);
  }

  function begin() {
    var old = stored(STORE);
    sound = layso.sound(id('voice'), id('sound'), function () {
      if (link) {
        link.ack(offset.seq, sound.isOn());
      }
    });
    board = layso.board(draw, function (call) { sound.call(call, layso.time.age(call.at)); });
    if (old && old.epoch && old.hall) {
      offset.epoch = old.epoch;
      offset.seq = old.seq;
      hall = old.hall;
      layso.time.set(hall.now);
      board.reset(hall.recent_calls, offset.seq);
      draw();
    }
    link = layso.link(offset, {
      now: function (now) { layso.time.set(now); if (hall) { hall.now = now; drawState(); } drawClock(); },
      hello: reload,
      online: connected,
      snapshot: function (fresh) {
        var known = board.calls().length ? board.calls()[0].seq : 0;
        hall = fresh;
        sound.settings(fresh.voice, fresh.seq);
        board.reset(fresh.recent_calls, known || fresh.seq);
        shown();
      },
      event: function (frame) { board.event(frame); shown(); },
      counts: function (frame) {
        if (hall) {
          hall.open = frame.open;
          hall.opens_at = frame.opens_at;
          hall.closed_day = frame.closed_day;
          hall.clock = frame.clock;
          merge(hall.services, frame.services);
          merge(hall.counters, frame.counters);
          shown();
        }
      }
    });
    setInterval(drawClock, 1000);
    setInterval(function () { turn++; if (hall) { drawServices(); } }, TURN);
    window.addEventListener('resize', draw);
    if (document.fonts && document.fonts.addEventListener) {
      document.fonts.addEventListener('loadingdone', draw); // widths are only true in the real type
    }
  }

  begin();
})();
