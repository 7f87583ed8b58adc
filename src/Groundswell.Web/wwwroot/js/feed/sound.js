import { remembered } from '../storage.js';

// One switch for every clip: browsers let a page start silently only, so it starts muted until somebody chose sound.
const listeners = new Set();
let muted = remembered.get('sound') !== 'on';

function change(value) {
  if (muted === value) return;
  muted = value;
  listeners.forEach((listener) => listener(muted));
}

export const sound = {
  get muted() { return muted; },
  toggle() {
    change(!muted);
    remembered.set('sound', muted ? 'off' : 'on');
  },
  /** The browser refused sound this time; the viewer's choice stays remembered for the next. */
  refused() { change(true); },
  onChange(listener) { listeners.add(listener); },
};
