// All attributes of a data set, private ones included, from a Native DICOM Model (PS3.19 A.1).

import { element } from './dom.js';
import { say } from './i18n.js';
import { attributeName, tagName } from './terms.js';

/** Characters of a binary value (Base64) that are shown. */
const MAX_BINARY = 64;

/** A tree of lists: an attribute with its tag and VR, its values, the items of a sequence. */
export function tree(dataset) {
  return element('ul', { class: 'tree' }, ...children(dataset, 'DicomAttribute').map(attribute => {
    const tag = attribute.getAttribute('tag');
    const name = attributeName(attribute.getAttribute('keyword') ?? '') || attribute.getAttribute('privateCreator') || '';
    const items = children(attribute, 'Item');
    return element('li', {},
      element('code', { text: `${tagName(tag)} ${attribute.getAttribute('vr')}` }), ' ',
      element('strong', { text: name }), ' ',
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
    const called = name + (attributeName(attribute.getAttribute('keyword') ?? '') || tagName(attribute.getAttribute('tag')));
    const items = children(attribute, 'Item');
    items.forEach((item, index) => flat(item, `${here}[${String(index).padStart(6, '0')}]`, `${called} ${say('item', { number: index + 1 })} › `, found));
    if (!items.length)
      found.set(here, { name: called, value: shown(attribute) });
  }
  return found;
}

function shown(attribute) {
  const values = [...children(attribute, 'Value').map(value => value.textContent.trim()), ...children(attribute, 'PersonName').map(person)];
  const binary = children(attribute, 'InlineBinary')[0]?.textContent;
  return binary ? binary.slice(0, MAX_BINARY) + (binary.length > MAX_BINARY ? '…' : '') : values.join(' \\ ');
}

/** The name of a person: its groups (alphabetic, ideographic, phonetic) with a slash between. */
function person(name) {
  return [...name.children].map(group => [...group.children].map(component => component.textContent.trim()).filter(Boolean).join(' '))
    .filter(Boolean).join(' / ');
}

function children(parent, name) {
  return [...parent.children].filter(child => child.localName === name);
}
