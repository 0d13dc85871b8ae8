// What a layout does wrong with the texts that it holds: text that leaves its box or is cut, things that lie on each
// other, controls outside the window. Answers with a list of lines; empty where all is well.
const TOLERANCE = 1;
/** Glyphs of two lines may touch; more than this is one thing on another. */
const TOUCH = 4;
const CONTROLS = 'a, button, input, select, textarea, summary, [role=switch], [role=tab]';
const found = new Set();
const styles = new Map();
const style = (one) => styles.get(one) ?? styles.set(one, getComputedStyle(one)).get(one);
const name = (one) => {
  const classes = [...one.classList].filter((each) => !each.startsWith('svelte-')).join('.');
  const id = one.closest('[data-testid]')?.dataset.testid ?? one.closest('[id]')?.id ?? '';
  return `${one.tagName.toLowerCase()}${classes ? `.${classes}` : ''} in ${id || '?'} "${one.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
};
const scrolls = (value) => value === 'auto' || value === 'scroll';
const isShown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
/** Made for screen readers only: one pixel, or clipped to nothing. */
const isUnseen = (one) => one.closest('.visually-hidden, [hidden]') !== null || style(one).clipPath !== 'none';
/** Of a page under an open dialog nothing is seen. */
const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
const all = [root, ...root.querySelectorAll('*')].filter((one) => !(one instanceof SVGElement) && isShown(one) && !isUnseen(one));

/** What scrolls or cuts an element, the nearest first. */
const frame = (one) => {
  for (let up = one.parentElement; up !== null; up = up.parentElement) {
    const { overflowX, overflowY } = style(up);
    if (overflowX !== 'visible' || overflowY !== 'visible') return up;
  }
  return document.body;
};
/** What it floats on by intention; null for what stands on the page. */
const layer = (one) => {
  for (let up = one; up !== null; up = up.parentElement) {
    if (up.matches('dialog, [popover]') || /fixed|sticky|absolute/.test(style(up).position)) return up;
  }
  return null;
};

/** Every line of text and every control, as boxes. */
const boxes = [];
const add = (owner, { left, right, top, bottom }) => {
  if (right - left > 1 && bottom - top > 1) boxes.push({ owner, left, right, top, bottom });
};
for (const one of all) {
  if (one.matches(CONTROLS)) add(one, one.getBoundingClientRect());
  for (const child of one.childNodes) {
    if (child.nodeType !== Node.TEXT_NODE || child.data.trim() === '') continue;
    const range = document.createRange();
    range.selectNodeContents(child);
    for (const box of range.getClientRects()) add(one, box);
  }
}

for (const one of all) {
  const { overflowX, overflowY, textOverflow, display } = style(one);
  if (display === 'inline' || one.clientWidth === 0 || /^(INPUT|TEXTAREA|SELECT|OPTION)$/.test(one.tagName)) continue;
  // What is in something that scrolls sideways may be as wide as it likes.
  const isWide = one.scrollWidth - one.clientWidth > TOLERANCE && !scrolls(overflowX) && !scrolls(style(frame(one)).overflowX);
  const isHigh = one.scrollHeight - one.clientHeight > TOLERANCE && overflowY === 'hidden';
  if (!isWide && !isHigh) continue;
  // What sticks out may be an ornament; only text and controls count.
  const edge = one.getBoundingClientRect();
  const inside = boxes.filter(({ owner }) => one.contains(owner) && (owner === one || frame(owner) === one || frame(owner).contains(one)));
  const out = isWide ? Math.max(0, ...inside.map((box) => Math.max(box.right - edge.right, edge.left - box.left))) : 0;
  const below = isHigh ? Math.max(0, ...inside.map((box) => box.bottom - edge.bottom)) : 0;
  // A name or a path that is shortened with dots has its whole text at hand.
  const hasWhole = one.closest('[title]') !== null || one.querySelector('[title]') !== null;
  if (out > TOLERANCE && textOverflow !== 'ellipsis') found.add(`${Math.round(out)} too wide: ${name(one)}`);
  else if (out > TOLERANCE && !hasWhole) found.add(`cut off: ${name(one)}`);
  if (below > TOUCH) found.add(`${Math.round(below)} too high: ${name(one)}`);
}
if (document.documentElement.scrollWidth > innerWidth + TOLERANCE) found.add(`the page is ${document.documentElement.scrollWidth - innerWidth} too wide`);

const seen = [];
for (const box of boxes) {
  const within = frame(box.owner);
  const cut = within.getBoundingClientRect();
  const isCut = style(within).overflowX !== 'visible';
  const isCarried = scrolls(style(within).overflowX) && within.scrollWidth > within.clientWidth + TOLERANCE;
  if (box.owner.matches(CONTROLS) && !isCarried && (box.right > innerWidth + TOLERANCE || box.left < -TOLERANCE)) found.add(`outside the window: ${name(box.owner)}`);
  let [left, right] = isCut ? [Math.max(box.left, cut.left), Math.min(box.right, cut.right)] : [box.left, box.right];
  if (style(box.owner).overflowX === 'hidden' && style(box.owner).display !== 'inline') {
    // Its own text ends at its edge.
    const edge = box.owner.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
  }
  if (right - left > TOUCH) seen.push({ ...box, left, right, within, layer: layer(box.owner) });
}
seen.sort((a, b) => a.top - b.top);
const isOneThing = (a, b) => {
  if (a.contains(b) || b.contains(a)) return true;
  // A field that is made invisible and lies under its own label is one thing with it.
  const label = a.closest('label') ?? b.closest('label');
  return label !== null && label.contains(a) && label.contains(b) && (a.matches('input') || b.matches('input'));
};
seen.forEach((a, index) => {
  for (let next = index + 1; next < seen.length && seen[next].top < a.bottom - TOUCH; next += 1) {
    const b = seen[next];
    if (a.within !== b.within || a.layer !== b.layer || isOneThing(a.owner, b.owner)) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - b.top;
    if (wide > TOUCH && high > TOUCH) found.add(`on each other: ${name(a.owner)} and ${name(b.owner)}`);
  }
});
return [...found];
