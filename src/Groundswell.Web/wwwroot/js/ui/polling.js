// Repeats a read at an interval: never two at once, not while the tab is hidden, and slower while
// the server does not answer.

const LONGEST_MS = 30_000;

/**
 * @param read async function, called with an AbortSignal; its errors are reported, not thrown
 * @param every milliseconds, or a function that says how many
 * @param onError called with the problem, or with null once reading works again
 */
export function poll(read, { every, onError = () => {} }) {
  let timer = null;
  let running = false;
  let paused = false;
  let failures = 0;
  const abort = new AbortController();

  async function turn() {
    clearTimeout(timer);
    if (running || abort.signal.aborted) return;
    running = true;
    try {
      await read(abort.signal);
      if (failures > 0) onError(null);
      failures = 0;
    } catch (problem) {
      if (abort.signal.aborted) return;
      failures++;
      onError(problem);
    } finally {
      running = false;
      schedule();
    }
  }

  function schedule() {
    clearTimeout(timer);
    if (paused || abort.signal.aborted || document.hidden) return;
    timer = setTimeout(turn, Math.min((typeof every === 'function' ? every() : every) * 2 ** failures, LONGEST_MS));
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden && !paused) turn(); }, { signal: abort.signal });
  const first = turn();
  return {
    first,
    now: turn,
    pause() { paused = true; clearTimeout(timer); },
    resume() { paused = false; turn(); },
    stop() { clearTimeout(timer); abort.abort(); },
  };
}
