import { Sound } from '../app/sound.svelte';

export const sound = new Sound('madang.till.sound');
