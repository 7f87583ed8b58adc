// The form that changes rules: what is written is kept until it is put in force or thrown away.
import { put } from '../api.js';
import { h, replace } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { plural } from '../ui/measures.js';
import { busy } from '../ui/states.js';
import { toast, toastError } from '../ui/toast.js';
import { openDryRun } from './dry-run.js';
import { ruleField } from './rule-field.js';
import { changeItem } from './rules-history.js';
import { documentOf, same } from './rule-values.js';

export function createRulesForm({ bar, now, onDone, redraw }) {
  let answer = null;
  let problems = {};
  let overtakenBy = null;
  const written = new Map();

  const valueOf = (item) => (written.has(item.path) ? written.get(item.path) : item.value);
  const changed = () => answer.items.filter((item) => !same(valueOf(item), item.value));

  function close() {
    written.clear();
    [answer, problems, overtakenBy] = [null, {}, null];
    bar.hidden = true;
    onDone();
  }

  function showBar() {
    const count = changed().length;
    const wrong = Object.keys(problems).length;
    bar.hidden = false;
    replace(bar,
      h('p', { role: 'status', class: wrong || overtakenBy ? 'bad' : '' }, overtakenBy
        ? `Someone has set ${overtakenBy} meanwhile: discard, and look at them first.`
        : wrong ? `${plural(wrong, 'rule')} cannot be used as written; nothing was changed.`
          : count ? `${plural(count, 'rule')} changed` : 'Nothing changed yet'),
      h('div.row',
        h('button.btn.btn-small', { type: 'button', onclick: close }, count ? 'Discard' : 'Close'),
        h('button.btn.btn-small', { type: 'button', disabled: !count, onclick: tryOut }, 'Dry run'),
        h('button.btn.btn-small.btn-primary', { type: 'button', disabled: !count || Boolean(overtakenBy), onclick: confirm }, 'Put in force')));
  }

  const tryOut = () => openDryRun({ rules: documentOf(answer.items, valueOf), now, onWrong: showProblems, onApply: confirm });

  /** The form again, with what is wrong at each rule. */
  function showProblems(error) {
    problems = Object.fromEntries(Object.entries(error.errors).map(([path, messages]) => [path.replace(/^rules\./, ''), messages[0]]));
    redraw();
    showBar();
    document.querySelector('#rules [aria-invalid="true"]')?.focus();
  }

  function confirm() {
    const yes = h('button.btn.btn-primary', { type: 'button', onclick: () => busy(yes, apply) }, 'Put in force');
    const dialog = openDialog({
      title: 'Put these rules in force?',
      body: [
        h('p.muted', 'They hold for every decision from now on, without a restart. What was decided and earned stays as it was.'),
        h('ul.changes', changed().map((item) => changeItem({ path: item.path, old: item.value, new: valueOf(item), note: item.note }, item))),
      ],
      foot: [h('button.btn', { type: 'button', onclick: () => dialog.close() }, 'Cancel'), yes],
    });

    async function apply() {
      try {
        const done = await put('/v1/console/rules', documentOf(answer.items, valueOf), { headers: { 'If-Match': `"${answer.version}"` } });
        dialog.close();
        close();
        toast(`${done.version} are in force.`);
      } catch (error) {
        if (error.status === 422) { dialog.close(); showProblems(error); } else toastError(error);
      }
    }
  }

  return {
    isOpen: () => answer !== null,
    isTouched: ({ path }) => written.has(path) || Boolean(problems[path]),
    open(read) { answer = read; showBar(); },
    stale(version) { overtakenBy = version; showBar(); },
    field: (item) => ruleField(item, valueOf(item), problems[item.path], (value) => {
      written.set(item.path, value);
      delete problems[item.path];
      showBar();
    }),
  };
}
