// The language of the window: by the setting, at once, at the same place, and remembered for the next start.
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { present } from '../src/faults/presentation';
import { localFault } from '../src/ipc/host';
import { bytes, count, dateTime, percent } from '../src/lib/format';
import { readSize } from '../src/lib/size';
import { language } from '../src/state/language.svelte';
import { router } from '../src/state/route.svelte';
import { testIds } from '../src/testIds';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

afterEach(async () => {
  await language.follow('en');
  localStorage.clear();
});

describe('the language of the window', () => {
  it('changes at once, stays at its place, keeps the focus, and is remembered', async () => {
    history.replaceState(null, '', `${location.pathname}?fake=ready`);
    router.route = { view: 'settings' };
    render(App);
    const user = userEvent.setup();
    const field = await screen.findByRole('combobox', { name: 'Language' });
    expect(within(field).getByRole('option', { name: 'Deutsch' })).toHaveAttribute('lang', 'de');
    await user.selectOptions(field, 'Deutsch');
    expect(await screen.findByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible();
    expect(document.documentElement.lang).toBe('de');
    await waitFor(() => expect(screen.getByTestId(testIds.settingsLanguage)).toHaveFocus());
    expect(router.route).toEqual({ view: 'settings' });
    expect(localStorage.getItem('freehold-language')).toBe('de');
  });

  it('begins with what was spoken last', async () => {
    localStorage.setItem('freehold-language', 'de');
    await language.begin();
    expect([language.current, document.documentElement.lang]).toEqual(['de', 'de']);
  });

  it('begins with what the system prefers when nothing is known', async () => {
    localStorage.setItem('freehold-language', 'nonsense');
    await language.begin();
    expect(language.current).toBe('en');
  });

  it('writes numbers, sizes and dates in its own way', async () => {
    await language.follow('de');
    expect([bytes(1_310_000_000), count(924_880), percent(61.4299)].map(plain)).toEqual(['1,31 GB', '924.880', '61,42 %']);
    expect(dateTime(new Date(2026, 10, 22, 14, 5).getTime())).toBe('22. Nov. 2026, 14:05');
    expect([readSize('1,5 GB', null), readSize('1.500,5 MB', null), readSize('10 Go', null), readSize('550', 'MiB')]).toEqual([1.5e9, 1.5005e9, 1e10, 550 * 2 ** 20]);
  });

  it('says faults in its own words, and what the core says of this very case in the core’s', async () => {
    const fault = localFault('disk-full', { path: '/data', available: '212 MB' });
    const own = present({ ...fault, hints: ['Empty the trash.', ...fault.hints] });
    await language.follow('de');
    const shown = present({ ...fault, hints: ['Empty the trash.', ...fault.hints] });
    expect(own.title).toBe('The disk is full');
    expect(shown).toEqual({
      title: 'Der Datenträger ist voll', why: 'In /data sind 212 MB frei.', action: own.action,
      steps: ['Empty the trash.', 'Platz schaffen und wieder starten; nichts ging verloren.'],
    });
    expect(present(localFault('port-in-use', { port: '8332' })).why).toBe('Port 8332 on {address} is used by {owner}.');
  });
});
