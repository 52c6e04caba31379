/* layso: the display's voice, none cut off. body's data-sound: on, blocked (the browser
   wants a touch), trying, failed, muted (?sound=off) or off (by the hall). ES5. */

(function (layso) {
  'use strict';

  var LATE = 8000;     // ms that a sound may take longer than it is long
  var LONGEST = 40000; // ms of a sound of unknown length
  var TRIES = 10;      // to fetch a sound: the server may be starting again
  var PAUSE = 1000;    // ms between them
  var LOOK = 15;       // s after which a sound that failed is tried again

  /* tape plays one sound at a time. begun is told when it is heard, over how it ended: ended, failed,
     refused by the browser or stuck. */
  layso.tape = function (audio, begun, over) {
    var since = 0; // ticks; 0: nothing plays

    function end(how) {
      if (since) {
        since = 0;
        over(how);
      }
    }

    audio.addEventListener('playing', begun);
    audio.addEventListener('ended', function () { end('ended'); });
    audio.addEventListener('error', function () { end('failed'); });
    setInterval(function () {
      var length = audio.duration > 0 && audio.duration < Infinity ? audio.duration * 1000 : LONGEST;
      if (since && layso.ticks() - since > length + LATE) {
        audio.pause();
        end('stuck');
      }
    }, 1000);

    return {
      play: function (name) {
        var promise;
        since = layso.ticks();
        audio.src = '/voice/' + name;
        promise = audio.play();
        if (promise && promise.then) { // Chromium 50
          promise.then(null, function (err) {
            if (err.name === 'NotAllowedError') {
              end('refused');
            } // everything else comes as an error event, too
          });
        }
      },
      busy: function () { return since > 0; }
    };
  };

  /* sound calls changed when it can or can't be heard; speaks with each call that it begins to read. */
  layso.sound = function (audio, button, changed, speaks) {
    var queue = layso.queue(), state = '', now = null, late = null, tries = 0, failing = 0;
    var muted = /[?&]sound=off\b/.test(location.search);
    var tape = layso.tape(audio, begun, over);

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

    /* begun: something is heard, so sounds may be. */
    function begun() {
      if (state === 'trying' || state === 'blocked' || state === 'failed') {
        set('on');
      }
    }

    function over(how) {
      if (how === 'ended') {
        begun();
      } else if (how === 'refused') {
        set('blocked');
      } else if (now && how === 'failed' && ++tries < TRIES) {
        setTimeout(speak, PAUSE);
        return;
      } else if (!now && state !== 'off') {
        set('failed');
      }
      finish();
    }

    function finish() {
      if (now) {
        now = null;
        queue.done();
        document.body.removeAttribute('data-speaking');
      }
      next();
    }

    function next() {
      if (state !== 'on' || now || tape.busy()) {
        return;
      }
      now = queue.next();
      if (now) {
        tries = 0;
        document.body.setAttribute('data-speaking', now.call.seq + ' ' + now.part);
        speaks(now.call);
        speak();
      }
    }

    function speak() {
      if (state === 'on' && now !== late) {
        tape.play(now.call.seq + '.wav?part=' + now.part);
      } else {
        finish();
      }
    }

    function probe(name) {
      if (!now && !tape.busy()) {
        failing = 0;
        tape.play(name + '.wav');
      }
    }

    function unlock() {
      if (state === 'blocked') {
        probe('chime');
      }
    }

    document.addEventListener('click', unlock); // the button's, too
    document.addEventListener('keydown', unlock);
    setInterval(function () {
      if (state === 'failed' && ++failing > LOOK) {
        probe('silence');
      }
    }, 1000);
    set(muted ? 'muted' : 'trying');
    if (!muted) {
      probe('silence');
    }

    return {
      /* call takes what is age seconds old. */
      call: function (call, age) {
        if (state === 'on' || state === 'trying') {
          queue.add(call, age);
          next();
        }
      },
      /* settings takes twice, once or off, and a snapshot's top seq. */
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
      /* forget: what waits is too old. */
      forget: function () {
        queue.clear();
        late = tries && now;
      },
      isOn: function () { return state === 'on'; },
      /* idle: nothing is heard or waits. */
      idle: function () { return state !== 'on' || queue.idle(); }
    };
  };
})(window.layso);
