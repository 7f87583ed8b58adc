import { h } from '../ui/dom.js';
import { duration, timeElement } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { refresh } from '../ui/refresh.js';

export function showQueue(list, items, current, select) {
  const minute = Math.floor(Date.now() / 60_000);
  refresh(list, { ids: items.map((item) => [item.video_id, item.flags.length, Boolean(item.appeal)]), current: current?.video_id, minute },
    () => items.map((item) => row(item, item.video_id === current?.video_id, select)));
}

const row = (item, here, select) => h('li',
  h('button.queue-item', {
    type: 'button', 'aria-current': here ? 'true' : null, dataset: { videoId: item.video_id }, onclick: () => select(item),
  },
  h('img', { src: item.poster_url, alt: '', loading: 'lazy' }),
  h('span.queue-text',
    h('span.clamp-2.queue-caption', item.caption || 'No caption'),
    h('span.queue-meta', item.creator.name, ' · ', duration(item.duration_ms), ' · ', timeElement(item.waiting_since)),
    h('span.tags',
      item.appeal && h('span.chip.chip-sea', 'Appeal'),
      item.duplicate_of && h('span.chip.chip-warn', 'Duplicate'),
      item.flags.length > 0 && h('span.chip', plural(item.flags.length, 'flag'))))));
