// Approve or reject, always with a reason. An approval starts with its first reason chosen, because
// most approvals have the same one; a rejection never does: what a creator is told must be chosen.
import { announce, h, replace } from '../ui/dom.js';

const LONGEST_NOTE = 500;
const VERDICTS = [['approve', 'Approve', 'A'], ['reject', 'Reject', 'R']];

/** @param onConfirm hears { decision, reason, title, note } */
export function createDecision(form, { reasons, onConfirm }) {
  const error = h('p.error', { role: 'alert' });
  const note = h('textarea', { id: 'decision-note', maxlength: LONGEST_NOTE, rows: 2 });
  const chips = h('fieldset.reasons', { hidden: true });
  const confirmButton = h('button.btn.btn-primary', { type: 'submit' }, 'Confirm');
  const verdicts = h('fieldset.verdicts', h('legend.vh', 'Decision'), VERDICTS.map(([value, title, key]) =>
    h('label.verdict', { dataset: { verdict: value } },
      h('input', { type: 'radio', name: 'verdict', value, onchange: () => choose(value) }), h('span', title), h('kbd', { 'aria-hidden': 'true' }, key))));
  let verdict = null;

  const offered = () => reasons.filter((reason) => reason.for === verdict);
  const chosen = () => chips.querySelector('input:checked')?.value ?? null;

  function choose(value, reason = null) {
    verdict = value;
    verdicts.querySelector(`[value=${value}]`).checked = true;
    form.dataset.verdict = value;
    chips.hidden = false;
    const preset = reason ?? (value === 'approve' ? offered()[0]?.code : null);
    replace(chips, h('legend.label', value === 'approve' ? 'Why is it fine?' : 'What is wrong with it?'),
      offered().map((one, i) => h('label.reason',
        h('input', { type: 'radio', name: 'reason', value: one.code, checked: one.code === preset, onchange: () => { error.textContent = ''; } }),
        i < 9 && h('kbd', { 'aria-hidden': 'true' }, i + 1), h('span', one.title))));
    confirmButton.replaceChildren(value === 'approve' ? 'Confirm approval' : 'Confirm rejection');
    confirmButton.disabled = false;
    error.textContent = '';
  }

  function confirm() {
    if (!verdict) { error.textContent = 'Choose approve or reject first.'; return; }
    const reason = chosen();
    if (!reason) { error.textContent = 'Choose a reason: the creator will read it.'; return; }
    onConfirm({ decision: verdict, reason, title: reasons.find((one) => one.code === reason).title, note: note.value.trim() });
  }

  function reset() {
    verdict = null;
    verdicts.querySelectorAll('input').forEach((input) => { input.checked = false; });
    delete form.dataset.verdict;
    chips.hidden = true;
    note.value = '';
    error.textContent = '';
    confirmButton.replaceChildren('Confirm');
    confirmButton.disabled = true;
  }

  form.addEventListener('submit', (event) => { event.preventDefault(); confirm(); });
  replace(form, verdicts, chips,
    h('div.field', h('label', { for: 'decision-note' }, 'Note (optional)'), note), error, confirmButton);
  reset();
  return {
    choose, confirm, reset,
    reason(position) {
      const one = verdict && offered()[position - 1];
      if (!one) return;
      chips.querySelectorAll('input')[position - 1].checked = true;
      error.textContent = '';
      announce(one.title);
    },
    restore(held) { choose(held.decision, held.reason); note.value = held.note; },
  };
}
