/* layso: what the display shows, apart from how. The last calls change at once; the stage gives
   each call its time, one after another. ES5. */

(function () {
  'use strict';

  var layso = window.layso;
  var LEAST = 3000;  // ms that a call keeps the stage when others wait for it
  var FRESH = 10000; // ms that a call is new
  var STALE = 20;    // s after which a call that was missed is listed only
  var KEPT = 12;

  /* board keeps the calls; draw is called after every change of the stage, news with each call that is new. */
  layso.board = function (draw, news) {
    var calls = [];   // newest first, each ticket once
    var queue = [];   // calls that wait for the stage
    var current = null, fresh = false, since = 0, timer = 0;

    function without(list, number) {
      var out = [], i;
      for (i = 0; i < list.length; i++) {
        if (list[i].number !== number) {
          out.push(list[i]);
        }
      }
      return out;
    }

    /* still gives those of the list that the last calls hold. */
    function still(list) {
      var out = [], i, j;
      for (i = 0; i < list.length; i++) {
        for (j = 0; j < calls.length; j++) {
          if (calls[j].seq === list[i].seq) {
            out.push(list[i]);
          }
        }
      }
      return out;
    }

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
        timer = setTimeout(step, Math.max(0, since + (queue.length ? (fresh ? LEAST : 0) : FRESH) - layso.ticks()));
      }
    }

    function step() {
      if (queue.length) {
        show(queue.shift(), true);
      } else if (fresh) {
        fresh = false;
        draw();
      }
    }

    function add(call) {
      calls = [call].concat(without(calls, call.number)).slice(0, KEPT);
      queue = without(queue, call.number);
      if (layso.time.age(call.at) > STALE) {
        if (!fresh && !queue.length) {
          current = call;
        }
        return;
      }
      news(call);
      if (fresh && current && current.number === call.number && !queue.length) {
        show(call, true); // a recall of what is on the stage
        return;
      }
      queue.push(call);
      if (!fresh) {
        step();
      } else {
        plan();
      }
    }

    return {
      /* reset takes the calls of a snapshot. Those after seq that happened a moment ago get the
         stage, and a call that has it keeps it unless its day is over. */
      reset: function (list, seq) {
        var i;
        calls = list.slice(0, KEPT);
        queue = still(queue);
        if (!fresh || !still([current]).length) {
          fresh = false;
          current = calls.length ? calls[0] : null;
        }
        plan();
        for (i = list.length - 1; i >= 0; i--) {
          if (list[i].seq > seq && layso.time.age(list[i].at) <= STALE) {
            add(list[i]);
          }
        }
      },
      /* event takes a frame and reports whether it was a call. */
      event: function (frame) {
        if (frame.type !== 'ticket.called' && frame.type !== 'ticket.recalled') {
          return false;
        }
        add({ seq: frame.seq, number: frame.number, service: frame.service, counter: frame.counter, at: frame.at, recall: frame.type === 'ticket.recalled' });
        return true;
      },
      calls: function () { return calls; },
      current: function () { return current; },
      isFresh: function () { return fresh; }
    };
  };
})();
