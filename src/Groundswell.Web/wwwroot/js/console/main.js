// The console: one overview, read every three seconds; each part redraws only when its numbers have changed.
import { get } from '../api.js';
import { h, icon, replace } from '../ui/dom.js';
import { dateTime } from '../ui/format.js';
import { plural } from '../ui/measures.js';
import { poll } from '../ui/polling.js';
import { setText } from '../ui/refresh.js';
import { requireRole } from '../ui/states.js';
import { showAudience } from './audience.js';
import { startBoosts } from './boosts.js';
import { startChallenges } from './challenges.js';
import { startExperiments } from './experiments.js';
import { createFlow } from './flow.js';
import { showEngine, showRevivals, showSources, showTests, showTrends } from './parts.js';
import { showRemoved } from './removed.js';
import { createRules } from './rules.js';
import { createStageVideos } from './stage-videos.js';
import { showExits, showTraffic } from './traffic.js';
import { showVitals } from './vitals.js';

const EVERY_MS = 3000;
const part = (id) => document.getElementById(id);
let engineTime = Date.now();

function draw(overview, flow, rules) {
  engineTime = overview.engine_time;
  setText(part('console-clock'), `Engine time ${dateTime(overview.engine_time)}`);
  setText(part('flow-total'), `${plural(overview.totals.videos, 'video')} by ${plural(overview.totals.creators, 'creator')}`);
  flow.show(overview.stages);
  showVitals(part('vitals'), overview);
  showTraffic(part('live'), overview.live);
  showExits(part('exits'), overview.exit_rate);
  showTests(part('tests'), overview.tests);
  showRevivals(part('revivals'), overview.revivals);
  showEngine(part('engine'), overview);
  showSources(part('sources'), overview.sources);
  showTrends(part('trends'), overview.trends);
  showAudience(part('audience'), overview.audience);
  showRemoved(part('disqualified'), overview.disqualified);
  rules.expect(overview.rules_version);
}

function allowPausing(button, ...readings) {
  let paused = false;
  button.addEventListener('click', () => {
    paused = !paused;
    button.setAttribute('aria-pressed', String(paused));
    replace(button, icon(paused ? 'play' : 'pause'), h('span', paused ? 'Resume updates' : 'Pause updates'));
    readings.forEach((reading) => (paused ? reading.pause() : reading.resume()));
  });
}

function showTrouble(error) {
  replace(part('console-trouble'), error && h('p.notice.notice-bad', icon('warning'),
    `The server does not answer (${error.title}). The numbers below are the last ones it gave; trying again.`));
}

async function start() {
  const who = await requireRole('operator', part('console-gate-panel'), {
    title: 'The console is for operators', text: 'It shows how the whole engine is doing, and the rules it runs by.',
  });
  part('console').removeAttribute('aria-busy');
  part('console-gate').hidden = Boolean(who);
  if (!who) return;
  part('console-board').hidden = false;

  const videos = createStageVideos(part('stage-videos'), { onClose: () => flow.select(null) });
  const flow = createFlow(part('flow'), { onSelect: (stage) => videos.open(stage) });
  const rules = createRules({
    table: part('rules-table'), search: part('rules-search'), version: part('rules-version'), actions: part('rules-actions'), bar: part('rules-bar'),
  }, () => engineTime);
  const reading = poll(async (signal) => draw(await get('/v1/console/overview', { signal }), flow, rules), { every: EVERY_MS, onError: showTrouble });
  const desks = [startBoosts(part), startChallenges(part), startExperiments(part)];
  allowPausing(part('console-pause'), reading, ...desks);
}

start();
