// Points per view against the gate: the mean, how sure it is, and the bar it has to clear.
import { h } from '../ui/dom.js';
import { percent, points } from '../ui/format.js';
import { plural } from '../ui/measures.js';

const MOST_POINTS = 30;

/** The scale ends at a round number a little past what is shown: on 0–30 most videos would be a dot at the left. */
export function scaleEnd(...values) {
  const reach = Math.max(...values.filter((value) => value !== null)) * 1.2;
  return Math.min(MOST_POINTS, Math.max(5, Math.ceil(reach / 5) * 5));
}

/** The same in words, which is also what a screen reader hears. */
export function rangeSentence({ score, gate, probability_above_gate: sure }) {
  const where = `${points(score.mean)} points a view in the ${plural(score.views, 'view')} of its trial, most likely between ${points(score.low)} and ${points(score.high)}.`;
  if (gate === null) return where;
  return `${where} The gate is ${points(gate)}: ${percent(sure, sure > 0.99 && sure < 1 ? 1 : 0)} sure that it is above.`;
}

export function rangePicture(evidence) {
  const { score, gate } = evidence;
  const end = scaleEnd(score.high, gate);
  const at = (value) => `${(Math.min(end, Math.max(0, value)) / end) * 100}%`;
  // The middle tick gives way to the gate's own number.
  const ticks = [0, end / 2, end].filter((tick) => gate === null || Math.abs(tick - gate) > end * 0.06);
  return h('div.range', { role: 'img', 'aria-label': rangeSentence(evidence) },
    h('div.range-labels', h('span.range-mean-text', { style: { left: at(score.mean) } }, points(score.mean))),
    h('div.range-track',
      h('i.range-band', { style: { left: at(score.low), width: `calc(${at(score.high)} - ${at(score.low)})` } }),
      gate !== null && h('i.range-gate', { style: { left: at(gate) } }),
      h('i.range-mean', { style: { left: at(score.mean) } })),
    h('div.range-labels', ticks.map((tick) => h('span.range-tick', { style: { left: at(tick) } }, tick)),
      gate !== null && h('span.range-gate-text', { style: { left: at(gate) } }, `gate ${points(gate)}`)));
}
