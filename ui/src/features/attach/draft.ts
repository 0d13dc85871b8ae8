// What the user writes about a node that runs already.

/** Everything as typed; empty means: not said. */
export interface AttachDraft {
  client: string;
  network: string;
  name: string;
  endpoint: string;
  user: string;
  password: string;
}

/** An empty form for a client. */
export function emptyDraft(client: string): AttachDraft {
  return { client, network: '', name: '', endpoint: '', user: '', password: '' };
}
