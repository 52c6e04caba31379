/* layso: what is still to be spoken here, by the rules of display/voice/queue.go and its testdata/queue.txt. ES5. */

(function (layso) {
  'use strict';

  var BACKLOG = 2;              // calls that may wait before each is read once
  var STALE = layso.STALE = 20; // s after which a call that was missed is listed only

  var without = layso.without = function (list, number) {
    return list.filter(function (c) { return c.number !== number; });
  };

  /* queue keeps calls: {seq, number, recall}. */
  layso.queue = function () {
    var waiting = [], again = [], playing = null, part = '', top = 0;
    var me = {
      once: false, // each call is read once, whatever waits

      /* add takes a call that is age seconds old. */
      add: function (call, age) {
        if (call.seq <= top) {
          return;
        }
        top = call.seq;
        if (age <= STALE) {
          again = without(again, call.number);
          waiting.push(call);
        }
      },
      /* next gives {call, part: 'first' or 'again'} to be heard now, or null. */
      next: function () {
        var at = 0;
        if (part) {
          return null;
        }
        if (waiting.length > BACKLOG) {
          again = [];
        }
        if (again.length) {
          at = waiting.map(function (c) { return Boolean(c.recall); }).indexOf(true);
        }
        if (at < 0) {
          playing = again.pop();
          part = 'again';
        } else if (waiting.length) {
          playing = waiting.splice(at, 1)[0];
          part = 'first';
        } else {
          return null;
        }
        return { call: playing, part: String(part) };
      },
      /* done says that it was heard to its end, or could not be. */
      done: function () {
        var newer = waiting.length !== without(waiting, playing.number).length;
        if (part === 'first' && !me.once && !newer && waiting.length <= BACKLOG) {
          again.push(playing);
        }
        part = '';
      },
      /* clear forgets what waits; what is heard goes on to its end, and is not read again. */
      clear: function () {
        waiting = [];
        again = [];
        part = part && 'again';
      },
      /* begin is told the top seq of a snapshot: a lower one than ours is of another log. */
      begin: function (seq) {
        if (seq < top) {
          me.clear();
          top = 0;
        }
      },
      idle: function () { return !part && !waiting.length && !again.length; }
    };
    return me;
  };
})(window.layso);
