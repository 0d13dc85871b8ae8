// How long first syncs take on this machine: the last measurement of the disk, or a new one when somebody asks for it.
import type { SyncEstimate, SyncEstimates } from '../../ipc/generated';
import type { Host } from '../../ipc/host';
import { Action } from '../../state/action.svelte';

/** The estimates of the whole catalog. */
export class Estimates {
  readonly measuring = new Action();
  answer = $state.raw<SyncEstimates | null>(null);
  /** By catalog id; empty while the disk was not measured. */
  readonly byEntry: ReadonlyMap<string, SyncEstimate> = $derived(new Map((this.answer?.entries ?? []).map((each) => [each.client, each.estimate])));
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Takes what was measured before. Without it nothing is lost: the cards show the published times. */
  async recall(): Promise<void> {
    try {
      this.answer = await this.#host.call('sync_estimates', { measure: false });
    } catch {
      this.answer = null;
    }
  }

  /** Measures the disk, some seconds. */
  async measure(): Promise<void> {
    const answer = await this.measuring.run(() => this.#host.call('sync_estimates', { measure: true }));
    if (answer) this.answer = answer;
  }
}
