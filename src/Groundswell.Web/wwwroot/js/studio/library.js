// My videos: the grid and its filter. Cards are kept by id, so that a poll changes only what is new.
import { h, replace } from '../ui/dom.js';
import { number } from '../ui/format.js';
import { refresh } from '../ui/refresh.js';
import { stageIcon } from '../ui/stages.js';
import { emptyState } from '../ui/states.js';
import { videoCard } from './card.js';

const LIFE = ['uploaded', 'processed', 'human_review', 'reviewed', 'testing', 'widening', 'open', 'library', 'paused', 'reviving', 'held', 'rejected'];

export function createLibrary({ grid, filter, empty }, actions) {
  const cards = new Map();
  let videos = [];
  let stage = null;

  function showFilter() {
    const present = LIFE.filter((one) => videos.some((video) => video.stage === one));
    if (stage && !present.includes(stage)) stage = null;
    const buttons = [{ stage: null, title: 'All', count: videos.length }, ...present.map((one) => {
      const these = videos.filter((video) => video.stage === one);
      return { stage: one, title: these[0].stage_title, count: these.length };
    })];
    filter.hidden = present.length < 2;
    refresh(filter, { buttons, stage }, () => buttons.map(filterButton));
  }

  const filterButton = (one) => h('button.filter-btn', {
    type: 'button', 'aria-pressed': String(one.stage === stage), dataset: { stage: one.stage ?? 'all' },
    onclick: () => { stage = one.stage; show(); },
  }, one.stage && stageIcon(one.stage), one.title, h('span.num', number(one.count)));

  function show() {
    showFilter();
    const visible = videos.filter((video) => !stage || video.stage === stage);
    const wanted = visible.map((video) => {
      if (!cards.has(video.video_id)) cards.set(video.video_id, videoCard(actions));
      const card = cards.get(video.video_id);
      card.update(video);
      return card.node;
    });
    // Moving a node takes its focus away, so the grid is touched only when its order has changed.
    if (wanted.length !== grid.children.length || wanted.some((node, i) => grid.children[i] !== node)) grid.replaceChildren(...wanted);
    empty.hidden = videos.length > 0;
  }

  replace(empty, emptyState('Your first clip goes here', 'Choose a video above. A small, varied audience sees it first, and this page tells you what they made of it.'));
  return {
    show(now) {
      videos = now;
      for (const id of cards.keys()) if (!videos.some((video) => video.video_id === id)) cards.delete(id);
      show();
    },
  };
}
