// What viewers did, as cards: each has one question as its heading and the numbers behind the picture.
import { lineChart, meterRow } from '../ui/charts.js';
import { h } from '../ui/dom.js';
import { number, percent, points } from '../ui/format.js';
import { rangePicture, rangeSentence } from './range.js';

const ACTIONS = [
  ['rewatch', 'Watched again'], ['completion', 'Watched to the end'], ['share', 'Shared'], ['comment', 'Commented'], ['like', 'Liked'],
];
const axisTime = new Intl.DateTimeFormat(document.documentElement.lang || 'en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

const ON_TRIAL = new Set(['testing', 'reviving']);

export function evidenceCards({ stage, evidence, history }) {
  if (evidence.views === 0 && evidence.impressions === 0)
    return card('No views yet', h('p.muted', 'What its first viewers make of it will stand here.'));
  return [
    scoreCard(evidence, ON_TRIAL.has(stage)),
    viewsCard(evidence),
    history.length > 1 && historyCard(history),
    evidence.cohorts.length > 0 && cohortCard(evidence),
    evidence.disqualified.length > 0 && disqualifiedCard(evidence.disqualified),
  ];
}

const card = (title, ...content) => h('section.card', h('h3', title), content);
const stat = (label, value) => h('div.stat', h('dt.stat-label', label), h('dd.stat-value', value));

function scoreCard(evidence, onTrial) {
  return card('Is it above the gate now?',
    evidence.niche && h('p.muted.small', `Among ${evidence.niche}, where it goes on; it stops for everybody else.`),
    evidence.score
      ? [rangePicture(evidence), h('p.verdict-sentence', { 'aria-hidden': 'true' }, rangeSentence(evidence))]
      : h('p.verdict-sentence', `Nobody has watched it in this trial yet. The gate is ${points(evidence.gate)} points a view.`),
    onTrial && h('div.sub', batchMeter(evidence.batch)));
}

/** A test that stays unclear goes on to twice its batch. */
function batchMeter({ shown, size }) {
  const end = shown > size ? 2 * size : size;
  return meterRow(shown > size ? 'Longer test' : 'Test batch', shown / end, `shown to ${number(shown)} of ${number(end)}`);
}

function viewsCard(evidence) {
  const { actions, views } = evidence;
  return card('All its views',
    h('p.muted.small', 'A gate looks only at those in slots of its tests, revivals and waves.'),
    h('dl.evidence-facts',
      stat('Shown', number(evidence.impressions)), stat('Views', number(views)), stat('Points', number(evidence.points)),
      views > 0 && stat('Left early', percent(actions.early_skip / views, 0)),
      actions.not_interested > 0 && stat('Not interested', number(actions.not_interested))),
    evidence.points > 0 && pointsTable(evidence));
}

function pointsTable({ points_by_action: byAction, actions, points: total }) {
  const rows = ACTIONS.map(([name, title], i) => ({ title, series: `k${i + 1}`, times: actions[name] ?? 0, points: byAction[name] ?? 0 }));
  return [
    h('div.stack-bar', { 'aria-hidden': 'true' }, rows.filter((row) => row.points > 0).map((row) =>
      h('i', { class: row.series, title: `${row.title}: ${number(row.points)} points`, style: { 'flex-grow': String(row.points) } }))),
    h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': 'Points by action' }, h('table.table.points-table',
      h('thead', h('tr', ['Action', 'Times', 'Points', 'Share'].map((title, i) => h('th', { scope: 'col', class: i ? 'num' : '' }, title)))),
      h('tbody', rows.map((row) => h('tr',
        h('td', h('i', { class: row.series }), row.title), h('td.num', number(row.times)),
        h('td.num', number(row.points)), h('td.num', percent(row.points / total, 0))))))),
  ];
}

function historyCard(history) {
  const times = history.map((one) => Date.parse(one.at));
  const labels = times.map((time) => axisTime.format(time));
  const chart = (title, values) => h('div', h('h4.chart-title', title),
    lineChart({ title: `${title} since the upload`, labels, times, series: [{ name: title, values }], height: 170 }));
  return card('How it grew', h('div.stack',
    chart('Views', history.map((one) => one.views)), chart('Points', history.map((one) => one.points))));
}

function cohortCard({ cohorts, score }) {
  const best = Math.max(...cohorts.map((one) => one.mean_points), 1);
  return card('Who liked it',
    h('p.muted.small', 'It can go on in one group and stop in another.'),
    h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': 'Groups of viewers' }, h('table.table.cohorts',
      h('thead', h('tr', h('th', { scope: 'col' }, 'Group'), h('th.num', { scope: 'col' }, 'Views'), h('th', { scope: 'col' }, 'Points a view'))),
      h('tbody', [...cohorts].sort((a, b) => b.mean_points - a.mean_points).map((one) => h('tr',
        h('th', { scope: 'row' }, one.name), h('td.num', number(one.views)),
        h('td', h('div.inline-meter',
          h('span.meter', { 'aria-hidden': 'true' }, h('i', { class: score && one.mean_points < score.mean ? '' : 'accent', style: { width: `${(one.mean_points / best) * 100}%` } })),
          h('span.num', points(one.mean_points))))))))));
}

const disqualifiedCard = (signals) => card('Signals that count nothing',
  h('p.muted.small', 'Kept with their reason, and left out of every number above.'),
  h('ul.plain-rows', signals.map((one) => h('li', h('span', one.text), h('span.num', number(one.count))))));
