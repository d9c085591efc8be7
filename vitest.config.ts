import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['e2e/property-seed.ts'],
    include: ['src/**/*.test.ts', 'e2e/**/*.test.ts'],
    environment: 'node',
    // Property tests on a loaded machine: a limit ends what hangs, it measures nothing.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
