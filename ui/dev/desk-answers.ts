// What the development host says about activity, support and registries.
import type { ActivityEntry, ActivityExportRequest, ActivityList, ActivityRequest, FileTarget, RegistryList, SavedFile, SupportPreview } from '../src/ipc/generated';
import { activity } from './answers';

const HOUR = 3_600_000;
const older: ActivityEntry[] = Array.from({ length: 250 }, (_, index) => ({
  id: -index, at: Date.now() - 72 * HOUR - index * HOUR * 1.7, kind: index % 7 === 0 ? 'fault' : 'node', subject: index % 3 === 0 ? 'practice' : 'bitcoin-mainnet',
  text: index % 7 === 0 ? '`bitcoin-mainnet` had no peers for 12 minutes.' : `\`${index % 3 === 0 ? 'practice' : 'bitcoin-mainnet'}\` was started.`, changes: [],
}));

function fitting(request: ActivityRequest): ActivityEntry[] {
  const text = request.text?.toLowerCase();
  return [...activity, ...older].filter(
    (entry) =>
      (!request.kinds?.length || request.kinds.includes(entry.kind)) && (!request.subject || entry.subject === request.subject) &&
      (!text || entry.text.toLowerCase().includes(text)) && (!request.since || entry.at >= request.since) && (!request.until || entry.at < request.until) &&
      (request.before == null || entry.id < request.before),
  );
}

export function activityList(request: ActivityRequest): ActivityList {
  const all = fitting(request);
  const limit = request.limit ?? 200;
  return { entries: all.slice(0, limit), more: all.length > limit, subjects: ['bitcoin-cli', 'bitcoin-mainnet', 'practice'] };
}

function file(name: string, text: string, target: FileTarget): SavedFile {
  const bytes = new TextEncoder().encode(text);
  return { name, path: target.path, size: bytes.length, content: target.path === null ? btoa(String.fromCharCode(...bytes)) : null };
}

export function activityExport({ filter, format, target }: ActivityExportRequest): SavedFile {
  const all = fitting(filter);
  const text = format === 'json' ? JSON.stringify(all) : ['id,text', ...all.map((entry) => `${entry.id},${entry.text}`)].join('\r\n');
  return file(`freehold-activity.${format}`, text, target);
}

export const bundle: SupportPreview = {
  id: 'b1', at: Date.now(), file_name: 'freehold-support-2026-11-22.tar.gz', hidden: 41,
  files: [
    { name: 'README.txt', about: 'What this bundle is and holds.', text: 'Freehold support bundle\n\nFreehold made this file because somebody asked for it, and sent it nowhere.\n' },
    { name: 'versions.json', about: 'Versions of Freehold, this system and the engine.', text: '{\n  "freehold": "0.1.0",\n  "system": "Debian GNU/Linux 12 (bookworm)",\n  "engine": "28.2.2"\n}' },
    { name: 'settings.json', about: 'The settings.', text: '{\n  "theme": "system",\n  "chain_data_dir": "~/chain",\n  "on_quit": "ask"\n}' },
    { name: 'nodes/bitcoin-mainnet/bitcoind.log', about: 'The last lines of the log of bitcoin-mainnet.', text: Array.from({ length: 80 }, (_, index) => `2026-11-22T14:05:${String(index % 60).padStart(2, '0')}Z New outbound-full-relay v2 peer connected: peer=${index}, peeraddr=[address]:8333`).join('\n') },
    { name: 'freehold.log', about: 'The end of Freehold’s own log.', text: '' },
  ],
};

export function supportSave(target: FileTarget): SavedFile {
  return file(bundle.file_name, bundle.files.map((each) => each.text).join('\n'), target);
}

export const registryList: RegistryList = {
  registries: [
    { host: 'docker.io', clients: ['Avalanche', 'Bitcoin Core', 'Dogecoin Core', 'electrs', 'Ethereum', 'Kubo', 'LND', 'Mempool'], nodes: ['bitcoin-mainnet', 'practice'], last_reached: Date.now() - 33 * 60_000, last_failed: null, why: null },
    { host: 'ghcr.io', clients: ['AR.IO', 'Fulcrum'], nodes: [], last_reached: Date.now() - 60 * HOUR, last_failed: Date.now() - 2 * HOUR, why: 'dial tcp: lookup ghcr.io: no such host' },
    { host: 'quay.io', clients: ['Core Lightning'], nodes: [], last_reached: null, last_failed: null, why: null },
  ],
};
