import { start } from '../app/start';
import App from './App.svelte';
import { room } from './registrar.svelte';

room.begin(() => new Worker(new URL('../voting/workers/registrar.worker.ts', import.meta.url), { type: 'module' }));
start(App);
