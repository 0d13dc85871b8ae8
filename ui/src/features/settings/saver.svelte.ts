// Saves settings one at a time: each change goes to the core with everything else as it stands.
import type { SettingsView } from '../../ipc/generated';
import { Action } from '../../state/action.svelte';
import type { AppStore } from '../../state/app.svelte';

/** Saves a part of the settings. */
export class Saver {
  readonly action = new Action();
  readonly #app: AppStore;

  constructor(app: AppStore) {
    this.#app = app;
  }

  async save(part: Partial<SettingsView>): Promise<void> {
    const model = this.#app.model;
    if (model === null) return;
    const settings = { ...model.settings, ...part };
    const answer = await this.action.run(() => this.#app.host.call('settings_change', settings));
    if (answer) this.#app.patch({ settings: answer });
  }
}
