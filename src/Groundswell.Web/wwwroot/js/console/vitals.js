import { h } from '../ui/dom.js';
import { compact, percent, points } from '../ui/format.js';
import { setText } from '../ui/refresh.js';

const VITALS = [
  ['Viewers now', (o) => compact(o.live.viewers_now), (o) => `${compact(o.totals.active_viewers_week)} this week`],
  ['Feeds a minute', (o) => compact(o.live.feeds_per_min), (o) => `${compact(o.totals.viewers)} viewers ever`],
  ['Signals a minute', (o) => compact(o.live.signals_per_min), (o) => `${compact(o.totals.signals)} ever`],
  ['Points a view, last hour', (o) => points(o.points_per_view.hour), (o) => `${points(o.points_per_view.day)} over the day`],
  ['Points a session, day', (o) => points(o.points_per_session.day), (o) => `${compact(o.totals.views)} views ever`],
  ['Exit rate, last hour', (o) => percent(o.exit_rate.hour), (o) => `${percent(o.exit_rate.day)} over the day`],
];

/** The six numbers an operator looks at first. Built once, then only their texts change. */
export function showVitals(root, overview) {
  if (!root.firstChild) {
    root.append(...VITALS.map(([label]) => h('dl.stat.card', h('dt.stat-label', label), h('dd.stat-value'), h('dd.muted.small.num'))));
  }
  VITALS.forEach(([, value, beside], i) => {
    const [, large, small] = root.children[i].children;
    setText(large, value(overview));
    setText(small, beside(overview));
  });
}
