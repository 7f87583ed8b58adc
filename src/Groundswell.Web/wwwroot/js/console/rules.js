// The rules in force, each number with where its default comes from; and, for who asks for it, the form that changes them.
import { get } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { number } from '../ui/format.js';
import { plural, words } from '../ui/measures.js';
import { errorState } from '../ui/states.js';
import { openHistory } from './rules-history.js';
import { createRulesForm } from './rules-form.js';
import { groupOf, nameOf, read, same } from './rule-values.js';

/** @param parts { table, search, version, actions, bar } @param now the engine's time */
export function createRules({ table, search, version, actions, bar }, now) {
  let wanted = null;
  let answer = null;
  /** By group, whether the reader has unfolded it or folded it away. */
  const unfolded = new Map();
  const form = createRulesForm({ bar, now, onDone: () => load(null), redraw: draw });

  async function load(expected) {
    wanted = expected;
    try {
      answer = await get('/v1/console/rules');
      wanted = answer.version;
      version.textContent = `Version ${answer.version}`;
      showActions();
      draw();
    } catch (error) {
      replace(table, errorState(error, () => load(expected)));
    }
  }

  function showActions() {
    replace(actions,
      h('button.btn.btn-small', { type: 'button', onclick: () => openHistory(answer.items) }, 'History'),
      !form.isOpen() && h('button.btn.btn-small', { type: 'button', onclick: () => { form.open(answer); showActions(); draw(); search.focus(); } }, 'Change rules'));
  }

  function draw() {
    if (!answer) return;
    if (!form.isOpen()) showActions();
    const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = answer.items.filter((item) => asked.every((word) => textOf(item).includes(word)));
    table.classList.toggle('is-editing', form.isOpen());
    replace(table, found.length
      ? [...Map.groupBy(found, groupOf)].map(([group, items]) => ruleGroup(group, items, asked.length > 0 || items.some(form.isTouched) || (unfolded.get(group) ?? items.some(isSet))))
      : h('p.muted', { role: 'status' }, `No rule matches “${search.value.trim()}”.`));
  }

  function ruleGroup(group, items, open) {
    const set = items.filter(isSet).length;
    return h('details.rule-group', { open }, h('summary', { onclick: (event) => unfolded.set(group, !event.currentTarget.parentNode.open) },
      h('h3', words(group)), h('span.small.num', { class: set ? 'rule-set' : 'muted' }, set ? `${number(set)} of ${plural(items.length, 'rule')} other than shipped` : plural(items.length, 'rule')),
      answer.notes[group] && h('span.small.muted.rule-note', answer.notes[group])),
    form.isOpen() ? items.map((item) => form.field(item)) : groupTable(group, items));
  }

  search.addEventListener('input', draw);
  return {
    /** The version that the overview speaks of: read again only when it is another. What somebody is writing is not thrown away. */
    expect(current) {
      if (current === wanted) return;
      if (form.isOpen()) form.stale(current);
      else load(current);
    },
  };
}

const isSet = (item) => !same(item.value, item.default);
const textOf = (item) => `${words(item.path)} ${item.path} ${item.note}`.toLowerCase();

const groupTable = (group, items) => h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': `Rules: ${words(group)}` }, h('table.table.rules-table',
  h('thead.vh', h('tr', ['Rule', 'Value', 'Where the default comes from'].map((title) => h('th', { scope: 'col' }, title)))),
  h('tbody', items.map((item) => h('tr', { dataset: { rule: item.path }, class: isSet(item) ? 'is-set' : '' },
    h('th', { scope: 'row' }, nameOf(item)),
    h('td.num', read(item, item.value), isSet(item) && h('span.rule-shipped', `shipped: ${read(item, item.default)}`)),
    h('td.muted', item.note))))));
