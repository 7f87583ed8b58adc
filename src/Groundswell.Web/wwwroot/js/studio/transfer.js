// One upload over the wire, with its speed and the time it will still take.
import { upload } from '../api.js';

const WINDOW_MS = 4000;

/**
 * Sends one draft { file, caption, sound, originalSound }; resolves to { video_id, journey_url }.
 * @param onProgress hears { fraction, bytesPerSecond, secondsLeft }
 */
export function send(draft, { onProgress, signal }) {
  const rate = createRate(draft.file.size);
  return upload('/v1/videos', formOf(draft), (fraction) => onProgress(rate(fraction, performance.now())), { signal });
}

/** Speed over the last few seconds: an average since the start would hide that the connection has slowed. */
export function createRate(size) {
  const samples = [];
  return (fraction, now) => {
    const sent = fraction * size;
    samples.push({ sent, now });
    while (samples.length > 2 && now - samples[0].now > WINDOW_MS) samples.shift();
    const elapsed = (now - samples[0].now) / 1000;
    const bytesPerSecond = elapsed > 0.25 ? (sent - samples[0].sent) / elapsed : null;
    return { fraction, bytesPerSecond, secondsLeft: bytesPerSecond > 0 ? (size - sent) / bytesPerSecond : null };
  };
}

function formOf(draft) {
  const form = new FormData();
  // The words go before the bytes, so that a bad caption can be refused without reading the file.
  form.append('caption', draft.caption);
  if (draft.sound) form.append('sound', draft.sound);
  if (draft.originalSound) form.append('original_sound', 'true');
  form.append('file', draft.file, draft.file.name);
  return form;
}
