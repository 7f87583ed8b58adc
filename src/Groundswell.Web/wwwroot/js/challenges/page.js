// One challenge: what it asks for, how it rises, and the clips that answer.
import { get } from '../api.js';
import { lineChart } from '../ui/charts.js';
import { h, icon, replace } from '../ui/dom.js';
import { compact, number } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { emptyState, errorState } from '../ui/states.js';
import { thumbnail } from '../ui/strip.js';
import { deadline, risingChip, tagChips, takePartAddress } from './parts.js';
import { swell } from './swell.js';

const root = document.getElementById('challenge');
const slug = root.dataset.slug;
const hour = new Intl.DateTimeFormat(document.documentElement.lang || 'en', { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

const takePart = (challenge) => challenge.status !== 'closed'
  && h('a.btn.btn-primary', { href: takePartAddress(challenge.slug) }, icon('upload'), 'Take part');

const hero = ({ challenge, trend, videos }) => h('header.challenge-hero',
  swell(trend.hours.map((one) => one.viewers)),
  h('div.hero-inner',
    h('div.hero-words',
      h('a.hero-back', { href: '/challenges' }, icon('left'), 'All challenges'),
      h('div.row.hero-state', deadline(challenge), trend.rising && risingChip()),
      h('h1', challenge.title),
      h('p.hero-about', challenge.description),
      h('div.row', tagChips(challenge.hashtags), challenge.sound && h('span.hero-sound', icon('music'), challenge.sound)),
      h('div.row.hero-acts', takePart(challenge), videos.length > 0 && h('a.btn.hero-watch', { href: `/v/${videos[0].video_id}` }, icon('play'), 'Watch the best'))),
    h('div.hero-fan', { 'aria-hidden': 'true' }, videos.slice(0, 3).map((video) => h('img', { src: video.poster_url, alt: '' })))));

const fact = (value, label) => h('div.stat', h('dt.stat-label', label), h('dd.stat-value', value));

const facts = ({ challenge, trend }) => h('dl.challenge-facts',
  fact(number(challenge.videos), challenge.videos === 1 ? 'clip' : 'clips'),
  fact(number(challenge.participants), challenge.participants === 1 ? 'creator takes part' : 'creators take part'),
  fact(compact(challenge.viewers), 'viewers in seven days'),
  fact(compact(trend.viewers), `in the last ${trend.recent_hours} hours, where ${number(Math.round(trend.expected))} would be usual`));

/** A week by the hour is a hedge; three hours together still show every evening. */
const HOURS_TOGETHER = 3;
const LONG = 72;

function together(hours) {
  if (hours.length <= LONG) return { every: 'hour', points: hours };
  const groups = Math.ceil(hours.length / HOURS_TOGETHER);
  // From the end, so that the last point is whole.
  const points = Array.from({ length: groups }, (_, i) => hours.slice(Math.max(0, hours.length - (groups - i) * HOURS_TOGETHER), hours.length - (groups - i - 1) * HOURS_TOGETHER))
    .map((group) => ({ hour: group[0].hour, viewers: group.reduce((sum, one) => sum + one.viewers, 0) }));
  return { every: 'three hours', points };
}

function curve({ trend }) {
  if (trend.hours.length < 2) return null;
  const { every, points } = together(trend.hours);
  return h('section.challenge-curve', { 'aria-labelledby': 'curve-title' },
    h('h2', { id: 'curve-title' }, 'How it rises'), h('p.muted.small', `Distinct viewers by ${every}, each at most once a day`),
    lineChart({
      title: `Distinct viewers by ${every}`, height: 190,
      labels: points.map((one) => hour.format(new Date(one.hour))), series: [{ name: 'Viewers', values: points.map((one) => one.viewers) }],
    }));
}

function tile(video) {
  const node = h('li.tile', { dataset: { videoId: video.video_id } });
  node.append(thumbnail(video, node), h('span.tile-rank.num', { 'aria-hidden': 'true' }, video.rank), h('div.tile-words',
    h('h3.tile-creator', h('a.tile-link', { href: `/v/${video.video_id}`, 'aria-label': `${video.rank}. ${video.creator.name}: ${video.caption || 'no caption'}` }, video.creator.name)),
    h('p.tile-counts.num',
      h('span', icon('eye'), h('span', { 'aria-hidden': 'true' }, compact(video.counts.views)), h('span.vh', plural(video.counts.views, 'view'))),
      h('span', icon('heart'), h('span', { 'aria-hidden': 'true' }, compact(video.counts.likes)), h('span.vh', plural(video.counts.likes, 'like'))))));
  return node;
}

const cast = ({ challenge, videos }) => h('section', { 'aria-labelledby': 'cast-title' },
  h('div.row.row-apart.cast-head', h('h2', { id: 'cast-title' }, 'Who takes part'),
    videos.length > 0 && h('p.muted.small', videos.length < challenge.videos ? `The best ${videos.length} of ${number(challenge.videos)}` : 'The best first, by what their viewers did')),
  videos.length > 0
    ? h('ol.tiles', videos.map(tile))
    : h('div.cast-none', h('p', challenge.status === 'closed' ? 'Nobody took part.' : 'Nobody yet. The first clip is seen by everybody who comes here.'), takePart(challenge)));

const steps = (challenge) => challenge.status !== 'closed' && h('section.card.challenge-steps', { 'aria-labelledby': 'steps-title' },
  h('h2', { id: 'steps-title' }, 'How to take part'),
  h('ol', [
    ['Film it', 'Anything that answers the idea. Upright is best, a few seconds are enough.'],
    [`Write #${challenge.hashtags[0]} into the caption`, challenge.hashtags.length > 1
      ? `${challenge.hashtags.slice(1).map((tag) => `#${tag}`).join(' or ')} will do as well.` : 'That alone makes it take part.'],
    ['It finds its audience as every clip does', 'First a small test audience, then whoever likes such clips. A challenge buys nobody a place.'],
  ].map(([title, text]) => h('li', h('strong', title), h('p.muted', text)))),
  takePart(challenge));

async function show() {
  root.setAttribute('aria-busy', 'true');
  try {
    const page = await get(`/v1/challenges/${encodeURIComponent(slug)}`);
    document.title = `${page.challenge.title} · Groundswell`;
    replace(root, hero(page), h('div.page.challenge-body', h('div.challenge-band', facts(page), curve(page)), h('div.challenge-cols', cast(page), steps(page.challenge))));
  } catch (error) {
    replace(root, h('div.page', error.status === 404
      ? emptyState('No such challenge', 'It may be spelt otherwise, or the link is incomplete.', h('a.btn.btn-primary', { href: '/challenges' }, 'All challenges'))
      : errorState(error, show)));
  }
  root.removeAttribute('aria-busy');
}

show();
