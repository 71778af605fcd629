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

function shown(attribute) {
  const values = [...children(attribute, 'Value'), ...children(attribute, 'PersonName')].map(value => value.textContent.trim());
  const binary = children(attribute, 'InlineBinary')[0];
  return binary ? `${binary.textContent.slice(0, 64)}…` : values.join(' \\ ');
}

function children(parent, name) {
  return [...parent.children].filter(child => child.localName === name);
}
