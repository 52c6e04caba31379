/* layso: what the display shows, apart from how. The list changes at once; the stage gives each call its time. ES5. */

(function (layso) {
  'use strict';

  var LEAST = 4000;  // ms that a call keeps the stage when another waits for it
  var BRIEF = 1500;  // the same when many wait
  var FRESH = 10000; // ms that a call is new
  var KEPT = 12;

  /* board calls draw after every change of the stage, news with each new call. While heard() the voice leads,
     with speak. */
  layso.board = function (draw, news, heard) {
    var calls = [];   // newest first, each ticket once
    var queue = [];   // calls that wait for the stage
    var current = null, fresh = false, since = 0, timer = 0;

    function show(call, isFresh) {
      current = call;
      fresh = isFresh;
      since = layso.ticks();
      plan();
      draw();
    }

    /* plan wakes the stage when its next change is due. */
    function plan() {
      clearTimeout(timer);
      if (fresh || queue.length) {
        timer = setTimeout(step, Math.max(200, since + (queue.length ? Math.max(BRIEF, LEAST + 500 - 500 * queue.length) : FRESH) - layso.ticks()));
      }
    }

    function step() {
      if (heard()) {
        plan();
      } else if (queue.length) {
        show(queue.shift(), true);
      } else if (fresh) {
        fresh = false;
        draw();
      }
    }

    function add(call) {
      calls = [call].concat(layso.without(calls, call.number)).slice(0, KEPT);
      queue = layso.without(queue, call.number);
      if (layso.time.age(call.at) > layso.STALE) {
        if (!fresh && !queue.length) {
          current = call;
        }
        return;
      }
      queue.push(call);
      if (!fresh || current.number === call.number && queue.length === 1) { // the second: a recall of what is on the stage
        show(queue.shift(), true);
      } else {
        plan();
      }
      news(call);
    }

    return {
      /* reset takes a snapshot's calls. Those after seq, if new, get the stage; what has it or waits for it
         stays unless its day is over. */
      reset: function (list, seq, over) {
        var i;
        calls = list.slice(0, KEPT);
        if (over) {
          queue = [];
          fresh = false;
        }
        if (!fresh) {
          current = calls.length ? calls[0] : null;
        }
        plan();
        for (i = list.length - 1; i >= 0; i--) {
          if (list[i].seq > seq && layso.time.age(list[i].at) <= layso.STALE) {
            add(list[i]);
          }
        }
      },
      event: function (frame) {
        frame.recall = frame.type === 'ticket.recalled';
        if (frame.recall || frame.type === 'ticket.called') {
          add(frame);
        }
      },
      /* speak shows the call that the voice begins to read. */
      speak: function (call) {
        queue = layso.without(queue, call.number);
        if (!fresh || current.seq !== call.seq) {
          show(call, true);
        }
      },
      /* quiet: the last call is so many ms old. */
      quiet: function (ms) { return !fresh && layso.ticks() - since > ms; },
      calls: function () { return calls; },
      current: function () { return current; },
      isFresh: function () { return fresh; }
    };
  };
})(window.layso);
