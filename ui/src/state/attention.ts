// Whether somebody is at the window: a pointer that moves, a wheel, a key. Costs nothing while nobody is.

/** How long after the last touch somebody still counts as being there, in milliseconds. */
const LINGERS_MS = 5000;
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown', 'scroll', 'hashchange'] as const;

/** How long after the last bit of it scrolling has not ended, in milliseconds. */
const SCROLLS_MS = 150;

let touched = performance.now();
let scrolled = -Infinity;

const passive = { passive: true, capture: true };
for (const touch of TOUCHES) window.addEventListener(touch, () => (touched = performance.now()), passive);
window.addEventListener('scroll', () => (scrolled = performance.now()), passive);

/** Somebody has just touched the window. */
export function isAttended(): boolean {
  return performance.now() - touched < LINGERS_MS;
}

/** Something scrolls: every frame is needed for that. */
export function isScrolling(): boolean {
  return performance.now() - scrolled < SCROLLS_MS;
}
