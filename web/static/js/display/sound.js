/* layso: the display's voice: one WAV after another, never two at once, never one cut off. A browser may
   refuse sound until somebody touches the page; then a button asks for it. What is the case stands in
   body's data-sound: on, blocked, trying, failed (a fault of the television's), muted (?sound=off) or off (by
   the hall). ES5. */

(function () {
  'use strict';

  var layso = window.layso;
  var LATE = 8000;   // ms that a reading may take longer than it is long
  var LONGEST = 40000; // ms of a reading whose length is not known
  var TRIES = 10;    // to fetch a sound: the server may be starting again
  var PAUSE = 1000;  // ms between them
  var LOOK = 15000;  // ms after which a display that failed tries its sound again

  /* sound speaks out of the page's audio element; changed is called when it can be heard, and when not any more. */
  layso.sound = function (audio, button, changed) {
    var queue = layso.queue(), state = '', now = null, tries = 0, since = 0, failing = 0, muted = /[?&]sound=off\b/.test(location.search);

    function set(next) {
      if (state === next) {
        return;
      }
      state = next;
      document.body.setAttribute('data-sound', state);
      button.hidden = state !== 'blocked';
      if (state !== 'on' && state !== 'trying') {
        queue.clear(); // nobody wants to hear it later
      }
      changed();
    }

    /* play gives the element a sound; refused is called when it can't be played. */
    function play(url) {
      var promise;
      since = layso.ticks();
      audio.src = url;
      promise = audio.play();
      if (promise && promise.then) { // Chromium 50
        promise.then(null, refused);
      }
    }

    function refused(err) {
      if (err && err.name === 'NotAllowedError') {
        set('blocked');
        over();
      }
      // Everything else comes as an error event, too.
    }

    /* heard: a sound of any kind began, so sounds may. */
    function heard() {
      if (state === 'trying' || state === 'blocked' || state === 'failed') {
        set('on');
      }
      next();
    }

    function over() {
      if (now) {
        now = null;
        queue.done();
        document.body.removeAttribute('data-speaking');
      }
      since = 0;
      next();
    }

    function fault() {
      var mine = now;
      if (now && ++tries < TRIES) {
        since = layso.ticks();
        setTimeout(function () { if (mine === now) { play(url()); } }, PAUSE);
        return;
      }
      if (!now && state !== 'blocked') {
        set('failed');
      }
      over();
    }

    function url() {
      return '/voice/' + now.call.seq + '.wav?part=' + now.part;
    }

    function next() {
      if (state !== 'on' || since) {
        return;
      }
      now = queue.next();
      if (now) {
        tries = 0;
        document.body.setAttribute('data-speaking', now.call.seq + ' ' + now.part);
        play(url());
      }
    }

    /* watch ends what never ends by itself, and tries again what failed. */
    function watch() {
      var longest = audio.duration > 0 && audio.duration < Infinity ? audio.duration * 1000 + LATE : LONGEST;
      if (since && layso.ticks() - since > (state === 'trying' ? LOOK : longest)) {
        if (state === 'trying') {
          set('failed');
        }
        audio.pause();
        over();
      } else if (state === 'failed' && !since && ++failing * 1000 > LOOK) {
        failing = 0;
        probe('silence');
      }
    }

    function probe(name) {
      if (!now && !since) {
        play('/voice/' + name + '.wav');
      }
    }

    function unlock() {
      if (state === 'blocked') {
        probe('chime');
      }
    }

    audio.addEventListener('playing', function () { heard(); });
    audio.addEventListener('ended', over);
    audio.addEventListener('error', fault);
    button.addEventListener('click', unlock);
    document.addEventListener('click', unlock);
    document.addEventListener('keydown', unlock);
    setInterval(watch, 1000);
    set(muted ? 'muted' : 'trying');
    if (!muted) {
      probe('silence');
    }

    return {
      /* call takes what happened age seconds ago. */
      call: function (call, age) {
        if (state === 'on' || state === 'trying') {
          queue.add(call, age);
          next();
        }
      },
      /* settings takes the hall's: twice, once or off; and the top seq of its snapshot. */
      settings: function (voice, seq) {
        queue.once = voice === 'once';
        queue.begin(seq);
        if (voice === 'off' && !muted) {
          set('off');
        } else if (state === 'off') {
          set('trying');
          probe('silence');
        }
      },
      isOn: function () { return state === 'on'; },
      /* idle: nothing is heard, and nothing waits. */
      idle: function () { return state !== 'on' || queue.idle(); }
    };
  };
})();
