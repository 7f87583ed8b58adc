const DOUBLE_TAP_MS = 260;

/** One tap or two on the picture. A single tap waits until it is clear that no second one follows. */
export function onTaps(target, { single, double }) {
  let waiting = null;
  target.addEventListener('click', (event) => {
    // detail 0: the keyboard or a screen reader pressed it; there is no second press to wait for.
    if (event.detail === 0) { single(); return; }
    if (!waiting) {
      waiting = setTimeout(() => { waiting = null; single(); }, DOUBLE_TAP_MS);
      return;
    }
    clearTimeout(waiting);
    // Further taps in a row stay hearts: the window starts again with each.
    waiting = setTimeout(() => { waiting = null; }, DOUBLE_TAP_MS);
    double(event);
  });
}

const STEP = 24;
const REST_MS = 160;
const SETTLE_MS = 600;

/**
 * One clip a wheel gesture. Trackpads send inertia long after the fingers left, so a gesture ends only when the
 * wheel rests, or when the strength rises again after the clip has settled.
 */
export function onWheelStep(scroller, step) {
  let sum = 0;
  let steppedAt = 0;
  let strength = 0;
  let rest = null;
  scroller.addEventListener('wheel', (event) => {
    if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    clearTimeout(rest);
    rest = setTimeout(() => { sum = 0; steppedAt = 0; strength = 0; }, REST_MS);
    const size = Math.abs(event.deltaY);
    const pushedAgain = event.timeStamp - steppedAt > SETTLE_MS && size > strength * 1.5;
    strength = size;
    if (steppedAt && !pushedAgain) return;
    sum = pushedAgain ? event.deltaY : sum + event.deltaY;
    if (Math.abs(sum) < STEP) return;
    step(Math.sign(sum));
    sum = 0;
    steppedAt = event.timeStamp;
  }, { passive: false });
}
