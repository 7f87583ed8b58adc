import { get } from '../api.js';
import { compact } from '../ui.js';

const POLL_MS = 1000;
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Resolves when the server is ready to serve; until then a splash shows how far it is. */
export async function whenReady(splash) {
  const bar = splash.querySelector('progress');
  const message = splash.querySelector('[data-splash-message]');
  const counts = splash.querySelector('[data-splash-counts]');
  for (;;) {
    let status = null;
    try {
      status = await get('/v1/status');
    } catch (error) {
      // A server that answers but does not know the question is ready as far as we can tell.
      if (!error.temporary) break;
      message.textContent = 'Waiting for the server to answer';
    }
    if (status?.ready) break;
    if (status) {
      bar.value = status.progress ?? 0;
      message.textContent = status.message || 'Getting ready';
      counts.textContent = status.videos ? `${compact(status.videos)} clips, ${compact(status.views)} views so far` : '';
    }
    splash.hidden = false;
    await wait(POLL_MS);
  }
  if (splash.hidden) return;
  bar.value = 1;
  splash.classList.add('leaving');
  await wait(500);
  splash.hidden = true;
}
