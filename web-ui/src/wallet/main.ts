import { start } from '../app/start';
import App from './App.svelte';
import { wallet } from './wallet.svelte';

start(App);
void wallet.begin();
