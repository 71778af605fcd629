// All attributes of a data set, private ones included, from a Native DICOM Model (PS3.19 A.1).

import { element } from './dom.js';
import { say } from './i18n.js';

/** A tree of lists: an attribute with its tag and VR, its values, the items of a sequence. */
export function tree(dataset) {
  return element('ul', { class: 'tree' }, ...children(dataset, 'DicomAttribute').map(attribute => {
    const tag = attribute.getAttribute('tag');
    const name = attribute.getAttribute('keyword') || attribute.getAttribute('privateCreator') || '';
    const items = children(attribute, 'Item');
    return element('li', {},
      element('code', { text: `(${tag.slice(0, 4)},${tag.slice(4)}) ${attribute.getAttribute('vr')}` }), ' ',
      element('strong', { text: name.replace(/([a-z])([A-Z])/g, '$1 $2') }), ' ',
      element('span', { text: shown(attribute) }),
      ...items.map((item, index) => element('div', {}, element('em', { text: say('item', { number: index + 1 }) }), tree(item))));
  }));
}

/**
 * The attributes of a data set by their places in it, without those that have items.
 * @returns {Map<string, {name: string, value: string}>}
 */
export function flat(dataset, key = '', name = '', found = new Map()) {
  for (const attribute of children(dataset, 'DicomAttribute')) {
    const here = `${key}${attribute.getAttribute('tag')}${attribute.getAttribute('privateCreator') ?? ''}`;
    const called = `${name}${attribute.getAttribute('keyword') || attribute.getAttribute('tag')}`.replace(/([a-z])([A-Z])/g, '$1 $2');
    const items = children(attribute, 'Item');
    items.forEach((item, index) => flat(item, `${here}[${String(index).padStart(6, '0')}]`, `${called} ${say('item', { number: index + 1 })} › `, found));
    if (!items.length)
      found.set(here, { name: called, value: shown(attribute) });
  }
  return found;
}

function shown(attribute) {
  const values = [...children(attribute, 'Value'), ...children(attribute, 'PersonName')].map(value => value.textContent.trim());
  const binary = children(attribute, 'InlineBinary')[0];
  return binary ? `${binary.textContent.slice(0, 64)}…` : values.join(' \\ ');
}

function children(parent, name) {
  return [...parent.children].filter(child => child.localName === name);
}
