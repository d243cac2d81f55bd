const WEIGHTS = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** Whether these are the ten digits of a Korean business number, the last of which checks the others. */
export function isBusinessNumber(text: string): boolean {
  const digits = text.replaceAll('-', '');
  if (!/^[0-9]{10}$/.test(digits)) return false;
  const at = (index: number): number => Number(digits[index]);
  const sum = WEIGHTS.reduce((all, weight, index) => all + weight * at(index), Math.floor((5 * at(8)) / 10));
  return (10 - (sum % 10)) % 10 === at(9);
}
