import assert from 'node:assert/strict';

const MOST_STEPS = 60;

/** Moves with Tab until something is focused that is wanted, and checks on the way that the focus can be seen. */
export async function reaches(visitor, wanted) {
  for (let step = 0; step < MOST_STEPS; step++) {
    const focus = await focused(visitor);
    if (focus && wanted(focus)) {
      assert.ok(focus.visible, `the focus on '${focus.name}' cannot be seen`);
      return;
    }
    await visitor.page.keyboard.press('Tab');
  }
  assert.fail('it cannot be reached with Tab');
}

export async function presses(visitor, name) {
  await reaches(visitor, (focus) => focus.name === name);
  await visitor.page.keyboard.press('Enter');
}

/** Types into the field with this label; what stood there goes. */
export async function writes(visitor, label, text) {
  await reaches(visitor, (focus) => focus.label === label);
  await visitor.page.keyboard.press('Control+A');
  await visitor.page.keyboard.type(text);
}

/** Presses what opens the browser's choice of files, and chooses one. */
export async function choosesFile(visitor, name, file) {
  const [chooser] = await Promise.all([visitor.page.waitForEvent('filechooser'), presses(visitor, name)]);
  await chooser.setFiles(file);
}

export async function focused(visitor) {
  return await visitor.page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const style = getComputedStyle(element);
    const around = [element.closest('.box'), element.closest('label')];
    const outlined = (shown) => shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) > 0;
    return {
      name: element.innerText?.trim().replace(/\s+/g, ' ') ?? '',
      label: element.labels?.[0]?.innerText ?? '',
      visible: outlined(style) || style.boxShadow !== 'none' || around.some((box) => box !== null && outlined(getComputedStyle(box))),
    };
  });
}
