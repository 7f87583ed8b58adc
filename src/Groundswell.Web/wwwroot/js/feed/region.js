import { del, get, put } from '../api.js';
import { h, replace, toast, toastError } from '../ui.js';

const language = document.documentElement.lang || 'en';
const names = new Intl.DisplayNames(language, { type: 'region' });

const byName = (codes) => codes.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name, language));

/**
 * The viewer's consent to say where they are: off until they switch it on and choose. Nothing is sent before a choice is
 * made, and nothing but their choice is. `changed()` runs after the server has it.
 */
export function regionSection({ personalised, changed }) {
  const root = h('section.consent', { 'aria-label': 'Share my region' });

  function draw({ region, regions }, asking = region !== null) {
    const toggle = h('input', { type: 'checkbox', role: 'switch', checked: asking, onchange: () => {
      if (toggle.checked) draw({ region, regions }, true).focus();
      else if (region !== null) withdraw();
      else draw({ region, regions }, false).focus();
    } });
    const choice = h('select', { id: 'region-choice', onchange: () => share(choice.value) },
      region === null && h('option', { value: '', disabled: true, selected: true }, 'Choose …'),
      byName(regions).map(({ code, name }) => h('option', { value: code, selected: code === region }, name)));
    replace(root,
      h('label.switch', h('span', h('strong', 'Share my region'), h('br'),
        h('span.small.muted', 'Groups you with viewers there, for what is trending and for the first viewers of new clips.')), toggle),
      asking && h('div.field', h('label', { for: 'region-choice' }, 'Country or territory'), choice,
        !personalised && h('p.hint', 'Not used while your feed is not personalised.')),
      h('p.small.faint', 'Only what you choose here is used, never your address or your position. Switched off, your profile forgets it.'));
    return asking && region === null ? choice : toggle;
  }

  async function load() {
    try {
      draw(await get('/v1/viewer/region'));
    } catch (error) {
      toastError(error);
    }
  }

  async function share(region) {
    try {
      const answer = await put('/v1/viewer/region', { region });
      draw(answer);
      root.querySelector('select').focus();
      toast(`Shared: ${names.of(region) ?? region}.`);
      changed();
    } catch (error) {
      toastError(error);
      load();
    }
  }

  async function withdraw() {
    try {
      await del('/v1/viewer/region');
      toast('Your region is no longer shared.');
      changed();
    } catch (error) {
      toastError(error);
    }
    await load();
    root.querySelector('[role="switch"]')?.focus();
  }

  load();
  return root;
}
