import { start } from '../app/start';
import App from './App.svelte';
import { till } from './till.svelte';

start(App);
void till.begin();
