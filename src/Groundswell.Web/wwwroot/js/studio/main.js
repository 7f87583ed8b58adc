// The studio: my videos and uploads at /studio, one video's journey at /studio#v_….
import { del, get, hasRole, session } from '../api.js';
import { confirmDialog } from '../ui/dialog.js';
import { h, replace } from '../ui/dom.js';
import { poll } from '../ui/polling.js';
import { errorState, requireRole } from '../ui/states.js';
import { toast, toastError } from '../ui/toast.js';
import { appeal } from './appeal.js';
import { openJourney } from './journey.js';
import { startChallenges } from './challenges.js';
import { createLibrary } from './library.js';
import { startUploads } from './uploads.js';

const BUSY_MS = 1500;
const CALM_MS = 8000;
const part = (id) => document.getElementById(id);
const videoInAddress = () => (/^#(v_[\w-]+)$/.exec(location.hash) ?? [])[1] ?? null;

let home = null;
let wasRouted = false;
let journey = null;
let clockOffset = 0;
const now = () => Date.now() + clockOffset;

async function remove(video) {
  const sure = await confirmDialog({
    title: 'Delete this video?',
    text: `“${video.caption || 'Untitled clip'}” leaves every feed at once, with its comments and its journey. This cannot be undone.`,
    confirm: 'Delete', danger: true,
  });
  if (!sure) return;
  try {
    await del(`/v1/videos/${video.video_id}`);
    toast('Deleted.');
    location.hash = '';
    home?.now();
  } catch (error) { toastError(error); }
}

async function startAppeal(video) {
  if (!(await appeal(video))) return;
  home?.now();
  journey?.now();
}

async function startHome() {
  const who = await requireRole('creator', part('studio-gate-panel'), {
    title: 'The studio is for creators', text: 'Sign in, or create an account in a moment, to upload videos and follow them.',
  });
  part('studio-gate').hidden = Boolean(who);
  part('studio-home').hidden = !who;
  if (!who) return null;
  clockOffset = Date.parse(who.server_time) - Date.now();

  const actions = { remove, appeal: startAppeal, now };
  const library = createLibrary({ grid: part('videos'), filter: part('stage-filter'), empty: part('videos-empty') }, actions);
  const challenges = startChallenges(part('studio-challenges'));
  const uploads = startUploads({ onSent: () => reading.now(), captionOf: challenges.caption });
  let processing = false;
  let loaded = false;
  const reading = poll(async (signal) => {
    const { videos, limits } = await get('/v1/studio/videos', { signal });
    processing = videos.some((video) => video.progress);
    loaded = true;
    uploads.setLimits(limits);
    uploads.follow(videos);
    library.show(videos);
  }, { every: () => (processing ? BUSY_MS : CALM_MS), onError: showTrouble });

  function showTrouble(error) {
    if (loaded) { if (error?.status === 401) location.reload(); return; }
    part('videos-empty').hidden = !error;
    if (error) replace(part('videos-empty'), errorState(error, () => location.reload()));
  }
  return reading;
}

async function route() {
  journey?.stop();
  journey = null;
  const id = videoInAddress();
  part('journey-view').hidden = !id;
  part('studio-home').hidden = true;
  part('studio-gate').hidden = true;
  if (id) {
    const who = await session().catch(() => null);
    // The reader may have gone on while this answer was on its way.
    if (videoInAddress() !== id) return;
    // Reviewers and operators may read a journey without having a studio of their own.
    if (['creator', 'reviewer', 'operator'].some((role) => hasRole(who, role))) {
      clockOffset = Date.parse(who.server_time) - Date.now();
      journey = openJourney(part('journey-view'), id, { remove, appeal: startAppeal, now, mayReturn: hasRole(who, 'creator'), takeFocus: wasRouted });
    } else {
      replace(part('journey-view'), signInPanel());
    }
  } else {
    document.title = 'Studio · Groundswell';
    home ??= await startHome();
    if (home) part('studio-home').hidden = false;
    else part('studio-gate').hidden = false;
  }
  part('studio').removeAttribute('aria-busy');
  if (wasRouted) {
    scrollTo(0, 0);
    if (!id) part('studio-home').querySelector('h1').focus();
  }
  wasRouted = true;
}

const signInPanel = () => h('section.empty',
  h('h1', { id: 'journey-title' }, 'Sign in to read this journey'),
  h('p', 'A video’s journey is open to its creator, to reviewers and to operators.'),
  h('a.btn.btn-primary', { href: `/signin?return=${encodeURIComponent(location.pathname + location.hash)}` }, 'Sign in'));

addEventListener('hashchange', route);
route();
