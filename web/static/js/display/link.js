/* layso: the display's connection to the hub. It keeps the offset up to which everything was handed on, comes
   back with it after any cut, and never stops trying. Handlers: hello, snapshot, event, counts, now, online. ES5. */

window.layso = {};

(function (layso) {
  'use strict';

  var SILENCE = 25000; // the hub says something every 10 s
  var CONNECT = 10000;
  var LONGEST = 10000; // between two tries

  function query(offset) {
    return '?view=public' + (offset.epoch ? '&epoch=' + encodeURIComponent(offset.epoch) + '&since=' + offset.seq : '');
  }

  /* link connects for ever. offset is {epoch, seq}, changed in place; epoch empty: nothing known. */
  layso.link = function (offset, on) {
    var socket = null, heard = 0, tries = 0, timer = 0;

    function again() {
      if (timer) {
        return;
      }
      tries = Math.min(tries + 1, 5);
      timer = setTimeout(open, 200 + Math.random() * (Math.min(LONGEST, 500 * Math.pow(2, tries)) - 200));
    }

    function lose(dead) {
      if (dead !== socket) {
        return; // an older one that took its time to close
      }
      socket = null;
      on.online(false);
      again();
    }

    function cut() {
      var dead = socket;
      if (dead) {
        lose(dead);
        dead.close();
      }
    }

    function take(frame) {
      if (frame.type === 'hello') {
        tries = 0;
        if (offset.epoch !== frame.epoch) {
          offset.epoch = frame.epoch;
          offset.seq = 0;
        }
        on.now(frame.now);
        on.hello(frame);
        on.online(true);
      } else if (frame.type === 'heartbeat') {
        on.now(frame.now);
        on.hello(frame);
      } else if (frame.type === 'snapshot') {
        offset.seq = frame.seq;
        on.snapshot(frame.hall);
      } else if (frame.type === 'hall.counts') {
        on.counts(frame);
      } else if (frame.prev >= 0) {
        event(frame);
      }
    }

    function event(frame) {
      if (frame.seq <= offset.seq) {
        return;
      }
      if (frame.prev > offset.seq) {
        cut(); // something is missing: ask for it
        return;
      }
      offset.seq = frame.seq;
      on.event(frame);
    }

    function open() {
      var mine;
      timer = 0;
      try {
        mine = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/ws' + query(offset));
      } catch (e) {
        again();
        return;
      }
      socket = mine;
      heard = layso.ticks() - SILENCE + CONNECT;
      mine.onmessage = function (message) {
        var frame;
        if (mine !== socket) {
          return;
        }
        heard = layso.ticks();
        try {
          frame = JSON.parse(message.data);
        } catch (e) {
          cut();
          return;
        }
        take(frame);
      };
      mine.onclose = mine.onerror = function () { lose(mine); };
    }

    setInterval(function () {
      if (socket && layso.ticks() - heard > SILENCE) {
        cut();
      }
    }, 1000);
    open();

    return {
      restart: cut,
      /* ack tells what is on the screen, whether it can be heard, and how the voice is (sound.js). */
      ack: function (upTo, heard) {
        if (socket && socket.readyState === 1) {
          socket.send(JSON.stringify({ type: 'ack', seq: upTo, sound: heard, voice: document.body.getAttribute('data-sound') || '' }));
        }
      }
    };
  };

  /* ticks gives ms that no change of the TV's clock disturbs. */
  layso.ticks = function () {
    return window.performance && performance.now ? performance.now() : new Date().getTime();
  };
})(window.layso);
