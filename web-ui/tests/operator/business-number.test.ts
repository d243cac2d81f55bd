import { expect, test } from 'vitest';

import { isBusinessNumber } from '../../src/app/business-number';

test.each(['124-81-00998', '2208162517', '120-81-47521'])('%s is a business number', (text) => expect(isBusinessNumber(text)).toBe(true));

test.each(['124-81-00999', '2148100998', '', '124', '12481009980', 'abcdefghij'])('%j is none', (text) => expect(isBusinessNumber(text)).toBe(false));
