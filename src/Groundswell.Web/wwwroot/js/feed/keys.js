import { h, openDialog } from '../ui.js';

const HELP = [
  [['↓', 'J'], 'Next clip'], [['↑', 'K'], 'Previous clip'], [['Space'], 'Pause or play'], [['M'], 'Sound on or off'],
  [['L'], 'Like'], [['C'], 'Comments'], [['S'], 'Share'], [['F'], 'Follow the creator'], [['N'], 'Not interested'],
  [['W'], 'Why this clip?'], [['?'], 'This help'],
];

export const openHelp = () => openDialog({
  title: 'Keyboard',
  body: h('dl.keys', HELP.map(([keys, what]) => h('div', h('dt', what), h('dd', keys.map((key) => h('kbd', key)))))),
});

/** Single keys act on the current clip, unless somebody types, a dialog is open, or a modifier asks for something else. */
export function onKeys(commands) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const { target } = event;
    if (target.closest('textarea, select, input:not([type="range"]), [contenteditable]')) return;
    const name = event.key === ' ' ? 'space' : event.key.toLowerCase();
    // On a control, space presses it and the arrows and page keys move a slider.
    if (name === 'space' && target.closest('button, a, summary')) return;
    if (/^(arrow|page)/.test(name) && target.closest('input')) return;
    const command = commands[name];
    if (!command || (event.repeat && !name.startsWith('arrow'))) return;
    event.preventDefault();
    command();
  });
}
