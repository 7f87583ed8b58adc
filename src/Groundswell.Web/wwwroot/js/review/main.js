// The desk: what waits, the clip, the evidence, the decision. It reads the queue every five seconds
// and never takes away what a reviewer is looking at.
import { get, post } from '../api.js';
import { announce, h, icon, replace } from '../ui/dom.js';
import { plural } from '../ui/measures.js';
import { poll } from '../ui/polling.js';
import { setText } from '../ui/refresh.js';
import { emptyState, requireRole } from '../ui/states.js';
import { toast } from '../ui/toast.js';
import { showClip } from './clip.js';
import { createDecision } from './decision.js';
import { showEvidence } from './evidence.js';
import { showHelp } from './help.js';
import { listenForKeys } from './keys.js';
import { createPending } from './pending.js';
import { showQueue } from './queue.js';
import { createUndoBar } from './undo-bar.js';

const EVERY_MS = 5000;
const part = (id) => document.getElementById(id);

let items = [];
let current = null;
let decidedToday = 0;
let clip = null;
let decision = null;
let reading = null;
/** Decided here and on the way to the server: the queue may still list them. */
const decided = new Set();
const undoBar = createUndoBar(part('undo-bar'), () => takeBack());
const pending = createPending({ deliver, onChange: (held) => { undoBar.show(held); count(); } });

const waiting = () => items.filter((item) => !decided.has(item.video_id));

function accept(queue) {
  decidedToday = queue.decided_today;
  decision ??= createDecision(part('decision'), { reasons: queue.reasons, onConfirm: decide });
  // The clip on the desk stays even if somebody else has just decided it: the answer to the decision will say so.
  const kept = current && !decided.has(current.video_id) && !queue.items.some((item) => item.video_id === current.video_id);
  items = kept ? [current, ...queue.items] : queue.items;
  for (const id of decided) if (pending.held?.item.video_id !== id && !queue.items.some((item) => item.video_id === id)) decided.delete(id);
  if (!current) select(waiting()[0] ?? null);
  else draw();
}

function draw() {
  showQueue(part('queue'), waiting(), current, select);
  count();
  part('desk').hidden = !current;
  part('desk-empty').hidden = Boolean(current);
}

function count() {
  setText(part('waiting-count'), `${waiting().length} waiting`);
  setText(part('decided-count'), `${plural(decidedToday + (pending.held ? 1 : 0), 'decision')} today`);
}

function select(item) {
  // Choosing the open clip again must not wipe a half-made decision.
  if (item && item.video_id === current?.video_id) return;
  current = item;
  draw();
  clip?.stop();
  clip = item && showClip(part('clip'), item);
  if (!item) return;
  showEvidence(part('evidence'), item);
  decision.reset();
  document.querySelector('#queue [aria-current]')?.scrollIntoView({ block: 'nearest' });
  announce(`${item.caption || 'Clip without caption'}, ${plural(item.flags.length, 'flag')}`);
}

function step(by) {
  const list = waiting();
  const next = list[list.findIndex((item) => item.video_id === current?.video_id) + by];
  if (next) select(next);
}

function decide(choice) {
  const item = current;
  const list = waiting();
  const at = list.findIndex((one) => one.video_id === item.video_id);
  decided.add(item.video_id);
  select(list[at + 1] ?? list[at - 1] ?? null);
  pending.hold({ item, ...choice });
}

function takeBack() {
  const held = pending.undo();
  if (!held) { toast('Nothing to take back: the last decision has been sent.'); return; }
  decided.delete(held.item.video_id);
  if (!items.some((item) => item.video_id === held.item.video_id)) items.unshift(held.item);
  select(held.item);
  decision.restore(held);
}

async function deliver({ item, decision: verdict, reason, note }, { leaving }) {
  try {
    await post(`/v1/review/${item.video_id}/decision`, { decision: verdict, reason, note: note || undefined }, { keepalive: leaving });
    decidedToday += 1;
  } catch (error) {
    if (error.status === 409) toast(`Someone decided this first. ${error.detail}`.trim());
    else {
      // The clip comes back to the queue: an unsent decision must not look like a made one.
      decided.delete(item.video_id);
      toast(`Not sent: ${error.detail || error.title} The clip is back in the queue.`, { bad: true });
    }
  }
  reading.now();
}

function showTrouble(error) {
  part('review-trouble').hidden = !error;
  if (error) replace(part('review-trouble'), h('p.notice.notice-warn', icon('warning'), 'The queue cannot be read at the moment; trying again. Your decisions wait.'));
}

async function start() {
  const who = await requireRole('reviewer', part('review-gate-panel'), {
    title: 'The review desk is for reviewers', text: 'Here people decide what the machine was unsure about.',
  });
  part('review').removeAttribute('aria-busy');
  part('review-gate').hidden = Boolean(who);
  if (!who) return;
  part('review-desk').hidden = false;
  replace(part('desk-empty'), emptyState('All clear', 'Nothing waits for a person. New clips appear here by themselves; there is no need to reload.'));
  part('show-keys').addEventListener('click', showHelp);
  reading = poll(async (signal) => accept(await get('/v1/review/queue', { signal })), { every: EVERY_MS, onError: showTrouble });
  await reading.first;
  listenForKeys({
    next: () => step(1),
    previous: () => step(-1),
    playOrPause: () => clip?.playOrPause(),
    mute: () => clip?.mute(),
    approve: () => current && decision?.choose('approve'),
    reject: () => current && decision?.choose('reject'),
    reason: (key) => current && decision?.reason(Number(key)),
    confirm: () => current && decision?.confirm(),
    undo: takeBack,
    help: showHelp,
  });
}

start();
