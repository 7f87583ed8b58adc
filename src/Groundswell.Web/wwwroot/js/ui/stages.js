// The stages of a video's life as they are drawn everywhere: an icon and a tone. Titles come from the API.
import { h, s } from './dom.js';

const TONES = {
  human_review: 'warn', held: 'warn', rejected: 'bad', testing: 'sea', widening: 'accent',
  open: 'good', paused: 'warn', reviving: 'sea', reviewed: 'good',
};

/** The stages a video can leave only through a person: its creator may appeal. */
export const APPEALABLE = new Set(['rejected', 'held']);

export const stageTone = (stage) => (TONES[stage] ? `chip-${TONES[stage]}` : '');

export const stageIcon = (stage) =>
  s('svg.icon', { 'aria-hidden': 'true', focusable: 'false' }, s('use', { href: `/assets/img/stages.svg#${stage}` }));

export const stageChip = (stage, title) =>
  h('span.chip.stage-chip', { class: stageTone(stage) }, stageIcon(stage), title);
