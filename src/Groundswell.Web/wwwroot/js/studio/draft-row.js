// One file on its way up: what its creator writes, what the wire does, what the server makes of it.
import { h, icon, iconButton, replace } from '../ui/dom.js';
import { bytes } from '../ui/format.js';
import { span } from '../ui/measures.js';
import { stageChip } from '../ui/stages.js';
import { draftFields } from './draft-fields.js';
import { phaseSteps } from './phases.js';
import { nextStep, worthRetrying } from './upload-problems.js';

/** @returns {{ node, update, follow }} update after the draft changed, follow(video) when the server reports on it */
export function draftRow(draft, { queue }) {
  const body = h('div.draft-body');
  const fields = draftFields(draft, () => queue.submit(draft));
  const progress = progressPicture(draft);
  const life = h('div.stack');
  const remove = iconButton('close', `Remove ${draft.file.name}`, () => queue.remove(draft));
  const node = h('li.draft',
    h('div.draft-head', h('span.draft-name', draft.file.name), h('span.muted.small', bytes(draft.file.size))),
    remove, body);
  const action = (text, run, style = '') => h('button.btn.btn-small', { type: 'button', class: style, onclick: run }, text);

  const pictures = {
    editing: () => [fields.node, actions(action('Upload', () => queue.submit(draft), 'btn-primary'))],
    queued: () => [line('clock', 'Waiting for the upload before it.'), actions(action('Take out of the line', () => queue.cancel(draft)))],
    sending: () => [progress.node, actions(action('Cancel upload', () => queue.cancel(draft)))],
    sent: () => life,
    refused: () => trouble(draft.problem.title, draft.problem.detail),
    failed: () => [
      trouble(draft.problem.title, `${draft.problem.detail} ${nextStep(draft.problem)}`.trim()),
      worthRetrying(draft.problem) && [fields.node, actions(action('Try again', () => queue.submit(draft), 'btn-primary'))],
    ],
  };

  let drawn = null;
  function update() {
    progress.update();
    fields.mark(draft.problem?.errors);
    if (drawn === draft.state) return;
    const hadFocus = node.contains(document.activeElement);
    drawn = draft.state;
    node.dataset.state = draft.state;
    remove.hidden = draft.state === 'sending';
    replace(body, pictures[draft.state]());
    // The pressed button is gone now; without this a keyboard user would start again at the top of the page.
    if (hadFocus && !node.contains(document.activeElement)) body.querySelector('button, a')?.focus();
  }

  function follow(video) {
    node.dataset.videoId = video.video_id;
    replace(life, video.progress
      ? [phaseSteps(video.progress), h('p.muted.small', video.headline)]
      : h('div.row.row-apart', stageChip(video.stage, video.stage_title), h('p.grow.small', video.headline),
          h('a.btn.btn-small', { href: `#${video.video_id}` }, 'See its journey')));
  }

  replace(life, h('p.muted.small', 'The server has it.'));
  update();
  return { node, update, follow };
}

const actions = (...buttons) => h('div.draft-actions', buttons);
const line = (name, text) => h('p.row.muted', icon(name), text);
const trouble = (title, detail) =>
  h('div.notice.notice-bad', { role: 'alert' }, icon('warning'), h('div', h('strong', title), h('p', detail)));

function progressPicture(draft) {
  const bar = h('progress.progress', { max: 1, value: 0, 'aria-label': `Upload of ${draft.file.name}` });
  const sent = h('span');
  const left = h('span');
  return {
    node: h('div.stack', { style: { '--gap': '0.5rem' } }, bar, h('p.progress-line', sent, left)),
    update() {
      const { fraction, bytesPerSecond, secondsLeft } = draft.transfer ?? { fraction: 0 };
      bar.value = fraction;
      sent.textContent = `${Math.floor(fraction * 100)} % · ${bytes(fraction * draft.file.size)} of ${bytes(draft.file.size)}`;
      // All bytes are out but the answer is not here yet: the server is still writing the file.
      left.textContent = fraction >= 1 ? 'Handing over …'
        : bytesPerSecond ? `${bytes(bytesPerSecond)}/s · ${span(Math.ceil(secondsLeft))} left` : '';
    },
  };
}
