/**
 * Goes once around a screen with the Tab key. Tells what cannot be reached, what holds the focus, and where it cannot be seen; empty when
 * all is well. What stands behind an open dialog is not expected.
 */
export async function walkByKeyboard(page) {
  const expected = await page.evaluate(rememberReachable);
  const reached = new Set();
  const findings = [];
  let last;
  // From wherever the focus is until everything was reached; twice around at most, for lists that change on the way.
  for (let step = 0; reached.size < expected.length && step < 2 * expected.length + 8; step++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(lookAtFocus);
    if (!focus) {
      last = undefined;
      continue;
    }
    if (focus.index >= 0) {
      if (focus.index === last && !focus.inParts && expected.length > 1) findings.push(`the focus is held by ${focus.name}`);
      if (!focus.marked) findings.push(`the focus cannot be seen on ${focus.name}`);
      if (!focus.inWindow) findings.push(`the focus is outside of the window on ${focus.name}`);
      reached.add(focus.index);
    }
    last = focus.index;
  }
  const there = await page.evaluate(stillThere);
  expected.forEach((name, index) => {
    if (!reached.has(index) && there[index]) findings.push(`not reached with Tab: ${name}`);
  });
  return [...new Set(findings)];
}

/** Runs in the page. */
function rememberReachable() {
  const dialogs = [...document.querySelectorAll('dialog[open]')];
  const within = dialogs.at(-1) ?? document;
  const candidates = [...within.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  globalThis.reachable = candidates.filter((element) => {
    if (element.disabled || element.tabIndex < 0 || element.closest('[inert]') || !element.checkVisibility({ visibilityProperty: true })) return false;
    // Of radio buttons, the checked one or else the first stands for its group; the arrows choose among them.
    const group = element.type === 'radio' ? [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)] : [];
    return group.length === 0 || (group.find((radio) => radio.checked) ?? group[0]) === element;
  });
  return globalThis.reachable.map((element) => `${element.localName} “${(element.innerText || element.labels?.[0]?.innerText || element.ariaLabel || '').trim()}”`);
}

/** Runs in the page. */
function stillThere() {
  return globalThis.reachable.map((element) => element.isConnected && !element.disabled);
}

/** Runs in the page. */
function lookAtFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const outlined = (shown) => {
    const style = shown && getComputedStyle(shown);
    return Boolean(style) && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  };
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return {
    index: globalThis.reachable.indexOf(element),
    name: `${element.localName} “${(element.innerText || element.labels?.[0]?.innerText || element.ariaLabel || '').trim()}”`,
    marked: [element, element.closest('.box'), element.closest('label'), element.nextElementSibling].some(outlined),
    // Year, month and day are reached one after the other.
    inParts: /^(date|datetime-local|month|time|week)$/.test(element.type),
    inWindow: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  };
}
