// Redraws a part of the page only when what it shows has changed, and so that a reader notices
// nothing but the news: what was unfolded stays unfolded, what had the focus keeps it, nothing scrolls.

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
const shown = new WeakMap();

/** @param build (data) => node or array of nodes, called only when `data` differs from the last time */
export function refresh(node, data, build) {
  const key = JSON.stringify(data);
  if (shown.get(node) === key) return false;
  shown.set(node, key);
  const before = {
    open: [...node.querySelectorAll('details')].map((one) => one.open),
    scrolled: [...node.querySelectorAll('.table-wrap')].map((one) => one.scrollLeft),
    focus: [...node.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement),
  };
  node.replaceChildren(...[build(data)].flat(Infinity).filter(Boolean));
  node.querySelectorAll('details').forEach((one, i) => { one.open = before.open[i] ?? one.open; });
  node.querySelectorAll('.table-wrap').forEach((one, i) => { one.scrollLeft = before.scrolled[i] ?? 0; });
  if (before.focus >= 0) node.querySelectorAll(FOCUSABLE)[before.focus]?.focus({ preventScroll: true });
  return true;
}

/** Writes a text only when it is another one: an unchanged node keeps a reader's selection. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
