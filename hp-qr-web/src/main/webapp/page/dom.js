// Makes elements. Texts are always set as text, so that no value of a protocol can become markup, and without what cannot be seen.

/** Control characters, separators of lines, and what embeds, overrides or isolates the direction of text. */
const INVISIBLE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** A text in which nothing is hidden, and which does not reach into the words around it: a sign stands for what cannot be seen. */
export function visible(text) {
  return String(text).replace(INVISIBLE, '\uFFFD');
}

/**
 * @param name of the element
 * @param properties attributes; `text` sets the text, a function under `onclick` etc. listens
 * @param children elements or texts; null is left out
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'text')
      made.textContent = visible(value ?? '');
    else if (typeof value === 'function')
      made.addEventListener(key.slice(2), value);
    else if (value === true)
      made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : visible(child)));
  return made;
}

let ids = 0;

/**
 * A field with its label, and an explanation on hover and on focus. The button for it stands beside the label, not in it: a
 * label belongs to the first field or button inside.
 */
export function explained(label, explanation, field) {
  const id = `field-${++ids}`;
  field.id = id;
  return element('div', { class: 'field' }, explanationBeside(element('label', { for: id, text: label }), label, explanation), field);
}

/** A term with an explanation on hover and on focus. */
export function term(label, explanation) {
  return explanationBeside(element('span', { text: label }), label, explanation);
}

/** The head of a column, with an explanation if there is one. */
export function heading(label, explanation = null) {
  return element('th', { scope: 'col' }, explanation ? term(label, explanation) : label);
}

/** A table: heads of its columns, rows. */
export function table(columns, rows, properties = {}) {
  return element('table', properties, element('thead', {}, element('tr', {}, ...columns)), element('tbody', {}, ...rows));
}

/** An element that names a term, with an explanation on hover and on focus, which Escape hides (WCAG 1.4.13). */
export function explanationBeside(named, label, explanation) {
  const id = `tip-${++ids}`;
  const tip = element('span', { role: 'tooltip', id, text: explanation });
  // as far to the left as the window needs, and a bit away from its edge
  const place = () => {
    tip.style.translate = '';
    tip.style.translate = `${Math.min(0, document.documentElement.clientWidth - 8 - tip.getBoundingClientRect().right)}px 0`;
  };
  const left = event => event.currentTarget.classList.remove('dismissed');
  return element('span', { class: 'explained', onmouseenter: place, onfocusin: place, onmouseleave: left, onfocusout: left }, named,
    element('button', { type: 'button', class: 'why', 'aria-label': `${label}: ?`, 'aria-describedby': id, text: '?' }), tip);
}

addEventListener('keydown', event => {
  if (event.key === 'Escape')
    document.querySelectorAll('.explained:is(:hover, :focus-within)').forEach(explanation => explanation.classList.add('dismissed'));
});
