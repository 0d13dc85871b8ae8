// Made-up but plausible answers of the core, for looking at the interface without one.
import type {
  AppSnapshot, DiskView, EngineView, MachineView, NodeView, ServiceView, StatusView,
} from '../src/ipc/generated';
import { catalog } from './catalog';

export const GB = 1e9;
export const now = Date.now();

export const engine: EngineView = {
  state: 'connected', kind: 'docker', version: '28.2.2', api_version: '1.50', address: 'unix:///var/run/docker.sock',
  rootless: false, shares_machine: true, fault: null, guide: null, setup: null,
  looked_at: [
    { address: 'unix:///var/run/docker.sock', origin: 'the system socket' },
    { address: 'unix:///run/user/1000/docker.sock', origin: 'rootless Docker' },
    { address: 'unix:///run/user/1000/podman/podman.sock', origin: 'Podman of this user' },
    { address: 'unix:///run/podman/podman.sock', origin: 'Podman of the system' },
  ],
};

export const noEngine: EngineView = {
  ...engine, state: 'down', kind: null, version: null, api_version: null, address: null,
  fault: {
    code: 'engine-missing', message: 'No container engine was found', title: 'No container engine was found',
    why: 'Freehold runs nodes in containers and found neither Docker nor Podman on this machine.',
    hints: ['Install Docker or Podman, start it, and check again.'], params: {},
  },
  guide: {
    system: 'Debian GNU/Linux 12', situation: 'missing',
    steps: [
      { text: 'Install Docker', command: 'sudo apt-get update && sudo apt-get install --yes docker.io acl' },
      { text: 'Start Docker now and at every boot', command: 'sudo systemctl enable --now docker' },
      { text: 'Let the user ada use Docker from the next login on. Members of this group can act as root', command: 'sudo usermod -aG docker ada' },
      { text: 'Let ada in at once, until the machine is started again, so that nobody has to log out now', command: 'sudo setfacl -m u:ada:rw /run/docker.sock' },
    ],
    runs: ["/usr/bin/pkexec --disable-internal-agent /bin/sh -xc 'apt-get update && apt-get install --yes docker.io acl && systemctl enable --now docker && usermod -aG docker ada && setfacl -m u:ada:rw /run/docker.sock'"],
    runs_how: 'Your system asks for the administrator’s password; Freehold never sees it.',
  },
};

export const engineGone: EngineView = {
  ...engine, state: 'down',
  fault: {
    code: 'engine-unreachable', message: '', title: 'The container engine does not answer',
    why: 'unix:///var/run/docker.sock: connection refused.',
    hints: ['Start the engine (for example `sudo systemctl start docker`). Freehold goes on by itself once it answers; nodes keep their data.'],
    params: {},
  },
  guide: {
    system: 'Debian GNU/Linux 12', situation: 'stopped', steps: [{ text: 'Start Docker now and at every boot', command: 'sudo systemctl enable --now docker' }],
    runs: [], runs_how: 'Freehold cannot ask for the administrator’s password here, so run these commands in a terminal.',
  },
};

const disk: DiskView = {
  mount_point: '/', file_system: 'ext4', kind: 'ssd', total: 490 * GB, available: 171 * GB, full_in_low_s: null, full_in_high_s: null,
  level: 'fine', advice: null,
};

export const machine: MachineView = {
  cpu_percent: 23.4, cpus: 8, memory_used: 7.9 * GB, memory_total: 16.6 * GB,
  net_in_rate: 4.1e6, net_out_rate: 0.9e6, disk_read_rate: 12e6, disk_write_rate: 31e6, on_battery: false, metered: null,
  disks: [
    disk,
    { ...disk, mount_point: '/mnt/chain', total: 2000 * GB, available: 1268 * GB },
  ],
};

const blank: StatusView = {
  state: 'ready', progress: 100, stage: 'ready', eta_low_s: null, eta_high_s: null, eta_bound_by: null, why: null,
  fault: null, pull: null, since: null, kill_at: null, retry_at: null, attempt: null,
  moved_bytes: null, move_bytes: null,
};

const service: ServiceView = {
  name: 'bitcoind', image: 'docker.io/bitcoin/bitcoin:31.1',
  digest: 'sha256:da25cedc66b1daefff9f412ee196c901a899c3fa68a33b20849c3e08b5c40d63', state: 'running',
  cpu_percent: 84.2, memory_bytes: 1.31 * GB, disk_bytes: 402.6 * GB, net_in_rate: 3.9e6, net_out_rate: 0.8e6,
  disk_read_rate: 11e6, disk_write_rate: 28e6, started_at: now - 9 * 3_600_000, container: '3f9c1a7be204',
};

/** A node in some state. */
export function node(id: string, network: string, status: Partial<StatusView>, more: Partial<NodeView> = {}): NodeView {
  const port = network === 'regtest' ? 28443 : 28332;
  const password = `/home/ada/.local/share/freehold/secrets/${id}`;
  const endpoint = (consumer: string, name: string, methods: string) => ({
    node: id, name, consumer, endpoint: `bitcoin+http://127.0.0.1:${port}`, url: `http://127.0.0.1:${port}`,
    user: consumer, password_file: `${password}/${consumer}.password`, class: methods,
  });
  return {
    id, name: id, client: 'bitcoin-core', client_name: 'Bitcoin Core', chain: 'bitcoin', network, desired: 'running',
    status: { ...blank, ...status }, height: 884_312, target: 884_312, peers_in: 0, peers_out: 10, version: '/Satoshi:31.1.0/',
    tip_age_s: 412, warnings: [], chain_bytes: 398.4 * GB, pruned: false, services: [service],
    endpoints: [endpoint('bitcoin-cli', 'Bitcoin Core’s own tools', 'wallet'), endpoint('sparrow', 'Sparrow', 'watch-only wallet')],
    options: {}, data_dir: `/mnt/chain/${id}`, created: now - 3 * 86_400_000, checked_at: now - 2000,
    external: false, needs: [], needed_by: [], update_available: false, previous_version: null, update_phase: null, update_fault: null,
    move_phase: null,
    ...more,
  };
}

/** A snapshot that scenarios change. */
export function snapshot(part: Partial<AppSnapshot>): AppSnapshot {
  return {
    revision: 1, version: '0.1.0', engine, nodes: [], catalog: { entries: catalog, problems: [] }, machine, notices: [],
    settings: { theme: 'system', language: 'system', chain_data_dir: '', on_quit: 'ask', engine: '', notifications: 'important' },
    data_dir: '/home/ada/.local/share/freehold', home: '/home/ada',
    outbound: [
      { host: 'docker.io', purpose: 'pulls the image of Bitcoin Core', by: 'engine' },
      { host: 'Bitcoin’s peer-to-peer network', purpose: 'blocks and transactions', by: 'node' },
    ],
    ...part,
  };
}
