import { start } from '../app/start';
import App from './App.svelte';
import { desk } from './desk.svelte';

start(App);
void desk.begin();
