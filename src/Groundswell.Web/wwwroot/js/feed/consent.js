import { del, get, put } from '../api.js';
import { h, replace, toast, toastError } from '../ui.js';

/**
 * One thing that viewers may say about themselves, by a consent of its own: off until they switch it on and choose.
 * Nothing is sent before a choice is made, nothing but the choice is, and switching it off takes it back.
 * @param isSaid whether the server's answer holds a choice
 * @param ask (answer, say) => the choices; say(body, told) sends one and tells the viewer so, say(null) takes all back
 * @param changed runs after the server has it
 */
export function consentSection({ address, title, about, note, withdrawn, isSaid, ask, changed }) {
  const root = h('section.consent', { 'aria-label': title });
  let sending = Promise.resolve();
  let latest = 0;

  function draw(answer, asking = isSaid(answer)) {
    const toggle = h('input', { type: 'checkbox', role: 'switch', checked: asking, onchange: () => {
      if (!toggle.checked && isSaid(answer)) return say(null);
      draw(answer, toggle.checked);
      root.querySelector(toggle.checked ? '.choice :is(input, select)' : '[role="switch"]').focus();
    } });
    replace(root,
      h('label.switch', h('span', h('strong', title), h('br'), h('span.small.muted', about)), toggle),
      asking && h('div.choice', ask(answer, say)),
      note && h('p.small.faint', note));
  }

  const load = async () => draw(await get(address));

  /** One after the other, as they were made; only the last answer is drawn. */
  function say(body, told = body ? null : withdrawn) {
    const mine = ++latest;
    sending = sending.then(async () => {
      try {
        const answer = body ? await put(address, body) : await del(address);
        if (told) toast(told);
        if (mine === latest) await keepingFocus(async () => (body ? draw(answer) : load()));
        changed();
      } catch (error) {
        toastError(error);
        await load().catch(toastError);
      }
    });
  }

  /** What had the focus is drawn anew under the same id; a switch has none. */
  async function keepingFocus(redraw) {
    const focused = root.contains(document.activeElement) ? document.activeElement.id : null;
    await redraw();
    if (focused !== null) (document.getElementById(focused) ?? root.querySelector('[role="switch"]')).focus();
  }

  load().catch(toastError);
  return root;
}
