// Experiments with the rules: what is tried on whom, what has come of it so far and how sure that is, and stopping it.
import { ApiError, del, get, post } from '../api.js';
import { meterRow } from '../ui/charts.js';
import { confirmDialog } from '../ui/dialog.js';
import { h } from '../ui/dom.js';
import { number, percent, points, relativeTime } from '../ui/format.js';
import { plural, span } from '../ui/measures.js';
import { poll } from '../ui/polling.js';
import { refresh, setText } from '../ui/refresh.js';
import { toast, toastError } from '../ui/toast.js';
import { deskForm, field } from './desk-form.js';
import { meant, read, written } from './rule-values.js';

const EVERY_MS = 10_000;
const HOUR_MS = 3_600_000;
const STATES = { waiting: ['chip', 'Waiting'], running: ['chip chip-accent', 'Running'], over: ['chip', 'Over'], stopped: ['chip chip-warn', 'Stopped'] };
const input = (attributes) => h('input', { 'data-form': 'experiment', ...attributes });

/** How a measure is written, and whether more of it is better. */
const MEASURES = {
  points_each: { title: (unit) => `Points a ${unit}`, write: points, more: 'better' },
  points_per_view: { title: () => 'Points a view', write: points, more: 'better' },
  completion_rate: { title: () => 'Views watched to the end', write: (value) => percent(value), more: 'better' },
  exit_rate: { title: () => 'Views that ended a session', write: (value) => percent(value), more: 'worse' },
  early_skip_rate: { title: () => 'Views skipped early', write: (value) => percent(value), more: 'worse' },
};
const OTHER = { better: 'worse', worse: 'better' };

export function startExperiments(part) {
  const rules = new Map();
  const reading = poll(async (signal) => {
    if (rules.size === 0) (await get('/v1/console/rules', { signal })).items.forEach((item) => rules.set(item.path, item));
    draw(await get('/v1/console/experiments', { signal }));
  }, { every: EVERY_MS });
  let formed = false;

  function draw({ experiments, most_running: most, varied }) {
    if (!formed) form(varied);
    const alive = experiments.filter(isAlive).length;
    setText(part('experiments-running'), alive ? `${number(alive)} of at most ${number(most)}` : '');
    refresh(part('experiments-list'), { experiments, minute: Math.floor(Date.now() / 60_000) }, () => (experiments.length
      ? h('ul.desk-list', { 'aria-label': 'Experiments' }, experiments.map(item))
      : h('p.muted', 'No experiment has been started.')));
  }

  function form(varied) {
    formed = true;
    const rule = h('select', { 'data-form': 'experiment', onchange: () => { value.value = written(chosen(), chosen().value); demand(); } }, [['viewer', 'Between viewers'], ['video', 'Between videos']].map(([unit, title]) =>
      h('optgroup', { label: title }, varied[unit].map((path) => h('option', { value: path }, path)))));
    const chosen = () => rules.get(rule.value);
    const value = input({ type: 'text', autocomplete: 'off', spellcheck: 'false', value: written(chosen(), chosen().value) });
    const valueField = field('value', 'Value of the treatment', value, { hint: ' ' });
    const demand = () => { valueField.querySelector('.hint').textContent = `In force: ${read(chosen(), chosen().value)}. Must be ${chosen().demand}.`; };
    demand();
    deskForm(part('experiment-form'), [
      field('name', 'Name', input({ type: 'text', maxlength: 80, autocomplete: 'off' })),
      field('why', 'What you expect', input({ type: 'text', maxlength: 300, autocomplete: 'off' })),
      field('rule', 'Rule to vary', rule),
      valueField,
      field('share', 'Who takes part', choice([[1, 'Everybody'], [0.5, 'Half'], [0.2, 'A fifth'], [0.1, 'A tenth']])),
      field('until', 'For how long', choice([['', 'Until stopped'], [7, '1 week'], [14, '2 weeks'], [30, '30 days'], [90, '90 days']])),
    ], {
      submit: 'Start', title: 'Half of those who take part have the treatment. Exits and early skips are watched: when they surely rise, it stops by itself.',
      async send(said) {
        await post('/v1/console/experiments', bodyOf(said, rules.get(said.rule), varied)).catch((error) => { throw atFields(error, said.rule); });
        toast('The experiment runs.');
        reading.now();
      },
    });
  }

  async function stop(experiment) {
    const sure = await confirmDialog({ title: 'Stop this experiment?', text: `Everybody is back at the rules in force. “${experiment.name}” cannot be taken up again; what it has found stays.`, confirm: 'Stop it', danger: true });
    if (!sure) return;
    try {
      await del(`/v1/console/experiments/${experiment.experiment_id}`);
      reading.now();
    } catch (error) { toastError(error); }
  }

  function item(experiment) {
    const [tone, title] = STATES[experiment.status];
    return h('li.desk-item.no-poster', { dataset: { experimentId: experiment.experiment_id, status: experiment.status } },
      h('div.desk-name', h('span', experiment.name), h('span', { class: tone }, title)),
      h('div.desk-acts', isAlive(experiment) && h('button.btn.btn-small', { type: 'button', onclick: () => stop(experiment) }, 'Stop')),
      h('div.desk-about',
        h('p', experiment.changes.length
          ? experiment.changes.map((change) => `${change.path}: ${read(rules.get(change.path), change.old)} → ${read(rules.get(change.path), change.new)}`).join(', ')
          : 'The rules in force leave it nothing to change: nobody takes part.'),
        h('p', `${experiment.why} · by ${experiment.by}, ${timesOf(experiment)}`),
        endOf(experiment),
        h('p', unitsOf(experiment)),
        experiment.effects.length ? effectsOf(experiment) : isAlive(experiment) && waitOf(experiment)));
  }

  return reading;
}

const isAlive = ({ status }) => status === 'running' || status === 'waiting';
const choice = (options) => h('select', { 'data-form': 'experiment' }, options.map(([value, text]) => h('option', { value }, text)));

function bodyOf({ name, why, rule, value, share, until }, item, varied) {
  const [group, leaf] = rule.split('.');
  const said = item.kind === 'switch' ? { on: true, off: false, true: true, false: false }[value.trim().toLowerCase()] ?? value : meant(item, value);
  return {
    name, why, unit: varied.viewer.includes(rule) ? 'viewer' : 'video', share: Number(share), rules: { [group]: { [leaf]: said } },
    until: until ? new Date(Date.now() + Number(until) * 24 * HOUR_MS).toISOString() : null,
  };
}

/** A refusal of the document of rules is shown at the value, or at the rule that another experiment varies. */
function atFields(error, path) {
  if (!(error instanceof ApiError)) return error;
  error.errors = Object.fromEntries(Object.entries(error.errors).map(([name, messages]) => [name === 'rules' || name === `rules.${path}` ? 'value' : name, messages]));
  return error;
}

function timesOf({ status, from, until, stopped_at: stopped }) {
  if (status === 'stopped') return `begun ${relativeTime(from)}, stopped ${relativeTime(stopped)}`;
  if (status === 'waiting') return `begins ${relativeTime(from)}`;
  if (!until) return `since ${relativeTime(from)}`.replace('since just now', 'begun just now').replace(/^since (.*) ago$/, 'begun $1 ago');
  return status === 'over' ? `ended ${relativeTime(until)}` : `ends ${relativeTime(until)}`;
}

function endOf({ cause, deciding, unit, terms, stopped_by: by, note }) {
  if (!cause) return null;
  if (cause === 'operator') return h('p', `${by} stopped it${note ? `: ${note}` : '.'}`);
  const { title, write } = MEASURES[deciding.measure];
  return h('p.deadline-note', `A guardrail stopped it. ${title(unit)}: ${write(deciding.treatment)} with the treatment, ${write(deciding.control)} without; `
    + `surely at least ${write(deciding.low)} more, where ${write(terms.guardrail_margin * deciding.control)} are allowed.`);
}

function unitsOf(experiment) {
  const { unit, control_units: without, treatment_units: having, under_observation: open, share, terms } = experiment;
  const alive = isAlive(experiment);
  return `${plural(having, unit)} with the treatment and ${number(without)} without, each observed for ${span(terms.observed_hours * 3600)}${alive ? `; ${number(open)} under observation` : ''}. `
    + `${share === 1 ? 'All' : percent(share, 0)} ${alive ? 'take' : 'took'} part${terms.hold_out_share ? `, but for ${percent(terms.hold_out_share, 0)} held out of all experiments` : ''}.`;
}

function waitOf({ unit, terms, control_units: without, treatment_units: having }) {
  const least = Math.min(without, having);
  return meterRow('Until something can be said', Math.min(1, least / terms.least_units), `${number(least)} of ${plural(terms.least_units, unit)} in each arm`, { accent: true });
}

function effectsOf({ name, unit, effects, terms }) {
  const head = ['Measure', 'With', 'Without', 'Difference, at any time', 'In words'];
  return h('div.table-wrap', { tabindex: 0, role: 'region', 'aria-label': `Effects of ${name}` }, h('table.table.table-stack.effects',
    h('caption.small.muted', `Each interval holds however often you look: in ${percent(1 - terms.false_alarm_rate, 0)} of experiments it never leaves out the truth.`),
    h('thead', h('tr', head.map((title, i) => h('th', { scope: 'col', class: i > 0 && i < 4 ? 'num' : '' }, title)))),
    h('tbody', effects.map((effect) => {
      const { title, write, more } = MEASURES[effect.measure];
      const cells = [write(effect.treatment), write(effect.control), `${signed(effect.low, write)} to ${signed(effect.high, write)}`];
      return h('tr', h('th', { scope: 'row' }, title(unit)),
        cells.map((cell, i) => h('td.num', { dataset: { label: head[i + 1] } }, cell)),
        h('td', { dataset: { label: head[4] } }, inWords(effect, more)));
    }))));
}

const signed = (value, write) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${write(Math.abs(value))}`;

function inWords({ low, high, difference, control }, more) {
  if (low <= 0 && high >= 0) return 'No difference is sure yet';
  const share = control > 0 ? `, by about ${percent(Math.abs(difference) / control, 0)}` : '';
  return h('span', { class: `chip chip-${(low > 0 ? more : OTHER[more]) === 'better' ? 'good' : 'bad'}` }, `Surely ${low > 0 ? more : OTHER[more]}${share}`);
}
