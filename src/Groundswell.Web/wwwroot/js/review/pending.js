// A decision waits five seconds before it is sent, so that a slip can be undone.
// An undo window and not a confirmation: a reviewer who confirms hundreds of times a day stops
// reading the question, and a published or rejected clip cannot be called back once it is sent.

export const UNDO_MS = 5000;

/**
 * Holds at most one decision; the next one sends the one before.
 * @param deliver async (decision, {leaving}) => void
 */
export function createPending({ deliver, onChange }) {
  let held = null;

  function sendHeld(leaving = false) {
    if (!held) return;
    const decision = held;
    clearTimeout(decision.timer);
    held = null;
    onChange(null);
    deliver(decision, { leaving });
  }

  // A reviewer who closes the tab has decided: waiting for the rest of the window would lose it.
  addEventListener('pagehide', () => sendHeld(true));

  return {
    get held() { return held; },
    hold(decision) {
      sendHeld();
      held = { ...decision, until: Date.now() + UNDO_MS };
      held.timer = setTimeout(sendHeld, UNDO_MS);
      onChange(held);
    },
    /** Takes the decision back and returns it, or null when none is waiting. */
    undo() {
      if (!held) return null;
      const decision = held;
      clearTimeout(decision.timer);
      held = null;
      onChange(null);
      return decision;
    },
  };
}
