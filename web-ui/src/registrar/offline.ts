import { mount } from 'svelte';

import '../design/tokens.css';
import '../design/base.css';
import InlineWorker from '../voting/workers/registrar.worker?worker&inline';
import App from './App.svelte';
import { room } from './registrar.svelte';

// The same page from one file: it may speak with nobody, and needs nobody.
room.begin(() => new InlineWorker());
mount(App, { target: document.getElementById('app')! });
