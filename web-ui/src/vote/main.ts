// First: it takes the credential out of the address, before the router reads that.
import './arrival';

import { start } from '../app/start';
import App from './App.svelte';

start(App);
