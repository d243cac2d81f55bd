import { start } from '../app/start';
import App from './App.svelte';

start(App);
