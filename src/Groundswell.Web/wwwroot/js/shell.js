// What the bar on every page does: the theme, the account menu.
import { session, signOut } from './api.js';
import { h, icon, replace, toastError } from './ui.js';
import { remembered } from './storage.js';

const root = document.documentElement;
const systemDark = matchMedia('(prefers-color-scheme: dark)');

document.querySelectorAll('[data-theme-toggle]').forEach((button) => button.addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  remembered.set('theme', root.dataset.theme);
}));

const anchor = document.querySelector('[data-account]');
const button = anchor.querySelector('button');
const menu = anchor.querySelector('.menu');

function setOpen(open) {
  menu.hidden = !open;
  button.setAttribute('aria-expanded', String(open));
  if (open) menu.querySelector('a, button')?.focus();
}

async function leave() {
  try {
    await signOut();
    location.reload();
  } catch (error) {
    toastError(error);
  }
}

function draw(who) {
  const account = who?.account;
  anchor.querySelector('[data-account-name]').textContent = account?.name ?? 'Sign in';
  const link = (href, name, text) => h('a.menu-item', { href }, icon(name), text);
  replace(menu, account
    ? [
      h('div.menu-head', h('strong', account.name),
        h('p.small.muted', account.roles.join(', ') || 'viewer')),
      link('/signin', 'person', 'Your account'),
      h('button.menu-item', { type: 'button', onclick: leave }, icon('sign-out'), 'Sign out'),
    ]
    : [
      h('div.menu-head', h('strong', 'Watching without an account'),
        h('p.small.muted', 'This device has its own feed. Sign in to publish, review or operate.')),
      link(`/signin?return=${encodeURIComponent(location.pathname)}`, 'person', 'Sign in or create an account'),
    ]);
}

/** Nobody should take simulated numbers for real ones. */
function markDemo(who) {
  const brand = document.querySelector('.brand');
  if (who?.demo && !brand.querySelector('.chip')) brand.append(h('span.chip.chip-sea', 'Demo'));
}

button.addEventListener('click', () => setOpen(menu.hidden));
document.addEventListener('click', (event) => anchor.contains(event.target) || setOpen(false));
anchor.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || menu.hidden) return;
  setOpen(false);
  button.focus();
});
anchor.addEventListener('focusout', (event) => {
  if (event.relatedTarget && !anchor.contains(event.relatedTarget)) setOpen(false);
});
document.addEventListener('groundswell:session', ({ detail }) => { draw(detail); markDemo(detail); });
draw(null);
session().catch(() => { /* the page itself says what failed; the bar keeps its neutral face */ });
