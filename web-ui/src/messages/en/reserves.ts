export default {
  'outstanding': 'Coins outstanding',
  'booked': 'Money in the bank',
  'even': 'It is even',
  'more': '{amount} more in the bank',
  'less': '{amount} missing in the bank',
  'not-issued': '{amount} of it came in and brought no coins yet',
  'no-statement': 'no bank statement',
  'difference': 'Difference',
};
