import { h } from '../ui/dom.js';
import { openDialog } from '../ui/dialog.js';
import { KEYS } from './keys.js';

export function showHelp() {
  openDialog({
    title: 'Keys',
    body: h('dl.key-list', KEYS.map(({ shown, text }) =>
      h('div', h('dt', shown.map((key) => h('kbd', key))), h('dd', text)))),
  });
}
