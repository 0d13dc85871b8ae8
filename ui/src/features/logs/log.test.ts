// Lines of a log: their level, their matches, and how many are kept.
import { describe, expect, it, vi } from 'vitest';
import type { LogPage } from '../../ipc/generated';
import type { Host } from '../../ipc/host';
import { levelOf, pieces, toLine } from './line';
import { LogTail } from './tail.svelte';

const page = (texts: string[], cursor: string, live = true): LogPage => ({ lines: texts.map((text) => ({ at: '2026-11-22T08:00:00Z', stream: 'out', text })), cursor, live });

describe('a line', () => {
  it('takes its level from its beginning', () => {
    expect(['[error] x', 'Warning: x', 'debug: x', 'UpdateTip: new best', `${'x'.repeat(80)} error`].map(levelOf)).toEqual(['error', 'warning', 'debug', 'plain', 'plain']);
  });
  it.each([
    ['Bitcoin Core', '[net:error] Socket closed', 'error'],
    ['Bitcoin Core', 'Error: Unable to bind to 0.0.0.0:8333', 'error'],
    ['Bitcoin Core', 'UpdateTip: new best=00 height=1 log2_work=1 progress=1', 'plain'],
    ['geth', 'WARN [11-22|08:00:00.000] Snapshot extension registration failed', 'warning'],
    ['geth', 'INFO [11-22|08:00:00.000] Retrying after an error', 'plain'],
    ['geth', 'ERROR[11-22|08:00:00.000] Failed', 'error'],
    ['besu', '2026-11-22 08:00:00.000+00:00 | main | WARN  | Runner | x', 'warning'],
    ['op-node', 't=2026-11-22T08:00:00+0000 lvl=error msg="x"', 'error'],
    ['Prysm', 'time="2026-11-22 08:00:00" level=warning msg="x"', 'warning'],
    ['Lighthouse', 'Nov 22 08:00:00.000 CRIT Beacon node is down', 'error'],
    ['Nimbus', 'WRN 2026-11-22 08:00:00.000+00:00 Peer count low', 'warning'],
    ['Nimbus', 'NOT 2026-11-22 08:00:00.000+00:00 Starting', 'plain'],
    ['Lodestar', 'Nov-22 08:00:00.000[network]  error: x', 'error'],
    ['LND', '2026-11-22 08:00:00.000 [ERR] PEER: x', 'error'],
    ['monerod', '2026-11-22 08:00:00.000\tE Error: x', 'error'],
    ['monerod', '2026-11-22 08:00:00.000\tI Synced 1/2', 'plain'],
    ['Core Lightning', '2026-11-22T08:00:00.000Z **BROKEN** lightningd: x', 'error'],
    ['Core Lightning', '2026-11-22T08:00:00.000Z UNUSUAL lightningd: x', 'warning'],
    ['tor', 'Nov 22 08:00:00.000 [warn] x', 'warning'],
    ['electrs', '[2026-11-22T08:00:00.000Z INFO  electrs::db] no error here', 'plain'],
    ['kubo', '2026-11-22T08:00:00.000Z\tERROR\tcore\tx', 'error'],
    ['prose', 'Loading info about a broken link, not critical', 'plain'],
  ])('of %s: %s', (_client, text, level) => expect(toLine({ at: '', stream: 'out', text }, 0).level).toBe(level));
  it('drops the time that it repeats', () => expect(toLine({ at: '', stream: 'out', text: '2026-11-22T08:00:00Z UpdateTip' }, 0).text).toBe('UpdateTip'));
  it('is cut where the search matches, in any case', () => {
    expect(pieces('new Peer, peer 7', 'peer').map((piece) => [piece.text, piece.hit])).toEqual([['new ', false], ['Peer', true], [', ', false], ['peer', true], [' 7', false]]);
  });
});

describe('a followed log', () => {
  it('goes on from the cursor, searches new lines, and stops when nobody looks', async () => {
    const answers = [page(['peer 1', 'tip'], '2'), page(['peer 2'], '3')];
    const call = vi.fn(() => answers.length > 0 ? Promise.resolve(answers.shift()) : new Promise(() => {}));
    const tail = new LogTail({ call } as unknown as Host, 'a', 'bitcoind');
    tail.search('peer');
    const stop = tail.follow();
    await vi.waitFor(() => expect(tail.lines).toHaveLength(3));
    stop();
    expect(tail.matches).toEqual([0, 2]);
    expect(tail.shown).toHaveLength(3);
    expect(call.mock.calls.map((each) => (each as unknown as [string, { after: string | null }])[1].after)).toEqual([null, '2', '3']);
  });

  it('shows the levels that are asked for, searches within them, and keeps up with new lines', async () => {
    const answers = [page(['error: peer', 'peer', 'warning: peer'], '1'), page(['peer again', 'error: tip'], '2')];
    const call = vi.fn(() => answers.length > 0 ? Promise.resolve(answers.shift()) : new Promise(() => {}));
    const tail = new LogTail({ call } as unknown as Host, 'a', 'bitcoind');
    tail.search('peer');
    tail.show('warnings');
    const stop = tail.follow();
    await vi.waitFor(() => expect(tail.lines).toHaveLength(5));
    stop();
    expect(tail.shown.map((line) => line.number)).toEqual([0, 2, 4]);
    expect(tail.matches).toEqual([0, 2]);
    tail.show('errors');
    expect([tail.shown.map((line) => line.number), tail.matches]).toEqual([[0, 4], [0]]);
    tail.show('all');
    expect(tail.shown).toBe(tail.lines);
    expect(tail.matches).toEqual([0, 1, 2, 3]);
  });
});
