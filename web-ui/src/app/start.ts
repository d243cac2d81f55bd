import { mount, type Component } from 'svelte';

import '../design/tokens.css';
import '../design/base.css';
import '../design/fonts';

/** Puts a room on the page and lets it work offline. */
export function start(room: Component): void {
  mount(room, { target: document.getElementById('app')! });
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js');
}
