import { hasRole, session } from '../api.js';
import { h, mark, replace } from './dom.js';

/** Nothing here, and what to do about it. `action` is a node, a button or a link. */
export const emptyState = (title, text, action = null) => h('section.empty', mark(), h('h2', title), h('p', text), action);

/** Something failed; `retry` runs again. */
export const errorState = (error, retry) => emptyState(
  error.title ?? 'Something went wrong',
  error.detail || error.message,
  h('button.btn.btn-primary', { type: 'button', onclick: retry }, 'Try again'));

/**
 * Resolves to the session when the visitor has the role. Otherwise shows inside `root` a panel that says
 * who may come in and how, and resolves to null.
 */
export async function requireRole(role, root, { title, text }) {
  let who;
  try {
    who = await session();
  } catch (error) {
    replace(root, errorState(error, () => location.reload()));
    return null;
  }
  if (hasRole(who, role)) return who;
  const back = encodeURIComponent(location.pathname + location.search);
  replace(root, emptyState(title,
    who.account ? `${text} You are signed in as ${who.account.name}, who is not a ${role}.` : text,
    h('a.btn.btn-primary', { href: `/signin?return=${back}` }, who.account ? 'Use another account' : 'Sign in')));
  return null;
}

/** Runs something from a button: disabled and spinning meanwhile, so that a second press does nothing. */
export async function busy(button, run) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    return await run();
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}
