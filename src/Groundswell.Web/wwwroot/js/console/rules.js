// The rules in force, each number with where its default comes from. Read again only when the version changes.
import { get } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { words } from '../ui/measures.js';
import { errorState } from '../ui/states.js';

export function createRules({ table, search, version }) {
  let loaded = null;
  let rows = [];

  async function load(wanted) {
    loaded = wanted;
    try {
      const answer = await get('/v1/console/rules');
      rows = flatten(answer.rules, answer.notes ?? {});
      version.textContent = `Version ${answer.version}`;
      draw();
    } catch (error) {
      replace(table, errorState(error, () => load(wanted)));
    }
  }

  function draw() {
    const asked = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter((row) => asked.every((word) => row.text.includes(word)));
    replace(table, found.length
      ? groupsOf(found).map(groupTable)
      : h('p.muted', { role: 'status' }, `No rule matches “${search.value.trim()}”.`));
  }

  search.addEventListener('input', draw);
  return { expect(wanted) { if (wanted !== loaded) load(wanted); } };
}

/** One row a number: { group, path, name, value, note, text }. A note may stand at any level above the number. */
export function flatten(rules, notes, path = []) {
  return Object.entries(rules ?? {}).flatMap(([name, value]) => {
    const here = [...path, name];
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return flatten(value, notes, here);
    const address = here.join('.');
    const note = noteFor(here, notes);
    return [{
      group: here.length > 1 ? here[0] : 'general', path: address, value: valueText(value), note,
      name: words((here.length > 1 ? here.slice(1) : here).join(' › ')), text: `${words(address)} ${address} ${note}`.toLowerCase(),
    }];
  });
}

function noteFor(path, notes) {
  for (let length = path.length; length > 0; length--) {
    const note = notes[path.slice(0, length).join('.')];
    if (note) return note;
  }
  return '';
}

function valueText(value) {
  if (value === null) return 'not set';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.map(valueText).join(' → ') : typeof value === 'number' ? value.toLocaleString('en') : String(value);
}

const groupsOf = (rows) => [...Map.groupBy(rows, (row) => row.group)];

const groupTable = ([group, rows]) => h('section.rule-group', h('h3', words(group)),
  h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': `Rules: ${words(group)}` }, h('table.table.rules-table',
    h('thead.vh', h('tr', ['Rule', 'Value', 'Where the default comes from'].map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', rows.map((row) => h('tr', { dataset: { rule: row.path } },
      h('th', { scope: 'row' }, row.name), h('td.num', row.value), h('td.muted', row.note)))))));
