import { h, iconButton } from './dom.js';

let serial = 0;

/**
 * Opens a modal dialog (a sheet on phones). The native element traps the focus, closes on Escape and gives
 * the focus back. Returns { dialog, body, foot, close, closed }; `closed` resolves with what close() was given.
 */
export function openDialog({ title, body = [], foot = null, className = '', onClose = null }) {
  const id = `dialog-${++serial}`;
  let result;
  // Focusable itself: a long text without controls must scroll by keyboard too.
  const bodyNode = h('div.dialog-body', { tabindex: '0', role: 'group', 'aria-labelledby': id }, body);
  const footNode = foot ? h('div.dialog-foot', foot) : null;
  const dialog = h('dialog.dialog', { 'aria-labelledby': id, class: className },
    h('div.dialog-head', h('h2', { id }, title), iconButton('close', 'Close', () => close())),
    bodyNode, footNode);
  const close = (value) => { result = value; dialog.close(); };
  // A click whose target is the dialog itself fell on the backdrop: the content fills the rest.
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  const closed = new Promise((resolve) => {
    dialog.addEventListener('close', () => { dialog.remove(); onClose?.(); resolve(result); });
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, body: bodyNode, foot: footNode, close, closed };
}

/** Asks before something that cannot be undone. Resolves to true or false. */
export async function confirmDialog({ title, text, confirm = 'Continue', danger = false }) {
  const no = h('button.btn', { type: 'button' }, 'Cancel');
  const yes = h('button.btn', { type: 'button', class: danger ? 'btn-danger' : 'btn-primary' }, confirm);
  const opened = openDialog({ title, body: h('p.muted', text), foot: [no, yes] });
  no.addEventListener('click', () => opened.close(false));
  yes.addEventListener('click', () => opened.close(true));
  no.focus();
  return (await opened.closed) === true;
}
