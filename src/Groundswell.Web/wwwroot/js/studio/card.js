// One of my videos.
import { h, icon, iconButton } from '../ui/dom.js';
import { compact, points, timeElement, unbroken } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { refresh } from '../ui/refresh.js';
import { APPEALABLE, stageChip } from '../ui/stages.js';
import { thumbnail } from '../ui/strip.js';
import { phaseSteps } from './phases.js';

/** @param actions { remove(video), appeal(video), now() } @returns {{ node, update(video) }} */
export function videoCard(actions) {
  const body = h('div.video-body');
  const node = h('li.video-card', h('div.thumb'), body);
  let poster = null;
  return {
    node,
    update(video) {
      node.dataset.videoId = video.video_id;
      node.dataset.stage = video.stage;
      if (poster !== video.poster_url) {
        poster = video.poster_url;
        node.firstChild.replaceWith(thumbnail(video, node));
      }
      const minute = Math.floor(actions.now() / 60_000);
      refresh(body, { video, minute }, () => pictureOf(video, actions));
    },
  };
}

const pictureOf = (video, actions) => [
  h('div.video-top', stageChip(video.stage, video.stage_title), timeElement(video.uploaded_at, actions.now())),
  h('h3.video-caption.clamp-2', h('a.video-link', { href: `#${video.video_id}` }, video.caption || 'Untitled clip')),
  video.progress && phaseSteps(video.progress),
  h('p.video-headline', unbroken(video.headline)),
  video.counts.views > 0 && facts(video.counts),
  h('div.video-foot', video.score && score(video.score),
    h('div.video-actions',
      APPEALABLE.has(video.stage)
        && h('button.btn.btn-small', { type: 'button', onclick: () => actions.appeal(video) }, 'Appeal'),
      iconButton('trash', `Delete ${video.caption || 'this clip'}`, () => actions.remove(video)))),
];

const fact = (name, value, one, many) =>
  h('span', icon(name), h('span', { 'aria-hidden': 'true' }, compact(value)), h('span.vh', plural(value, one, many)));

const facts = ({ views, likes, comments, shares }) => h('p.video-facts',
  fact('eye', views, 'view'), fact('heart', likes, 'like'), fact('comment', comments, 'comment'), fact('share', shares, 'share'));

const score = ({ mean, low, high }) => h('p.video-score',
  { title: `Most likely between ${points(low)} and ${points(high)}` },
  h('strong', points(mean)), ' points a view', h('span.range-text', `${points(low)}–${points(high)}`));
