export default {
  'outstanding': '풀려 있는 코인',
  'booked': '은행에 있는 돈',
  'even': '꼭 맞아요',
  'more': '은행에 {amount} 더 있어요',
  'less': '은행에 {amount} 모자라요',
  'not-issued': '그 가운데 {amount}은 들어왔지만 아직 코인이 되지 않았어요',
  'no-statement': '은행 명세 없음',
  'difference': '차이',
};
