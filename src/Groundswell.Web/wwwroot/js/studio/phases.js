// The steps between "the server has it" and its first viewers.
import { h } from '../ui/dom.js';

const PHASES = [
  ['uploaded', 'Received'], ['probing', 'Reading'], ['transcoding', 'Converting'],
  ['analysing', 'Analysing'], ['reviewing', 'Checking'], ['testing', 'First viewers'],
];

/** @param progress { phase, fraction } */
export function phaseSteps({ phase, fraction }) {
  const now = PHASES.findIndex(([name]) => name === phase);
  return h('ol.phases', { 'aria-label': `Processing: ${PHASES[now]?.[1] ?? phase}` }, PHASES.map(([, title], i) =>
    h('li.phase', { class: i < now ? 'is-done' : i === now ? 'is-now' : '', 'aria-current': i === now ? 'step' : null },
      h('span.phase-bar', { 'aria-hidden': 'true' },
        h('i', { style: i === now ? { width: `${Math.round(Math.max(0.04, fraction) * 100)}%` } : {} })),
      h('span.phase-name', title))));
}
