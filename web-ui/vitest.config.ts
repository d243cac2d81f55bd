import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  resolve: { conditions: ['browser'] },
  test: {
    // The second is for the totals of the whole build.
    reporters: ['default', ['junit', { outputFile: 'target/junit-reports/vitest.xml' }]], include: ['tests/**/*.test.ts'], testTimeout: 30_000,
    // Some hold whole elections before they begin.
    hookTimeout: 120_000,
  },
});
