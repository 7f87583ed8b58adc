// The desk's keyboard. The list shown by '?' is the same table that is obeyed.

export const KEYS = [
  { keys: ['j', 'ArrowDown'], shown: ['J', '↓'], does: 'next', text: 'Next clip' },
  { keys: ['k', 'ArrowUp'], shown: ['K', '↑'], does: 'previous', text: 'Previous clip' },
  { keys: [' '], shown: ['Space'], does: 'playOrPause', text: 'Play or pause' },
  { keys: ['m'], shown: ['M'], does: 'mute', text: 'Sound on or off' },
  { keys: ['a'], shown: ['A'], does: 'approve', text: 'Approve' },
  { keys: ['r'], shown: ['R'], does: 'reject', text: 'Reject' },
  { keys: [...'123456789'], shown: ['1', '…', '9'], does: 'reason', text: 'Choose a reason' },
  { keys: ['Enter'], shown: ['Enter'], does: 'confirm', text: 'Confirm the decision' },
  { keys: ['u'], shown: ['U'], does: 'undo', text: 'Take the last decision back' },
  { keys: ['?'], shown: ['?'], does: 'help', text: 'Show these keys' },
];

/** Calls actions[does](key). Keys keep their own meaning inside fields, dialogs and, for Enter and Space, on controls. */
export function listenForKeys(actions) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target.closest('dialog')) return;
    // Enter in the note confirms nothing by accident: only the command keys work there.
    if (target.closest('textarea, select, input:not([type=radio]):not([type=checkbox])')) return;
    // On the clip that is already open the row has nothing left to do, so the desk's keys work there.
    const control = target.closest('a, button:not(.queue-item[aria-current]), summary, video');
    if ((event.key === 'Enter' || event.key === ' ') && control) return;
    if (event.key === ' ' && target.closest('input')) return;
    if (event.key.startsWith('Arrow') && target.closest('input, video, [role=slider]')) return;
    const entry = KEYS.find((candidate) => candidate.keys.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key));
    if (!entry) return;
    event.preventDefault();
    actions[entry.does](event.key);
  });
}
