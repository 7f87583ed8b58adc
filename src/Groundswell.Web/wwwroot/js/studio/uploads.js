// The upload part of the studio: files come in by the picker or by dropping, leave through the queue.
import { announce } from '../ui/dom.js';
import { plural } from '../ui/measures.js';
import { draftRow } from './draft-row.js';
import { describeLimits, lengthRefusal, readLength, refusal } from './limits.js';
import { UploadQueue } from './upload-queue.js';

const part = (id) => document.getElementById(id);

/** @param onSent called when the server has taken a video @param captionOf what a new draft's caption begins with @returns {{ setLimits, follow }} */
export function startUploads({ onSent, captionOf }) {
  const rows = new Map();
  let limits = null;
  const queue = new UploadQueue({ onChange: show });

  function show(draft) {
    if (!queue.drafts.includes(draft)) {
      rows.get(draft)?.node.remove();
      rows.delete(draft);
    } else if (!rows.has(draft)) {
      const row = draftRow(draft, { queue });
      rows.set(draft, row);
      part('drafts').append(row.node);
    } else {
      rows.get(draft).update();
      tell(draft);
    }
    showBar();
  }

  function tell(draft) {
    if (draft.state === draft.told) return;
    draft.told = draft.state;
    if (draft.state === 'sent') { announce(`${draft.file.name} is uploaded.`); onSent(draft.videoId); }
    if (draft.state === 'failed') announce(`${draft.file.name}: ${draft.problem.title}`);
  }

  function showBar() {
    const waiting = queue.drafts.filter((draft) => draft.state === 'editing');
    part('drafts-bar').hidden = waiting.length < 2;
    part('drafts-summary').textContent = `${plural(waiting.length, 'video')} ready. They go up one after another.`;
  }

  async function take(files) {
    for (const file of files) {
      const draft = queue.add(file, refusal(file, limits), captionOf());
      if (draft.state === 'refused') continue;
      const tooLong = lengthRefusal(await readLength(file), limits);
      if (tooLong) queue.refuse(draft, tooLong);
    }
    rows.get(queue.drafts.find((draft) => draft.state === 'editing'))?.node.querySelector('textarea')?.focus();
  }

  const input = part('choose-videos');
  input.addEventListener('change', () => { take([...input.files]); input.value = ''; });
  part('upload-all').addEventListener('click', () => queue.drafts.filter((draft) => draft.state === 'editing').forEach((draft) => queue.submit(draft)));
  acceptDrops(part('drop-zone'), take);
  addEventListener('beforeunload', (event) => { if (queue.busy) event.preventDefault(); });

  return {
    setLimits(now) {
      limits = now;
      part('upload-limits').textContent = describeLimits(now);
    },
    /** Shows on the rows what the server says of the videos that came from them. */
    follow(videos) {
      for (const [draft, row] of rows) {
        const video = draft.videoId && videos.find((one) => one.video_id === draft.videoId);
        if (video) row.follow(video);
      }
    },
  };
}

// The whole page takes a drop: a file that misses the zone would otherwise replace the page and lose every draft.
function acceptDrops(zone, take) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  let depth = 0;
  const over = (on) => zone.classList.toggle('is-over', on);
  document.addEventListener('dragenter', (event) => { if (carriesFiles(event)) { depth += 1; over(true); } });
  document.addEventListener('dragleave', (event) => { if (carriesFiles(event) && (depth -= 1) <= 0) { depth = 0; over(false); } });
  document.addEventListener('dragover', (event) => { if (carriesFiles(event)) event.preventDefault(); });
  document.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    if (zone.checkVisibility()) take([...event.dataTransfer.files]);
  });
}
