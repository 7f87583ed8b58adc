// One video's life: the answer first, then what happened, beside it what the audience did.
import { get } from '../api.js';
import { h, icon, replace } from '../ui/dom.js';
import { dateTime, timeElement, unbroken } from '../ui/format.js';
import { poll } from '../ui/polling.js';
import { refresh } from '../ui/refresh.js';
import { APPEALABLE, stageChip, stageIcon, stageTone } from '../ui/stages.js';
import { emptyState, errorState } from '../ui/states.js';
import { thumbnail } from '../ui/strip.js';
import { analysisCard } from './analysis.js';
import { captionParts } from './caption.js';
import { decidingNumbers } from './deciding-numbers.js';
import { evidenceCards } from './evidence.js';

const EVERY_MS = 5000;

/** @param actions { remove(video), appeal(video), now(), mayReturn, takeFocus } @returns {{ now, stop }} */
export function openJourney(root, id, actions) {
  const lead = h('header.journey-lead');
  const told = h('section', { 'aria-labelledby': 'journey-told' });
  const evidence = h('div.evidence');
  const back = actions.mayReturn && h('a.btn.btn-quiet.journey-back', { href: '#' }, icon('left'), 'My videos');
  let facts = null;
  let drawn = false;

  function show(journey) {
    const video = { ...journey, ...facts, headline: journey.headline, stage: journey.stage };
    const minute = Math.floor(actions.now() / 60_000);
    const first = !drawn;
    if (first) {
      replace(root, back, lead, h('div.journey-cols', told,
        h('section', { 'aria-labelledby': 'journey-evidence' }, h('h2', { id: 'journey-evidence' }, 'What the audience did'), evidence)));
      drawn = true;
    }
    refresh(lead, [video.stage, video.headline, journey.entries.at(-1)?.at, video.poster_url, minute], () => leadOf(video, journey, actions));
    // Coming from the list, the reader's place is the answer, not the card that is gone.
    if (first && actions.takeFocus) lead.querySelector('h1').focus({ preventScroll: true });
    refresh(told, journey.entries, () => [h('h2', { id: 'journey-told' }, 'What happened'), timeline(journey.entries)]);
    refresh(evidence, [journey.stage, journey.evidence, journey.analysis, journey.history.length, journey.history.at(-1)],
      () => [evidenceCards(journey), journey.analysis && analysisCard(journey.analysis)]);
    document.title = `${journey.caption.slice(0, 60) || 'Untitled clip'} · Groundswell`;
  }

  const reading = poll(async (signal) => {
    // Whose video it is decides which buttons there are; a missing answer only means fewer buttons.
    facts ??= await get(`/v1/videos/${id}`, { signal }).catch(() => null);
    show(await get(`/v1/videos/${id}/journey`, { signal }));
  }, {
    every: EVERY_MS,
    onError(error) {
      if (!error || drawn) return;
      if (error.status === 404) reading.pause();
      replace(root, back, error.status === 404
        ? emptyState('No such video', 'It may have been deleted, or the link is incomplete.')
        : errorState(error, () => reading.now()));
    },
  });
  replace(root, back, h('div.skeleton.journey-skeleton', { role: 'status' }, h('span.vh', 'Loading the journey')));
  return { now: reading.now, stop: reading.stop };
}

function leadOf(video, journey, actions) {
  // A promotion, or a revival withheld, is an entry but no new stage.
  const since = journey.entries.findLast((entry) => entry.from !== entry.to)?.at;
  return [
    thumbnail(video),
    h('div.journey-answer',
      h('div.row', stageChip(video.stage, video.stage_title), since && h('span.muted.small', timeElement(since, actions.now()))),
      h('h1', { id: 'journey-title', tabindex: -1 }, unbroken(video.headline)),
      video.caption && h('p.journey-caption', captionParts(video.caption).map((part) =>
        (part.tag ? h('span.hashtag', part.text) : part.text))),
      video.mine && h('div.row',
        APPEALABLE.has(video.stage) && h('button.btn.btn-primary', { type: 'button', onclick: () => actions.appeal(video) }, 'Appeal'),
        h('button.btn.btn-small', { type: 'button', onclick: () => actions.remove(video) }, icon('trash'), 'Delete'))),
  ];
}

function timeline(entries) {
  return h('ol.timeline', { 'aria-label': 'Journey' }, entries.map((entry, i) =>
    h('li.timeline-entry', { class: i === entries.length - 1 ? 'is-last' : '', dataset: { stage: entry.to, code: entry.code } },
      h('span.timeline-dot', { class: stageTone(entry.to) }, stageIcon(entry.to)),
      h('div',
        h('div.timeline-head', h('h3', entry.to_title), h('time', { datetime: entry.at }, dateTime(entry.at))),
        h('p.timeline-text', unbroken(entry.text), entry.other && [' ', h('a', { href: `/v/${entry.other}` }, 'Watch the earlier video')]),
        chips(decidingNumbers(entry.numbers)),
        h('p.timeline-by', byWhom(entry.by), entry.tried.map((name) => `, as the experiment “${name}” varies them`))))));
}

const chips = (numbers) => numbers.length > 0 && h('dl.timeline-numbers', numbers.map(({ label, value }) =>
  h('div.number-chip', h('dt', label), h('dd', value))));

const byWhom = (by) => (by === 'machine' ? 'By the machine' : by.startsWith('rules-') ? `By the rules in force then, ${by}` : `By ${by}`);
