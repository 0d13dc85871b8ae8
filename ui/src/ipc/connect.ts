// Chooses the host at start: the desktop shell, a development fake, or the headless host.
import type { Host } from './host';
import { BrowserHost } from './http';
import { DesktopHost, isDesktop } from './tauri';

/** Connects to whatever runs the core. */
export async function connectHost(): Promise<Host> {
  if (isDesktop()) return new DesktopHost();
  if (__FAKE_HOST__) {
    const scenario = new URLSearchParams(location.search).get('fake');
    if (scenario !== null) {
      const { FakeHost } = await import('../../dev/fake-host');
      return new FakeHost(scenario);
    }
  }
  return BrowserHost.connect();
}
