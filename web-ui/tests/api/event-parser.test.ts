import { describe, expect, test } from 'vitest';

import { EventParser, type ServerEvent } from '../../src/api/events';
import { Random, seeds } from '../seeds';

const STREAM = ': hello\n\nid: 1\nevent: block\ndata: {"height":7}\n\n: still here\n\nid: 2\r\nevent: intent\r\ndata: {"id":\r\ndata: "a"}\r\n\r\ndata: not json\n\nevent: lonely\n\n';
const EVENTS: ServerEvent[] = [
  { id: '1', event: 'block', data: { height: 7 } },
  { id: '2', event: 'intent', data: { id: 'a' } },
  { id: '2', event: 'message', data: undefined },
];

describe('the stream of events', () => {
  test('is taken apart by the rules', () => {
    const seen: ServerEvent[] = [];
    new EventParser((event) => seen.push(event)).push(STREAM);
    expect(seen).toEqual(EVENTS);
  });

  test.each(seeds(100))('wherever it is cut, seed %i', (seed) => {
    const random = new Random(seed);
    const seen: ServerEvent[] = [];
    const parser = new EventParser((event) => seen.push(event));
    for (let at = 0; at < STREAM.length; ) {
      const length = 1 + random.below(12);
      parser.push(STREAM.slice(at, at + length));
      at += length;
    }
    expect(seen).toEqual(EVENTS);
  });
});
