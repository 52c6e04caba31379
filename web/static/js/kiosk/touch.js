/**
 * A double touch hits the same place twice: the second one must not press what the first one
 * brought up there. Two clicks are one touch when they come within 450 ms and a finger's width and
 * the screen has changed between them.
 * @module
 */

const SAME_PLACE_PX = 60;
const SAME_TOUCH_MS = 450;

/** Begins to swallow the second half of double touches on this page. */
export function swallowDoubleTouch() {
  let last = { at: -Infinity, x: 0, y: 0, screen: "" };
  document.addEventListener("click", (event) => {
    if (event.detail === 0) return; // Keyboard and assistive technology: not a touch.
    const screen = document.body.dataset.screen + (document.body.dataset.step || ""); // A booking asks several questions on one screen.
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < SAME_PLACE_PX;
    if (near && event.timeStamp - last.at < SAME_TOUCH_MS && screen !== last.screen) {
      event.stopPropagation();
      event.preventDefault();
      return;
    }
    last = { at: event.timeStamp, x: event.clientX, y: event.clientY, screen: screen };
  }, true);
}
