// Which rules were in force when, who set them, and what each version changed.
import { get } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { dateTime } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { errorState } from '../ui/states.js';
import { read } from './rule-values.js';

export async function openHistory(items) {
  const list = h('div', { 'aria-busy': 'true' }, h('div.skeleton.stage-skeleton'));
  const byPath = new Map(items.map((item) => [item.path, item]));
  openDialog({ title: 'What the rules were', className: 'rules-history-dialog', body: list });
  await fill();

  async function fill() {
    try {
      const { versions } = await get('/v1/console/rules/history');
      replace(list, h('ol.versions', versions.map((version, place) => entry(version, place === 0, place === versions.length - 1, byPath))));
    } catch (error) {
      replace(list, errorState(error, fill));
    }
    list.removeAttribute('aria-busy');
  }
}

const entry = (version, isNow, isFirst, byPath) => h('li',
  h('p.version-head', h('strong.num', version.version), isNow && h('span.chip.chip-good', 'In force')),
  h('p.muted.small', `${dateTime(version.at)}, ${version.by === 'start' ? 'found when the server started' : `set by ${version.by}`}`),
  version.changes.length === 0
    ? h('p.small', isFirst ? 'The rules as shipped.' : 'A rule of another version of the program: none that this one knows.')
    : h('details', { open: version.changes.length <= 6 }, h('summary', `${plural(version.changes.length, 'rule')} ${isFirst ? 'other than shipped' : 'changed'}`),
      h('ul.changes', version.changes.map((change) => changeItem(change, byPath.get(change.path))))));

/** One changed rule: its path, old and new. */
export const changeItem = (change, item) => h('li', { title: change.note },
  h('span.change-path', change.path), h('span.num', valueText(item, change.old), ' → ', h('strong', valueText(item, change.new))));

const valueText = (item, value) => (item ? read(item, value) : value === null ? 'not set' : JSON.stringify(value));
