// Every fault has words, and none of them speaks of a command line to somebody who looks at a window.
import { describe, expect, it } from 'vitest';
import { faultWords, type FaultCode } from '../ipc/generated';
import { localFault } from '../ipc/host';
import { present } from './presentation';

const codes = Object.keys(faultWords) as FaultCode[];
/** Faults of the program itself, met before a window exists. */
const outside: FaultCode[] = ['already-running', 'newer-data', 'catalog-invalid'];

describe('faults', () => {
  it.each(codes)('%s has a title and a step', (code) => {
    const shown = present(localFault(code, { user: 'ada', path: '/data' }));
    expect(shown.title).not.toBe('');
    expect(shown.steps.join('')).not.toBe('');
  });
  it.each(codes.filter((code) => !outside.includes(code)))('%s does not ask for a command-line flag', (code) => {
    const shown = present(localFault(code, { user: 'ada', path: '/data' }));
    expect(shown.steps.join(' ')).not.toMatch(/`(--|freehold )/);
  });
  it('shows a code from a newer core with its own words', () => {
    const shown = present({ code: 'made-up', message: '', title: 'New', why: 'Because.', hints: ['Do this.'], params: {} });
    expect(shown).toEqual({ title: 'New', why: 'Because.', steps: ['Do this.'], action: 'none' });
  });
});
