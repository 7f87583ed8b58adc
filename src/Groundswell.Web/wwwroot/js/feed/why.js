import { h, meterRow, openDialog, percent } from '../ui.js';

const sources = {
  personal: 'Your taste', cohort: 'Viewers like you', following: 'Someone you follow', trending: 'A rising trend',
  test_batch: 'Its first test audience', wave: 'A widening audience', revival: 'A second chance',
  probe: 'Getting to know you', random: 'Pure chance', latest: 'Newest first', link: 'A shared link', shared: 'A shared link', boost: 'Promoted by the operator',
};
const chances = {
  rewatch: 'Watch again', completion: 'Watch to the end', share: 'Share', comment: 'Comment', like: 'Like',
  early_skip: 'Skip early', exit: 'Leave the feed',
};
const unwanted = new Set(['early_skip', 'exit']);

const section = (title, hint, ...children) => h('section.why-section', h('h3', title), hint && h('p.small.muted', hint), children);

/** The sentence and the reasons: what everybody can read. */
export const whyPlain = (item) => [
  h('p.why-sentence', item.why),
  h('div.row', h('span.chip.chip-sea', sources[item.source] ?? item.source),
    (item.genres ?? []).map((genre) => h('span.chip', genre.title))),
  reasonList(item),
];

/** What the sentence above has not said yet. */
function reasonList({ why, reasons = [], challenge }) {
  const rows = reasons.map(({ code, text }) => [
    text !== why && text,
    code === 'trending' && challenge && h('a', { href: `/challenges/${challenge.slug}` }, `See the challenge “${challenge.title}”.`),
  ].filter(Boolean)).filter((row) => row.length > 0);
  return rows.length > 0 && h('ul.why-reasons', rows.map((row) => h('li', row[0], row[1] && [' ', row[1]])));
}

function estimates({ probabilities }) {
  const known = Object.entries(chances).filter(([name]) => Number.isFinite(probabilities?.[name]));
  return known.length > 0 && section('What we expected of you', 'The chance of each, as estimated before you saw the clip.',
    known.map(([name, title]) => meterRow(title, probabilities[name], percent(probabilities[name]), { accent: unwanted.has(name) })));
}

const signed = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

function terms({ value, terms: list }) {
  if (!list?.length) return null;
  // What moved nothing explains nothing.
  const moving = list.filter((term) => Math.abs(term.value) >= 0.005);
  const widest = Math.max(...list.map((term) => Math.abs(term.value)), 1e-9);
  return section('How that became a place in line', 'Expected points, then everything that moved them. Coral bars subtract.',
    h('div.why-terms', moving.map((term) => meterRow(term.text || term.name, Math.abs(term.value) / widest, signed(term.value), { accent: term.value < 0, hint: term.name }))),
    h('p.why-total', h('span', 'Value'), h('strong.num', value.toFixed(2))));
}

const removed = (item) => item.removed?.length > 0 && section('What was left out', 'Candidates for the same page that could not be shown.',
  h('ul.why-removed', item.removed.map(({ reason, count }) => h('li', h('span', reason.replaceAll('_', ' ')), h('span.num', count)))));

const footnote = (item) => h('p.small.faint', [
  item.model_version && `Model ${item.model_version}`,
  Number.isFinite(item.propensity) && `the chance of this clip in this place was ${percent(item.propensity, 2)}`,
].filter(Boolean).join(' · '));

export function openWhy(item, { openTaste }) {
  const { explanation } = item;
  const sheet = openDialog({
    title: 'Why this clip?',
    className: 'why-dialog',
    body: [whyPlain(item), explanation && [estimates(explanation), terms(explanation)], removed(item), footnote(item)],
    foot: h('button.btn', { type: 'button', onclick: () => { sheet.close(); openTaste(); } }, 'Your taste'),
  });
}
