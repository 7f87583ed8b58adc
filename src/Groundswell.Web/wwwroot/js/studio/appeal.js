import { post } from '../api.js';
import { h } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { busy } from '../ui/states.js';
import { toast } from '../ui/toast.js';

const LONGEST_NOTE = 1000;

/** Asks a person to look again. Resolves to true once the appeal has been sent. */
export async function appeal(video) {
  const note = h('textarea', { id: 'appeal-note', maxlength: LONGEST_NOTE, required: true, 'aria-describedby': 'appeal-hint appeal-error' });
  const error = h('p.error', { id: 'appeal-error', role: 'alert' });
  const send = h('button.btn.btn-primary', { type: 'submit', form: 'appeal-form' }, 'Send appeal');
  const cancel = h('button.btn', { type: 'button', onclick: () => opened.close(false) }, 'Cancel');
  const form = h('form.stack', { id: 'appeal-form', novalidate: true, onsubmit: submit },
    h('p.muted', video.headline),
    h('div.field', h('label', { for: 'appeal-note' }, 'Why should we look again?'), note,
      h('span.hint', { id: 'appeal-hint' }, 'A person reads this beside your clip. Say what the first look missed.'), error));
  const opened = openDialog({ title: 'Appeal this decision', body: form, foot: [cancel, send] });
  note.focus();

  async function submit(event) {
    event.preventDefault();
    if (!note.value.trim()) {
      error.textContent = 'Write a sentence or two, so that the reviewer knows what to look for.';
      note.setAttribute('aria-invalid', 'true');
      note.focus();
      return;
    }
    await busy(send, async () => {
      try {
        await post(`/v1/videos/${video.video_id}/appeal`, { note: note.value.trim() });
        opened.close(true);
        toast('Your appeal is with the reviewers.');
      } catch (problem) {
        error.textContent = problem.detail || problem.title;
      }
    });
  }
  return (await opened.closed) === true;
}
