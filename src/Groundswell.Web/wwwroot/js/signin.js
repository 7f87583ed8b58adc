// Signing in, creating an account, and the account of somebody who is signed in.
import { createAccount, hasRole, session, signIn, signOut } from './api.js';
import { busy, errorState, h, icon, mark, replace, toastError } from './ui.js';

const root = document.querySelector('[data-signin]');
const query = new URLSearchParams(location.search);

/** Only a path of this site: a foreign address in the link must not become a redirect. */
function returnPath() {
  const target = new URL(query.get('return') ?? '/', location.origin);
  return target.origin === location.origin && target.pathname !== '/signin' ? target.pathname + target.search : '/';
}

const kinds = {
  in: { tab: 'Sign in', button: 'Sign in', send: signIn, autocomplete: 'current-password', hint: null },
  new: { tab: 'Create account', button: 'Create account', send: createAccount, autocomplete: 'new-password', hint: 'At least 10 characters. A sentence is easier to remember than a riddle.' },
};

function field(name, label, attributes, hint) {
  const describedBy = [hint && `${name}-hint`, `${name}-error`].filter(Boolean).join(' ');
  const input = h('input', { id: name, name, required: true, 'aria-describedby': describedBy, ...attributes });
  const error = h('p.error', { id: `${name}-error`, hidden: true });
  return {
    input,
    node: h('div.field', h('label', { for: name }, label), input, hint && h('p.hint', { id: `${name}-hint` }, hint), error),
    complain(text) {
      error.textContent = text ?? '';
      error.hidden = !text;
      input.setAttribute('aria-invalid', String(Boolean(text)));
    },
  };
}

function form(kind) {
  const { button, send, autocomplete, hint } = kinds[kind];
  const name = field('name', 'Name', { autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', maxlength: 64 });
  const password = field('password', 'Password', { type: 'password', autocomplete }, hint);
  const trouble = h('p.notice.notice-bad', { role: 'alert', hidden: true });
  const submit = h('button.btn.btn-primary', { type: 'submit' }, button);
  return h('form', { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    const missing = [[name, 'Enter a name.'], [password, 'Enter a password.']].filter(([one, text]) => {
      one.complain(one.input.value.trim() ? null : text);
      return !one.input.value.trim();
    });
    if (missing.length) { missing[0][0].input.focus(); return; }
    try {
      await busy(submit, () => send(name.input.value.trim(), password.input.value));
      location.assign(returnPath());
    } catch (error) {
      name.complain(error.errors.name?.[0]);
      password.complain(error.errors.password?.[0]);
      replace(trouble, icon('warning'), h('span', error.detail || error.title));
      trouble.hidden = false;
    }
  } }, trouble, name.node, password.node, submit);
}

function drawForms(kind = 'in') {
  const panel = h('div', { role: 'tabpanel', id: 'signin-panel', 'aria-labelledby': `tab-${kind}` }, form(kind));
  const names = Object.keys(kinds);
  const tab = (name) => h('button', {
    type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'signin-panel',
    'aria-selected': String(name === kind), tabindex: name === kind ? '0' : '-1', onclick: () => choose(name),
  }, kinds[name].tab);
  const choose = (name) => { drawForms(name); document.getElementById(`tab-${name}`).focus(); };
  replace(root, mark('signin-mark'), h('h1', 'Come aboard'),
    h('p.muted', 'Watching needs no account. Publishing, reviewing and operating do.'),
    h('div.tabs', { role: 'tablist', 'aria-label': 'Account', onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose(names[(names.indexOf(kind) + step + names.length) % names.length]);
    } }, names.map(tab)), panel);
}

const places = [
  ['creator', '/studio', 'studio', 'Studio: your clips and how they travel'],
  ['reviewer', '/review', 'review', 'Review: clips that wait for a person'],
  ['operator', '/console', 'console', 'Console: the whole system at a glance'],
];

function drawAccount(who) {
  const { name, roles } = who.account;
  const leave = h('button.btn', { type: 'button', onclick: () => busy(leave, signOut).then(() => drawForms(), toastError) }, icon('sign-out'), 'Sign out');
  const open = places.filter(([role]) => hasRole(who, role));
  replace(root, mark('signin-mark'), h('h1', name),
    h('p.muted', 'You are signed in on this device.'),
    h('div.roles', roles.map((role) => h('span.chip.chip-sea', role))),
    open.length > 0 && h('div.places', open.map(([, href, image, text]) => h('a.menu-item', { href }, icon(image), text))),
    leave);
}

async function load() {
  try {
    const who = await session();
    if (who.account) drawAccount(who);
    else drawForms();
  } catch (error) {
    replace(root, errorState(error, load));
  }
}

load();
