import { DESK } from './people.mjs';

/** One of the demo's two operators, at the desk. */
export async function operator(cast, number, options = {}) {
  const visitor = await cast.visitor({ room: 'operator', viewport: DESK, ...options });
  await visitor.button('signin.sample', { number }).click();
  await visitor.page.getByTestId('todo').waitFor();
  return visitor;
}

/** Signs everything that waits, after reading what it is. */
export async function signsAll(desk, which, what) {
  await desk.link('nav.approvals').click();
  await desk.page.reload(); // so that it shows what the other one has signed
  await desk.button('key.sample').click();
  await desk.sees('approvals', 'mine');
  const rows = desk.page.getByTestId('approval');
  await rows.first().locator('summary').first().click();
  await desk.text(what).first().waitFor();
  await desk.button('sign.all', { count: String(await rows.count()) }).click();
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByText(desk.t(`sign.text.${which}`)).waitFor();
  await sheet.getByRole('button', { name: desk.t('sign.confirm'), exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
}

/** The second shop of the sample town, whose bank account is closed: an operator gives somebody there a key. */
export async function keyOfTheBakery(request, role = 'manager') {
  const { merchant, operators } = await (await request.get('/v1/demo')).json();
  const headers = { Authorization: `Bearer ${operators[0].apiKey}` };
  const { items } = await (await request.get('/v1/merchants?limit=100', { headers })).json();
  const bakery = items.filter(({ name }) => name.ko !== merchant.name.ko).at(-1);
  const made = await request.post(`/v1/merchants/${bakery.id}/keys`, { headers, data: { role } });
  return (await made.json()).apiKey;
}
