// The disks that chain data can go to, as the core sees them; asked for when a page opens and when the setting changes.
import type { DiskChoice, DiskChoices, DiskSpeedView, SyncEstimates } from '../ipc/generated';
import { Action } from './action.svelte';
import type { AppStore } from './app.svelte';

/** The disks, for as long as a page is open. */
export class Disks {
  readonly looking = new Action();
  choices = $state.raw<DiskChoices | null>(null);
  /** First syncs on the disk in use, once its speed was measured. */
  estimates = $state.raw<SyncEstimates | null>(null);
  readonly #app: AppStore;

  constructor(app: AppStore) {
    this.#app = app;
  }

  /** Asks the core. */
  async look(): Promise<void> {
    const found = await this.looking.run(() => this.#app.host.call('disk_choices', {}));
    if (found) this.choices = found;
  }

  /** Asks for the estimates of the last measurement, if there was one. */
  async lookAtEstimates(measure: boolean): Promise<SyncEstimates> {
    this.estimates = await this.#app.host.call('sync_estimates', { measure });
    return this.estimates;
  }

  /** The disk that new chain data goes to now. */
  get current(): DiskChoice | null {
    return this.choices?.disks.find((disk) => disk.is_current) ?? null;
  }

  /** Measures a disk. That of the one in use tells how long first syncs take there as well. */
  async measure(disk: DiskChoice): Promise<DiskSpeedView> {
    if (disk.is_current) {
      const { speed } = await this.lookAtEstimates(true);
      if (speed) return speed;
    }
    return this.#app.host.call('disk_measure', { folder: disk.measure_in });
  }
}
