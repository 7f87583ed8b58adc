// What each rule kept from counting: how many signals, and how many points they would have brought.
import { meterRow } from '../ui/charts.js';
import { h } from '../ui/dom.js';
import { compact, number } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { body } from './parts.js';

const PERIODS = [['hour', 'Hour', 'the last hour'], ['day', 'Day', 'the last 24 hours'], ['two_weeks', 'Two weeks', 'the last two weeks']];
let chosen = 'day';

export function showRemoved(root, reasons) {
  body(root, { reasons, chosen }, () => [choice(root, reasons), ...report(reasons)]);
}

const choice = (root, reasons) => h('div.row.removed-periods', { role: 'group', 'aria-label': 'Period' }, PERIODS.map(([period, title]) => h('button.btn.btn-small', {
  type: 'button', 'aria-pressed': String(period === chosen), class: period === chosen ? 'btn-primary' : '',
  onclick: () => {
    chosen = period;
    showRemoved(root, reasons);
  },
}, title)));

function report(reasons) {
  const words = PERIODS.find(([period]) => period === chosen)[2];
  const rows = reasons.map((one) => ({ ...one, ...one[chosen] })).filter((one) => one.signals > 0 || one.points !== 0);
  if (rows.length === 0) return [h('p.muted', `Every signal of ${words} counts.`)];
  const signals = rows.reduce((sum, one) => sum + one.signals, 0);
  const points = rows.reduce((sum, one) => sum + one.points, 0);
  return [
    h('p.muted', `In ${words} ${plural(signals, 'signal')} with ${plural(Math.round(points), 'point')} left out of every score, each kept with its reason.`),
    h('div.removed', rows.sort((a, b) => b.points - a.points || b.signals - a.signals).map((one) =>
      meterRow(one.text, one.signals / signals, `${number(one.signals)} · ${compact(Math.round(one.points))} pts`, { hint: one.reason }))),
  ];
}
