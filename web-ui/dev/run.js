// Runs a TypeScript program of this folder: node dev/run.js dev/screens.ts
import { runnerImport } from 'vite';

await runnerImport(process.argv[2] ?? 'dev/serve.ts', { configFile: false, logLevel: 'error' });
