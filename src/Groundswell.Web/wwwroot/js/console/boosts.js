// Promoting a video by hand: a cap, an end and a reason; and what has come of it.
import { del, get, post } from '../api.js';
import { meterRow } from '../ui/charts.js';
import { confirmDialog } from '../ui/dialog.js';
import { h } from '../ui/dom.js';
import { number, percent, points, relativeTime } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { poll } from '../ui/polling.js';
import { refresh, setText } from '../ui/refresh.js';
import { toast, toastError } from '../ui/toast.js';
import { deskForm, field } from './desk-form.js';

const EVERY_MS = 5000;
const STATES = { waiting: ['chip', 'Waiting'], running: ['chip chip-accent', 'Running'], used_up: ['chip chip-good', 'Used up'], expired: ['chip', 'Expired'], ended: ['chip chip-warn', 'Ended'] };
const input = (attributes) => h('input', { 'data-form': 'boost', ...attributes });

/** An id, or any address of the video that holds one. */
const videoIn = (text) => /v_[0-9a-z]{13}/.exec(text)?.[0] ?? text.trim();

export function startBoosts(part) {
  const reading = poll(async (signal) => draw(await get('/v1/console/boosts', { signal })), { every: EVERY_MS });
  let formed = false;

  function draw({ boosts, rules, share_of_slots: share }) {
    setText(part('boosts-share'), share === null ? '' : `${percent(share, 2)} of slots today, at most ${percent(rules.slot_share, 0)}`);
    if (!formed) form(rules);
    refresh(part('boosts-list'), { boosts, minute: Math.floor(Date.now() / 60_000) }, () => (boosts.length
      ? h('ul.desk-list', { 'aria-label': 'Boosts' }, boosts.map(item))
      : h('p.muted', 'No video has been boosted.')));
  }

  function form(rules) {
    formed = true;
    deskForm(part('boost-form'), [
      field('video_id', 'Video', input({ type: 'text', autocomplete: 'off', placeholder: 'v_… or its link' }), { className: 'wide' }),
      field('slots', 'Slots at most', input({ type: 'number', min: 1, max: rules.most_slots, value: 100, inputmode: 'numeric' }), { className: 'short' }),
      field('expires', 'For how long', h('select', { 'data-form': 'boost' }, [[1, '1 hour'], [6, '6 hours'], [24, '1 day'], [72, '3 days'], [168, '7 days']]
        .filter(([hours]) => hours <= rules.longest_hours).map(([hours, text]) => h('option', { value: hours, selected: hours === 24 }, text))), { className: 'short' }),
      field('reason', 'Reason', input({ type: 'text', maxlength: 300, autocomplete: 'off' }), { className: 'wide', hint: 'It is kept in the ledger, and the video’s creator reads it.' }),
    ], {
      submit: 'Boost', title: `At most ${number(rules.most_slots)} slots a boost and ${rules.most_running} at once. Viewers see that you promoted it; no score is moved.`,
      async send({ video_id, slots, expires, reason }) {
        await post('/v1/console/boosts', {
          video_id: /^v_[0-9a-z]{13}$/.test(videoIn(video_id)) ? videoIn(video_id) : null, slots: Number(slots) || 0, reason,
          expires: new Date(Date.now() + Number(expires) * 3_600_000).toISOString(),
        });
        toast('The boost runs.');
        reading.now();
      },
    });
  }

  async function end(boost) {
    const sure = await confirmDialog({ title: 'End this boost?', text: `“${boost.caption || 'Untitled clip'}” gets no more of its ${number(boost.slots)} slots; ${number(boost.used)} are used.`, confirm: 'End it', danger: true });
    if (!sure) return;
    try {
      await del(`/v1/console/boosts/${boost.boost_id}`);
      reading.now();
    } catch (error) { toastError(error); }
  }

  function item(boost) {
    const [tone, title] = STATES[boost.status];
    const alive = boost.status === 'running' || boost.status === 'waiting';
    return h('li.desk-item', { dataset: { boostId: boost.boost_id, status: boost.status } },
      h('img', { src: boost.poster_url, alt: '', loading: 'lazy' }),
      h('div.desk-name', h('a.clamp-1', { href: `/studio#${boost.video_id}` }, boost.caption || 'Untitled clip'), h('span', { class: tone }, title)),
      h('div.desk-acts', alive && h('button.btn.btn-small', { type: 'button', onclick: () => end(boost) }, 'End')),
      h('div.desk-about',
        meterRow(`${number(boost.used)} of ${plural(boost.slots, 'slot')}`, boost.used / boost.slots, boost.views > 0 ? `${plural(boost.views, 'view')}, ${points(boost.points_per_view)} points each` : 'no views yet', { accent: alive }),
        h('p', `${boost.reason} · by ${boost.by}, ${until(boost)}`),
        alive && !boost.servable && h('p.deadline-note', 'The video is out of the feed now, so it gets no slots.'),
        boost.note && h('p', boost.note)));
  }

  return reading;
}

function until(boost) {
  if (boost.ended_at) return `ended ${relativeTime(boost.ended_at)} by ${boost.ended_by}`;
  return boost.status === 'expired' ? `expired ${relativeTime(boost.expires)}` : `until ${relativeTime(boost.expires)}`.replace('until in', 'ends in');
}
