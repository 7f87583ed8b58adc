// The rules in force, each number with where its default comes from; and, for who asks for it, the form that changes them.
import { get } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { words } from '../ui/measures.js';
import { errorState } from '../ui/states.js';
import { openHistory } from './rules-history.js';
import { createRulesForm } from './rules-form.js';
import { groupOf, nameOf, read, same } from './rule-values.js';

/** @param parts { table, search, version, actions, bar } @param now the engine's time */
export function createRules({ table, search, version, actions, bar }, now) {
  let wanted = null;
  let answer = null;
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
      ? [...Map.groupBy(found, groupOf)].map(([group, items]) => h('section.rule-group', h('h3', words(group)),
        answer.notes[group] && h('p.muted.small', answer.notes[group]), form.isOpen() ? items.map((item) => form.field(item)) : groupTable(group, items)))
      : h('p.muted', { role: 'status' }, `No rule matches “${search.value.trim()}”.`));
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

const textOf = (item) => `${words(item.path)} ${item.path} ${item.note}`.toLowerCase();

const groupTable = (group, items) => h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': `Rules: ${words(group)}` }, h('table.table.rules-table',
  h('thead.vh', h('tr', ['Rule', 'Value', 'Where the default comes from'].map((title) => h('th', { scope: 'col' }, title)))),
  h('tbody', items.map((item) => h('tr', { dataset: { rule: item.path }, class: same(item.value, item.default) ? '' : 'is-set' },
    h('th', { scope: 'row' }, nameOf(item)),
    h('td.num', read(item, item.value), !same(item.value, item.default) && h('span.rule-shipped', `shipped: ${read(item, item.default)}`)),
    h('td.muted', item.note))))));
