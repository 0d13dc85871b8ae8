// Build and test settings. Paths are relative, so the same files serve the desktop shell's own protocol and the
// headless host. The content security policy forbids inline code, hence no module preload polyfill and no data URLs
// for scripts.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { guide } from './plugins/guide.ts';

export default defineConfig(({ mode }) => ({
  base: './',
  plugins: [guide(), svelte()],
  define: {
    // The development host is reachable only in these modes; elsewhere the branch is removed from the bundle.
    __FAKE_HOST__: JSON.stringify(mode !== 'production'),
  },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: { port: 5173, strictPort: true, host: 'localhost' },
  // Svelte picks its server build under a test runner unless told that this is a browser.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // Whole windows are typed into; a busy machine needs longer for that than the usual five seconds.
    testTimeout: 20_000,
  },
}));
