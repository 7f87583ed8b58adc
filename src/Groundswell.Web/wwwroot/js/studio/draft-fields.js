// What a creator says about a clip before it goes up. Everything here is optional.
import { h, replace } from '../ui/dom.js';
import { hashtagsIn } from './caption.js';

const LONGEST_CAPTION = 2000;

export function draftFields(draft, submit) {
  const id = `draft-${draft.key}`;
  const tags = h('span.tags', { 'aria-live': 'polite' });
  const captionError = h('span.error', { id: `${id}-caption-error`, hidden: true });
  const soundError = h('span.error', { id: `${id}-sound-error`, hidden: true });

  const caption = h('textarea', {
    id: `${id}-caption`, value: draft.caption, maxlength: LONGEST_CAPTION, rows: 2, 'aria-describedby': `${id}-caption-hint ${id}-caption-error`,
    oninput: () => { draft.caption = caption.value; showTags(); },
    onkeydown: (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(); },
  });
  const sound = h('input', {
    id: `${id}-sound`, type: 'text', maxlength: 120, autocomplete: 'off', 'aria-describedby': `${id}-sound-error`,
    oninput: () => { draft.sound = sound.value.trim(); },
  });
  const original = h('input', { type: 'checkbox', onchange: () => { draft.originalSound = original.checked; } });

  function showTags() {
    const found = hashtagsIn(draft.caption);
    replace(tags, found.length
      ? found.map((tag) => h('span.chip.chip-sea', `#${tag}`))
      : h('span.hint', 'Words with # become hashtags: they help the right people find it.'));
  }

  showTags();
  return {
    node: h('div.draft-fields',
      h('div.field', h('label', { for: `${id}-caption` }, 'Caption'), caption, captionError,
        h('div.under', { id: `${id}-caption-hint` }, tags)),
      h('div.field', h('label', { for: `${id}-sound` }, 'Sound title (optional)'), sound, soundError,
        h('label.check', original, 'This sound is my own'))),
    /** Shows what the server had against single fields. */
    mark(errors = {}) {
      markOne(caption, captionError, errors.caption);
      markOne(sound, soundError, errors.sound);
    },
  };
}

function markOne(input, place, messages) {
  place.hidden = !messages;
  place.textContent = messages?.join(' ') ?? '';
  if (messages) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}
