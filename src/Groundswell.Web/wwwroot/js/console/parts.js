// The smaller parts of the board: tests, engine, sources, trends.
import { meterRow, sparkline } from '../ui/charts.js';
import { h, icon } from '../ui/dom.js';
import { compact, number, percent, points } from '../ui/format.js';
import { plural, span, words } from '../ui/measures.js';
import { refresh } from '../ui/refresh.js';

/** The part of a card below its heading: the heading stays, what is below follows the data. */
export function body(card, data, build) {
  let node = card.querySelector(':scope > .part');
  if (!node) card.append(node = h('div.part'));
  refresh(node, data, build);
}

const facts = (...pairs) => h('dl.facts', pairs.map(([name, value]) => h('div', h('dt', name), h('dd.num', value))));

export function showTests(root, tests) {
  body(root, tests, () => [
    meterRow('Share of slots', tests.share_of_slots / tests.budget, `${percent(tests.share_of_slots)}, budget ${percent(tests.budget, 0)}`, { accent: tests.share_of_slots > tests.budget }),
    facts(['Running', number(tests.running)], ['Viewers in a batch', number(tests.batch_size)],
      ['Panel not full', number(tests.backlog)], ['No first look yet', number(tests.first_looks)], ['Oldest wait', tests.oldest_wait_s === null ? 'none' : span(tests.oldest_wait_s)]),
    tests.backlog > 0 && tests.share_of_slots >= tests.budget
      && h('p.muted.small', 'The budget is used up: there are more uploads than the audience can test.'),
  ]);
}

const UPLIFTS = [
  ['creator_uploads', 'Uploads of the creator, week after: against withheld'], ['creator_returned', 'Creators who uploaded again: against withheld'],
  ['video_views', 'Views of the video, week after: against withheld'], ['view_points', 'Points a view: against the rest of its pages'],
];

/** The experiment inside revival: what it does, against creators withheld by lot and against the rest of its pages. */
export function showRevivals(root, revivals) {
  body(root, revivals, () => {
    const rows = UPLIFTS.map(([name, title]) => [title, revivals[name]]).filter(([, one]) => one);
    return [
      facts(['Creators revived, a week ago or more', number(revivals.revived)], ['Withheld to compare', number(revivals.withheld)],
        ['Cleared the gate afterwards', revivals.widened_share === null ? '–' : percent(revivals.widened_share, 0)]),
      rows.length === 0
        ? h('p.muted.small', 'Uplift shows once at least two creators are revived and two withheld for a week.')
        : table('Uplift of revival', ['Measure', 'Revived', 'Otherwise', 'Difference', '95 % interval'], rows.map(([title, one]) => [
          title, number(one.revived), number(one.otherwise), signed(one.difference), `${signed(one.low)} to ${signed(one.high)}`])),
    ];
  });
}

const signed = (value) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${number(Math.abs(Math.round(value * 100) / 100))}`;

export function showEngine(root, { ledger, memory_mb: memory, uptime_s: uptime, rules_version: rules, model_version: model, ranker, stage_troubles: troubles }) {
  // Whole minutes: a running seconds counter would redraw the card for nothing.
  const up = uptime < 60 ? 'less than a minute' : span(Math.floor(uptime / 60) * 60);
  body(root, { ledger, memory, up, rules, model, ranker, troubles }, () => [
    ledger.problem && h('p.notice.notice-bad', `Events are refused, feeds go on: ${ledger.problem}`),
    ...troubles.map(({ stage, late, failed, problem }) => h('p', { class: failed > 0 ? 'notice notice-bad' : 'notice notice-warn' },
      `${stage}: since the start ${[late > 0 && `late for ${plural(late, 'page')}`, failed > 0 && `failed ${plural(failed, 'time')}`].filter(Boolean).join(', ')}; pages went on without.${problem ? ` Last: ${problem}` : ''}`)),
    facts(
    ['Ledger position', number(ledger.position)], ['Watermark', number(ledger.watermark)], ['Behind by', plural(ledger.lag, 'entry', 'entries')],
    ['Memory', `${number(memory)} MB`], ['Running for', up], ['Rules', rules],
    ['Ranked by', ranker.serves ? `the learned model, ${model}` : `rates and taste, ${model}`],
    ['Model learned from', plural(ranker.learned, 'view', 'views')],
    ['Model room', `${percent(ranker.room.used / Math.max(1, ranker.room.rows), 0)} of ${number(ranker.room.rows)} rows in use, ${number(ranker.room.evicted)} made room for others; ${number(Math.round(ranker.room.bytes / 1048576))} MB`],
    ['Model error', ranker.learned < 300 ? 'too few views to say' : `${percent(ranker.loss_ratio, 0)} of what a video's length alone gives`],
    ['Model calibration', ranker.learned < 300 ? 'too few views to say' : `${number(Math.round(ranker.calibration * 100) / 100)} completions expected for each that came`])]);
}

const SOURCES = {
  personal: 'Personal taste', cohort: 'Like-minded viewers', following: 'Followed creators', trending: 'Rising trends', test_batch: 'Test batches', wave: 'Waves',
  revival: 'Revivals', probe: 'Getting to know a viewer', random: 'Pure chance', latest: 'Newest first', shared: 'Shared links', boost: 'Boosts',
};

export function showSources(root, sources) {
  body(root, sources, () => {
    if (sources.length === 0) return h('p.muted', 'No slot has been served in the last 24 hours.');
    const all = sources.reduce((sum, one) => sum + one.slots, 0);
    return table('Sources', ['Source', 'Slots', 'Share', 'Views', 'Points a view'], sources.map((one) => [
      SOURCES[one.source] ?? words(one.source), compact(one.slots), percent(all ? one.slots / all : 0), compact(one.views), points(one.points_per_view)]));
  });
}

export function showTrends(root, trends) {
  body(root, trends, () => (trends.length === 0
    ? h('p.muted', 'No hashtag, sound or challenge has as many viewers now as a trend needs.')
    : h('ol.trends', trends.map((one) => h('li',
      h('span.trend-tag', TREND_ICONS[one.kind] && icon(TREND_ICONS[one.kind]),
        one.kind === 'challenge' ? h('a', { href: `/challenges/${one.name}` }, one.title) : h('span', one.title),
        one.region && h('span.chip', REGIONS.of(one.region) ?? one.region)),
      one.rising ? h('span.chip.chip-accent.num', `Rising · +${Math.round((one.lift - 1) * 100)} % value`) : h('span.chip', 'Usual'),
      sparkline(one.hours, `${one.title}: distinct viewers by hour, last 48 hours`, one.rising ? 2 : 1),
      h('span.muted.small', `${plural(one.viewers, 'viewer')} of ${plural(one.creators, 'creator')}, ${number(Math.round(one.expected))} expected${one.rising ? `; ${oddsOf(one.chance)} to be chance` : ''}`))))));
}

const REGIONS = new Intl.DisplayNames(document.documentElement.lang || 'en', { type: 'region' });
const TREND_ICONS = { sound: 'music', challenge: 'challenge' };
const oddsOf = (chance) => (chance < 1e-9 ? 'under one in a billion' : `one in ${compact(Math.round(1 / chance))}`);

const table = (label, head, rows) => h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': label }, h('table.table.table-stack',
  h('thead', h('tr', head.map((title, i) => h('th', { scope: 'col', class: i ? 'num' : '' }, title)))),
  h('tbody', rows.map(([name, ...cells]) => h('tr', h('th', { scope: 'row' }, name), cells.map((cell, i) => h('td.num', { dataset: { label: head[i + 1] } }, cell)))))));
