// Fields of the console's forms, and what the server has against them.
import { h, replace } from '../ui/dom.js';
import { busy } from '../ui/states.js';
import { toastError } from '../ui/toast.js';

/** A labelled field. `name` is the API's, so that a refusal finds its field. */
export function field(name, label, input, { hint = null, className = '' } = {}) {
  const id = `${name}-${input.dataset.form ?? 'field'}`;
  input.id = id;
  input.name = name;
  input.setAttribute('aria-describedby', `${id}-error${hint ? ` ${id}-hint` : ''}`);
  return h('div.field', { class: className }, h('label', { for: id }, label), input,
    hint && h('span.hint', { id: `${id}-hint` }, hint), h('span.error', { id: `${id}-error`, hidden: true }));
}

/** Fills a form once, sends it, and shows what the server refuses at the field that it names. */
export function deskForm(form, fields, { submit, title, send }) {
  const button = h('button.btn.btn-primary', { type: 'submit' }, submit);
  replace(form, fields, h('div.form-foot', h('p.muted.small', title), button));
  const empty = [...new FormData(form)];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    mark(form, {});
    busy(button, async () => {
      try {
        await send(Object.fromEntries(new FormData(form)));
        empty.forEach(([name, value]) => { form.elements[name].value = value; });
      } catch (error) {
        if (!mark(form, error.errors ?? {})) toastError(error);
      }
    });
  });
}

/** @returns whether every refusal has found its field */
export function mark(form, errors) {
  let first = null;
  let found = 0;
  form.querySelectorAll('.field').forEach((node) => {
    const input = node.querySelector('input, textarea, select');
    const place = node.querySelector('.error');
    const messages = errors[input.name];
    place.hidden = !messages;
    place.textContent = messages?.join(' ') ?? '';
    if (messages) { input.setAttribute('aria-invalid', 'true'); found++; first ??= input; } else input.removeAttribute('aria-invalid');
  });
  first?.focus();
  return found > 0 && found === Object.keys(errors).length;
}

/** A local date and time, so many hours from now, as <input type="datetime-local"> wants it. */
export function localTime(hoursFromNow) {
  const at = new Date(Date.now() + hoursFromNow * 3_600_000);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const isoTime = (local) => (local ? new Date(local).toISOString() : null);
