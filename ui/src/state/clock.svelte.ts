// The one timer for everything that counts. Runs only while something looks at it and the window is visible.
import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 1000;

const subscribe = createSubscriber((update) => {
  let timer: ReturnType<typeof setInterval> | null = null;
  const arrange = () => {
    if (timer !== null) clearInterval(timer);
    timer = document.hidden ? null : setInterval(update, TICK_MS);
    if (!document.hidden) update();
  };
  arrange();
  document.addEventListener('visibilitychange', arrange);
  return () => {
    if (timer !== null) clearInterval(timer);
    document.removeEventListener('visibilitychange', arrange);
  };
});

/** The time now, in milliseconds; whoever reads it is told every second. */
export function now(): number {
  subscribe();
  return Date.now();
}
