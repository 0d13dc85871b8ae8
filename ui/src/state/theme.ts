// Puts the chosen theme on the document; styles/theme.css does the rest.
import type { Theme } from '../ipc/generated';

/** Applies a theme. `system` leaves the choice to the media query. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}
