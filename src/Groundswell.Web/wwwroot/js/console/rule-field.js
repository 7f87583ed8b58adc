// One rule in the form: its field, what it must be, what it was, and what is wrong with it.
import { h, replace } from '../ui/dom.js';
import { meant, nameOf, read, same, written } from './rule-values.js';

/** @param onChange called with the value that the field means now */
export function ruleField(item, value, problem, onChange) {
  const id = `rule-${item.path.replaceAll('.', '-')}`;
  const input = control(item, value, id);
  const was = h('span');
  const error = h('p.error', { id: `${id}-error`, role: 'alert' }, problem);
  error.hidden = !problem;
  if (problem) input.setAttribute('aria-invalid', 'true');
  const row = h('div.rule-edit', { dataset: { rule: item.path } },
    h('div.rule-edit-text', h('label', { for: id }, nameOf(item)), h('p.hint', { id: `${id}-hint` }, item.note), was),
    h('div.rule-edit-value', item.kind === 'switch' ? h('div.switch', input) : input,
      item.kind !== 'switch' && h('p.hint', { id: `${id}-demand` }, demandText(item)), error));
  const mark = (now) => {
    row.classList.toggle('is-changed', !same(now, item.value));
    replace(was, !same(now, item.value) && h('p.rule-was', `In force: ${read(item, item.value)}`),
      !same(now, item.default) && h('button.link-btn', { type: 'button', onclick: () => put(item.default) }, item.default === null ? 'Leave it empty, as shipped' : `Reset to ${read(item, item.default)}, as shipped`));
  };
  const put = (now) => {
    if (item.kind === 'switch') input.checked = now;
    else input.value = written(item, now);
    changed();
    input.focus();
  };
  const changed = () => {
    const now = meant(item, item.kind === 'switch' ? input.checked : input.value);
    error.hidden = true;
    input.removeAttribute('aria-invalid');
    mark(now);
    onChange(now);
  };
  input.addEventListener('input', changed);
  mark(value);
  return row;
}

function control(item, value, id) {
  const described = { id, 'aria-describedby': `${id}-hint ${id}-demand ${id}-error` };
  if (item.kind === 'switch') return h('input', { type: 'checkbox', role: 'switch', checked: value, ...described });
  if (item.kind === 'choice')
    return h('select.input', { ...described }, item.choices.map((choice) => h('option', { value: choice, selected: choice === value }, choice)));
  if (item.kind === 'texts' || item.kind === 'structure') return h('textarea.input', { rows: 3, value: written(item, value), ...described });
  return h('input.input.num', {
    type: 'text', autocomplete: 'off', spellcheck: 'false', value: written(item, value),
    inputmode: item.kind === 'whole' ? 'numeric' : item.kind === 'number' ? 'decimal' : null, placeholder: item.may_be_null ? 'not set' : null, ...described,
  });
}

/** "a number from 0 to 1" reads better as "From 0 to 1". */
function demandText(item) {
  const text = item.kind === 'texts' ? 'words, with commas between' : item.kind === 'time' ? item.demand.replace('a time as ', '') : item.demand.replace(/^a (whole )?number,? /, '$1').replace(/^whole /, 'whole, ');
  return (text.charAt(0).toUpperCase() + text.slice(1)).replace(', or null', ', or empty');
}
