// Browser storage may be full, blocked or absent (private windows): a preference is then simply not remembered.
const safely = (area) => ({
  get(key) {
    try { return window[area].getItem(`groundswell.${key}`); } catch { return null; }
  },
  set(key, value) {
    try { window[area].setItem(`groundswell.${key}`, value); } catch { /* not remembered */ }
  },
});

export const remembered = safely('localStorage');
export const thisTab = safely('sessionStorage');
