// Whether somebody is at the window: a pointer that moves, a wheel, a key. Costs nothing while nobody is.

/** How long after the last touch somebody still counts as being there, in milliseconds. */
const LINGERS_MS = 5000;
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown', 'scroll', 'hashchange'] as const;

let touched = performance.now();

for (const touch of TOUCHES) window.addEventListener(touch, () => (touched = performance.now()), { passive: true, capture: true });

/** Somebody has just touched the window. */
export function isAttended(): boolean {
  return performance.now() - touched < LINGERS_MS;
}
