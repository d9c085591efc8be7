import { expect, test } from 'vitest';
import { priceSize } from './price-size.ts';

test('a price is set as large as its column has room for', () => {
  expect(priceSize('$0.42', '1.00')).toBe('whole');
  expect(priceSize('unknown', null)).toBe('whole');
  expect(priceSize('$0.0022', '1.00')).toBe('long');
  expect(priceSize('≥ $0.0022', '10.00')).toBe('longest');
});
