import { h } from './dom.js';

/**
 * A short message that leaves by itself. `action` adds a button: { label, run }.
 * A message with an action stays longer, so that there is time to reach it. Returns a function that removes it.
 */
export function toast(text, { action = null, bad = false } = {}) {
  const region = document.querySelector('[data-toasts]');
  const dismiss = () => node.remove();
  const node = h('div.toast', { class: bad ? 'toast-bad' : '' }, h('span.grow', text),
    action && h('button', { type: 'button', onclick: () => { dismiss(); action.run(); } }, action.label));
  // An open modal dialog makes everything outside it inert and covers it: the message goes inside then.
  const modal = [...document.querySelectorAll('dialog[open]')].at(-1);
  if (modal) modal.append(h('div.toasts', { role: 'status' }, node));
  else region.append(node);
  setTimeout(dismiss, action ? 9000 : bad ? 7000 : 4000);
  return dismiss;
}

/** The sentence of a failed request. Aborts are nobody's business. */
export function toastError(error) {
  if (error.name === 'AbortError') return;
  toast(error.detail || error.title || error.message, { bad: true });
}
