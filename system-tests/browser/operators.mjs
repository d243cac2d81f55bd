import { DESK } from './people.mjs';

/** One of the demo's two operators, at the desk. */
export async function operator(cast, number, options = {}) {
  const visitor = await cast.visitor({ room: 'operator', viewport: DESK, ...options });
  await visitor.button('signin.sample', { number }).click();
  await visitor.page.getByTestId('todo').waitFor();
  return visitor;
}
