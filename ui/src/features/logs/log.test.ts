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
    expect(call.mock.calls.map((each) => (each as unknown as [string, { after: string | null }])[1].after)).toEqual([null, '2', '3']);
  });
});
