// The videos in one stage, below the map.
import { get } from '../api.js';
import { h, iconButton, replace } from '../ui/dom.js';
import { compact, points, timeElement } from '../ui/format.js';
import { errorState } from '../ui/states.js';

const MOST = 50;

export function createStageVideos(root, { onClose }) {
  let wanted = null;

  async function open(stage) {
    wanted = stage;
    root.hidden = !stage;
    if (!stage) return;
    draw(stage, h('div.skeleton.stage-skeleton'));
    try {
      const { videos } = await get(`/v1/console/videos?stage=${stage.stage}&limit=${MOST}`);
      // Another stage may have been chosen while this answer was on its way.
      if (wanted === stage) draw(stage, videos.length ? table(videos) : h('p.muted', 'No video is in this stage now.'));
    } catch (error) {
      if (wanted === stage) draw(stage, errorState(error, () => open(stage)));
    }
  }

  const draw = (stage, content) => replace(root,
    h('div.card-head', h('h3', { id: 'stage-videos-title' }, stage.title),
      iconButton('close', 'Close the list', () => { open(null); onClose(); })),
    content);

  return { open };
}

const table = (videos) => h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': 'Videos in this stage' }, h('table.table.table-stack',
  h('thead', h('tr', h('th', { scope: 'col' }, 'Video'), h('th', { scope: 'col' }, 'Creator'), h('th', { scope: 'col' }, 'Here since'),
    h('th.num', { scope: 'col' }, 'Views'), h('th.num', { scope: 'col' }, 'Points a view'))),
  h('tbody', videos.map((video) => h('tr', { dataset: { videoId: video.video_id } },
    h('th', { scope: 'row' }, h('a.video-cell', { href: `/studio#${video.video_id}` },
      h('img', { src: video.poster_url, alt: '', loading: 'lazy' }), h('span.clamp-2', video.caption || 'Untitled clip'))),
    h('td', { dataset: { label: 'Creator' } }, video.creator.name), h('td', { dataset: { label: 'Here since' } }, timeElement(video.since)),
    h('td.num', { dataset: { label: 'Views' } }, compact(video.views)),
    h('td.num', { dataset: { label: 'Points a view' } }, video.score ? [h('strong', points(video.score.mean)), h('span.muted', ` ${points(video.score.low)}–${points(video.score.high)}`)] : '–'))))));
