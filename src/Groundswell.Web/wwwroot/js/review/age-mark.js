// For which age a clip is: marked at once and apart from the decision, since it holds at whatever stage the clip is.
import { put } from '../api.js';
import { h } from '../ui/dom.js';
import { toast, toastError } from '../ui/toast.js';

export function ageMark(item) {
  const toggle = h('input', { type: 'checkbox', role: 'switch', checked: item.adults_only, onchange: mark });

  async function mark() {
    const adultsOnly = toggle.checked;
    try {
      await put(`/v1/review/${item.video_id}/age`, { adults_only: adultsOnly });
      item.adults_only = adultsOnly;
      toast(adultsOnly ? 'Marked as for adults only.' : 'Marked as for every age.');
    } catch (error) {
      toggle.checked = !adultsOnly;
      toastError(error);
    }
  }

  return h('label.switch', h('span', h('strong', 'For adults only'), h('br'), h('span.small.muted', 'Shown only to viewers who say that they are 18 or older.')), toggle);
}
