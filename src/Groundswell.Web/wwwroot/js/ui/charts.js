// Small charts, each an SVG with a title, a description and, on request, the same numbers as a table.
import { h, s } from './dom.js';
import { compact, number } from './format.js';

// Text in a drawing shrinks with it: a phone gets a narrower drawing, not smaller letters.
const W = matchMedia('(max-width: 759px)').matches ? 340 : 640;
const PAD = { left: 44, right: 8, top: 10, bottom: 22 };
let serial = 0;

function frame(title, desc, height, children) {
  const id = `chart-${++serial}`;
  return s('svg', { viewBox: `0 0 ${W} ${height}`, role: 'img', 'aria-labelledby': `${id}-t ${id}-d` },
    s('title', { id: `${id}-t` }, title), s('desc', { id: `${id}-d` }, desc), children);
}

/** A round number at or above the largest value, so that the axis reads 0, 5, 10 and not 0, 4.7, 9.3. */
function ceiling(max) {
  if (!(max > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(max));
  return [1, 2, 2.5, 5, 10].map((k) => k * unit).find((top) => top >= max);
}

const y = (value, top, height) => PAD.top + (1 - value / top) * (height - PAD.top - PAD.bottom);

const gridLines = (top, height, format) => [0, 0.5, 1].map((part) => [
  s('line.grid-line', { x1: PAD.left, x2: W - PAD.right, y1: y(part * top, top, height), y2: y(part * top, top, height) }),
  s('text', { x: PAD.left - 8, y: y(part * top, top, height) + 4, 'text-anchor': 'end' }, format(part * top)),
]);

function axisLabels(labels, xAt, height, only = null) {
  const shown = only ?? (labels.length < 3 ? labels.map((_, i) => i) : [0, Math.floor((labels.length - 1) / 2), labels.length - 1]);
  return shown.map((i) => s('text', {
    x: xAt(i), y: height - 4,
    'text-anchor': labels.length < 2 ? 'middle' : i === 0 ? 'start' : i === labels.length - 1 ? 'end' : 'middle',
  }, labels[i]));
}

function numbersTable(head, rows) {
  return h('details', h('summary', 'Show the numbers'), h('div.table-wrap', h('table.table',
    h('thead', h('tr', head.map((cell, i) => h('th', { scope: 'col', class: i ? 'num' : '' }, cell)))),
    h('tbody', rows.map((row) => h('tr', row.map((cell, i) =>
      (i ? h('td.num', cell) : h('th', { scope: 'row' }, cell)))))))));
}

const key = (series) => series.length > 1
  && h('div.chart-key', { 'aria-hidden': 'true' }, series.map((one, i) => h('span', h('i', { class: `k${i + 1}` }), one.name)));

/**
 * Lines over a shared axis: { title, labels:[text], series:[{ name, values:[number|null] }], times, format, height, area, table }.
 * A null value is a gap. With `times` (milliseconds) the axis is time, and not one step a value.
 */
export function lineChart({ title, labels, series, times = null, format = compact, height = 200, area = series.length === 1, table = true }) {
  const all = series.flatMap((one) => one.values.filter((value) => value !== null));
  const top = ceiling(Math.max(...all, 0));
  const length = times ? times.at(-1) - times[0] : labels.length - 1;
  const xAt = (i) => PAD.left + (length > 0 ? (times ? times[i] - times[0] : i) / length : 0.5) * (W - PAD.left - PAD.right);
  const marks = series.map((one, index) => {
    let pen = false;
    const path = one.values.map((value, i) => {
      if (value === null) { pen = false; return ''; }
      // A value between two gaps is a dot: a line of no length with round ends.
      const step = `${pen ? 'L' : 'M'}${xAt(i).toFixed(1)} ${y(value, top, height).toFixed(1)}${pen ? '' : 'h0'}`;
      pen = true;
      return step;
    }).join('');
    const closed = `${path}L${xAt(one.values.length - 1)} ${y(0, top, height)}L${xAt(0)} ${y(0, top, height)}Z`;
    return [area && path && !one.values.includes(null) && s(`path.area.f${index + 1}`, { d: closed }), s(`path.line.s${index + 1}`, { d: path })];
  });
  const last = series.map((one) => `${one.name}: latest ${number(one.values.at(-1))}, highest ${number(Math.max(...one.values.filter((v) => v !== null), 0))}`);
  return h('figure.chart',
    frame(title, last.join('; '), height, [gridLines(top, height, format), marks, axisLabels(labels, xAt, height, times ? [0, labels.length - 1] : null)]),
    key(series),
    table && numbersTable(['', ...series.map((one) => one.name)],
      labels.map((label, i) => [label, ...series.map((one) => number(one.values[i]))])));
}

/** Upright bars: { title, labels, values, format, height, table }. */
export function barChart({ title, labels, values, format = compact, height = 200, table = true }) {
  const top = ceiling(Math.max(...values, 0));
  const slot = (W - PAD.left - PAD.right) / Math.max(1, values.length);
  const xAt = (i) => PAD.left + slot * (i + 0.5);
  const bars = values.map((value, i) => s('rect.f1', {
    x: PAD.left + slot * i + slot * 0.14, width: slot * 0.72, rx: Math.min(4, slot * 0.2),
    y: y(value, top, height), height: Math.max(0, y(0, top, height) - y(value, top, height)),
  }, s('title', `${labels[i]}: ${number(value)}`)));
  const names = labels.length <= 12
    ? labels.map((label, i) => s('text', { x: xAt(i), y: height - 4, 'text-anchor': 'middle' }, label))
    : axisLabels(labels, xAt, height);
  return h('figure.chart',
    frame(title, labels.map((label, i) => `${label} ${number(values[i])}`).join(', '), height, [gridLines(top, height, format), bars, names]),
    table && numbersTable(['', title], labels.map((label, i) => [label, number(values[i])])));
}

/** A line as small as a word; the label says what it shows. */
export function sparkline(values, label, series = 1) {
  const top = Math.max(...values, 0) || 1;
  const at = (value, i) => `${((i / Math.max(1, values.length - 1)) * 100).toFixed(1)} ${(34 - (value / top) * 30).toFixed(1)}`;
  const path = values.map((value, i) => `${i ? 'L' : 'M'}${at(value, i)}`).join('');
  return h('figure.chart', s('svg.sparkline', { viewBox: '0 0 100 36', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    s('title', label), values.length > 1 && s(`path.area.f${series}`, { d: `${path}L100 36L0 36Z` }), s(`path.line.s${series}`, { d: path })));
}

/** Name, bar, value. `fraction` 0..1 is the bar's length. */
export const meterRow = (name, fraction, text, { accent = false, hint = null } = {}) =>
  h('div.meter-row', { title: hint }, h('span', name),
    h('span.meter', { 'aria-hidden': 'true' },
      h('i', { class: accent ? 'accent' : '', style: { width: `${Math.min(1, Math.max(0, fraction)) * 100}%` } })),
    h('span', text));
