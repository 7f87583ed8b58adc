// A dry run: what the last day's verdicts would have been with other rules, before anybody decides to set them.
import { stream } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { dateTime, number, percent, points } from '../ui/format.js';
import { plural, words } from '../ui/measures.js';
import { errorState } from '../ui/states.js';

const ROWS = 100;
const DAYS = [[1, 'Last day'], [7, 'Last week']];
const OUTCOMES = [
  ['same', 'the same, at the same moment'], ['earlier', 'the same, earlier'], ['later', 'the same, later'], ['widens_instead', 'would widen instead of pause'],
  ['pauses_instead', 'would pause instead of widen'], ['no_verdict_yet', 'no verdict yet'], ['new_verdicts', 'a verdict where none came'],
];

/** @param rules a document of rules; @param onWrong called with the problems of a refusal; @param onApply puts them in force */
export function openDryRun({ rules, now, onWrong, onApply }) {
  let stop = null;
  const apply = h('button.btn.btn-primary', { type: 'button', onclick: () => { dialog.close(); onApply(); } }, 'Put in force');
  const part = h('div.dry-run');
  const choice = h('div.row', { role: 'group', 'aria-label': 'Time looked at' });
  const dialog = openDialog({
    title: 'Dry run', className: 'dry-run-dialog', body: [choice, part],
    foot: [h('button.btn', { type: 'button', onclick: () => dialog.close() }, 'Back'), apply], onClose: () => stop?.abort(),
  });
  run(1);

  async function run(days) {
    stop?.abort();
    const mine = stop = new AbortController();
    replace(choice, DAYS.map(([count, title]) => h('button.btn.btn-small', {
      type: 'button', 'aria-pressed': String(count === days), class: count === days ? 'btn-primary' : '', onclick: () => run(count),
    }, title)));
    const bar = h('progress', { max: 1, value: 0, 'aria-label': 'How far it has come' });
    replace(part, h('p.muted', { role: 'status' }, 'Judging the ledger again …'), bar);
    const body = { rules, from: new Date(new Date(now()).getTime() - days * 86_400_000).toISOString() };
    try {
      await stream('/v1/console/rules/dry-run', body, (line) => {
        if (line.report) replace(part, report(line.report));
        else bar.value = line.progress;
      }, { signal: mine.signal });
    } catch (error) {
      if (error.name === 'AbortError' || mine !== stop) return;
      if (error.status === 422) { dialog.close(); onWrong(error); return; }
      replace(part, errorState(error, () => run(days)));
    }
  }
}

function report(found) {
  const { totals } = found;
  const differing = found.trials.filter((trial) => trial.outcome !== 'same');
  return [
    h('p', { role: 'status' }, totals.trials === 0
      ? 'No trial ended in this time, and none would have.'
      : `${plural(totals.agreements, 'trial')} of ${number(totals.trials)} would have ended alike.`),
    totals.trials > 0 && h('dl.facts', OUTCOMES.map(([key, title]) => h('div', h('dt', title.charAt(0).toUpperCase() + title.slice(1)), h('dd.num', number(totals[key])))),
      h('div', h('dt', 'Impressions of the test batches'), h('dd.num', `${number(totals.test_impressions)} → ${number(totals.tried_test_impressions)}`))),
    differing.length > 0 && trials(differing),
    h('details', h('summary', 'What this cannot know'), h('ul.limits', found.limits.map((limit) => h('li', limit)))),
  ];
}

const trials = (rows) => h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': 'Trials that would have ended otherwise' },
  h('table.table.table-stack.dry-run-table',
    h('thead', h('tr', ['Video', 'What changes', 'What happened', 'What these rules say'].map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', rows.slice(0, ROWS).map((trial) => h('tr',
      h('th', { scope: 'row' }, h('a', { href: `/studio#${trial.video}` }, trial.caption || trial.video), h('span.muted.small', words(trial.trial))),
      h('td', change(trial)), h('td', { dataset: { label: 'What happened' } }, verdict(trial.real)), h('td', { dataset: { label: 'What these rules say' } }, verdict(trial.tried)))))),
  rows.length > ROWS && h('p.muted.small', `… and ${number(rows.length - ROWS)} more; \`groundswell rules dry-run\` lists them all.`));

const CHIPS = { widens_instead: ['Widens instead', 'chip-good'], pauses_instead: ['Pauses instead', 'chip-bad'], no_verdict_yet: ['No verdict yet', 'chip-warn'], new_verdict: ['New verdict', 'chip-sea'] };

function change(trial) {
  const [text, chip] = CHIPS[trial.outcome] ?? [words(trial.outcome), ''];
  const saved = trial.saved_impressions;
  return [h('span.chip', { class: chip }, text.charAt(0).toUpperCase() + text.slice(1)),
    Boolean(saved) && h('span.muted.small.block', `by ${plural(Math.abs(saved), 'impression')}`)];
}

const verdict = (one) => (one === null ? h('span.muted', 'None') : [
  h('span.block', `${one.widens ? 'Widened' : 'Paused'} after ${plural(one.impressions, 'impression')}`),
  h('span.muted.small.block', { title: dateTime(one.at) }, `${points(one.score)} against a gate of ${points(one.gate)}, ${percent(one.probability, 0)} sure that it is above`)]);
