// Traffic by minute and exits by hour.
import { barChart, lineChart } from '../ui/charts.js';
import { h } from '../ui/dom.js';
import { compact, percent } from '../ui/format.js';
import { body } from './parts.js';

const language = document.documentElement.lang || 'en';
const minute = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
const hour = new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

export function showTraffic(root, { series }) {
  body(root, series, () => {
    const labels = series.map((one) => minute.format(new Date(one.minute)));
    const line = (name, key) => ({ name, values: series.map((one) => one[key]) });
    return [
      h('h3.chart-title', 'Signals and views a minute'),
      lineChart({ title: 'Signals and views a minute', labels, series: [line('Signals', 'signals'), line('Views', 'views')], height: 190 }),
      h('h3.chart-title', 'Feeds and exits a minute'),
      lineChart({ title: 'Feeds and exits a minute', labels, series: [line('Feeds', 'feeds'), line('Exits', 'exits')], height: 150 }),
    ];
  });
}

export function showExits(root, { series }) {
  body(root, series, () => {
    if (series.length === 0) return h('p.muted', 'No finished session yet. The line begins with the first hour that has one.');
    const labels = series.map((one) => hour.format(new Date(one.hour)));
    return [
      h('h3.chart-title', 'Exits, in percent of views'),
      lineChart({ title: 'Exit rate, percent of views', labels, series: [{ name: 'Exit rate', values: series.map((one) => (one.rate === null ? null : one.rate * 100)) }], format: (value) => `${compact(value)} %`, height: 190, area: false }),
      h('h3.chart-title', 'Views it is measured on'),
      barChart({ title: 'Views', labels, values: series.map((one) => one.views), height: 100, table: false }),
      h('p.muted.small', `Highest ${percent(Math.max(...series.map((one) => one.rate ?? 0)))}. The more of their last videos a viewer has skipped, the more their page keeps to what is surely liked.`),
    ];
  });
}
