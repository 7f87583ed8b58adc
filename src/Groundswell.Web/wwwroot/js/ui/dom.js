const SVG = 'http://www.w3.org/2000/svg';

/**
 * Builds an element: h('a.btn', { href: '/' , onclick: go }, 'Go', icon('right')).
 * Attributes: `on…` functions listen, `dataset` and `style` are objects (the style goes through CSSOM, as the
 * content policy asks), `true` sets an empty attribute, null/false leaves it out. Children: nodes, strings,
 * numbers, nested arrays; null and false are skipped. Text is always text, never markup.
 */
export const h = (selector, ...rest) => build(document.createElement.bind(document), selector, rest);

/** The same for SVG. */
export const s = (selector, ...rest) => build((name) => document.createElementNS(SVG, name), selector, rest);

function build(create, selector, rest) {
  const [name, ...classes] = selector.split('.');
  const node = create(name || 'div');
  if (classes.length) node.setAttribute('class', classes.join(' '));
  const hasAttributes = rest.length > 0 && isAttributes(rest[0]);
  if (hasAttributes) Object.entries(rest[0]).forEach(([key, value]) => setAttribute(node, key, value));
  append(node, hasAttributes ? rest.slice(1) : rest);
  return node;
}

const isAttributes = (value) =>
  value !== null && typeof value === 'object' && !(value instanceof Node) && !Array.isArray(value);

function setAttribute(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === 'function') node.addEventListener(key.replace(/^on/, '').toLowerCase(), value);
  else if (key === 'dataset') Object.assign(node.dataset, value);
  else if (key === 'style') Object.entries(value).forEach(([name, text]) => node.style.setProperty(name, text));
  else if (key === 'class') value.split(' ').filter(Boolean).forEach((one) => node.classList.add(one));
  // Properties, not attributes: an attribute would only set the default value, or the default muting.
  else if (key === 'value' || key === 'checked' || key === 'muted') node[key] = value;
  else node.setAttribute(key, value === true ? '' : String(value));
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/** A picture from the sprite; decoration only, the control around it carries the label. */
export const icon = (name) =>
  s('svg.icon', { 'aria-hidden': 'true', focusable: 'false' }, s('use', { href: `/assets/img/icons.svg#${name}` }));

/** The swell, drawn by CSS in the size and colour of `className`. */
export const mark = (className = 'empty-art') =>
  s('svg', { class: className, viewBox: '0 0 32 32', 'aria-hidden': 'true' }, s('use', { href: '/assets/img/icons.svg#mark' }));

/** A button that shows only an icon: the label is what a screen reader says and what the tooltip shows. */
export const iconButton = (name, label, onclick, attributes = {}) =>
  h('button.icon-btn', { type: 'button', 'aria-label': label, title: label, onclick, ...attributes }, icon(name));

export const clear = (node) => { node.replaceChildren(); return node; };
export const replace = (node, ...children) => { append(clear(node), children); return node; };

let liveRegion = null;

/** Says something to screen readers only. */
export function announce(text) {
  if (!liveRegion) {
    liveRegion = h('div.vh', { 'aria-live': 'polite', role: 'status' });
    document.body.append(liveRegion);
  }
  liveRegion.textContent = text;
}
