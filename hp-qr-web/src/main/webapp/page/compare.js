// Two contents of a protocol side by side: their pictures, and the attributes in which they differ.

import { element, heading, table } from './dom.js';
import { time, version } from './history.js';
import { language, say, sayOr } from './i18n.js';
import { address, announce, entitle, go, loading, parameters, problem } from './page.js';
import { flat } from './tree.js';

class HangingProtocolComparison extends HTMLElement {
  connectedCallback() {
    entitle(say('compare.title'));
    this.load();
  }

  async load() {
    loading();
    try {
      const { events, current } = await this.service.history(this.uid);
      this.versions = events.filter(event => event.content);
      const asked = parameters();
      const number = (side, other) => this.versions.find(event => String(event.number) === asked.get(side))?.number ?? other;
      const sides = [number('left', this.versions.at(-1).number), number('right', current)];
      const contents = await Promise.all(sides.map(side => this.content(side)));
      if (!this.isConnected)
        return;
      announce('');
      this.show(sides, contents);
    } catch (e) {
      announce('');
      this.replaceChildren(this.back(), element('h1', { text: say('compare.title') }), problem(e, () => this.load()));
    }
  }

  async content(number) {
    const [layout, model] = await Promise.all([this.service.layout(this.uid, language, version(number)), this.service.model(this.uid, version(number))]);
    return { number, layout, attributes: flat(model) };
  }

  back() {
    return element('p', {}, element('a', { href: address({ aet: this.aeTitle, uid: this.uid }), text: say('compare.back') }));
  }

  show(sides, contents) {
    const differences = compared(...contents.map(content => content.attributes));
    this.replaceChildren(this.back(), element('h1', { text: say('compare.title') }),
      element('div', { class: 'sides' }, ...contents.map((content, index) => element('section', {},
        this.choice(index, sides), ...content.layout.groups.map(group => this.picture(content.number, group))))),
      element('h2', { text: say('compare.differences') }),
      differences.length ? listed(differences) : element('p', { text: say('compare.same') }));
  }

  /** Which content is on this side. */
  choice(index, sides) {
    const name = ['left', 'right'][index];
    const change = event => go(address({ aet: this.aeTitle, view: 'compare', uid: this.uid,
      left: index === 0 ? event.target.value : sides[0], right: index === 1 ? event.target.value : sides[1] }));
    return element('label', {}, say(`compare.${name}`), element('select', { name, onchange: change }, ...this.versions.map(({ number, time: at }) =>
      element('option', { value: number, selected: number === sides[index], text: time(at) }))));
  }

  picture(number, group) {
    return element('figure', {},
      element('img', { src: this.service.url(this.uid, `${version(number)}/layout.svg`, { group: group.number, lang: language }), class: 'layout',
        alt: group.sentences.join(' ') }),
      element('figcaption', { text: group.title }));
  }
}

/** Attributes of which the values differ, in the order of the standard: name, value on the left, value on the right. */
function compared(left, right) {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.filter(key => left.get(key)?.value !== right.get(key)?.value)
    .map(key => [(left.get(key) ?? right.get(key)).name, left.get(key)?.value, right.get(key)?.value]);
}

function listed(differences) {
  const columns = ['attribute', 'compare.left', 'compare.right'];
  return table(columns.map(name => heading(say(name), sayOr(`column.${name}`, null))), differences.map(row => element('tr', {},
    ...row.map((value, index) => element('td', { 'data-label': say(columns[index]), text: value ?? say('compare.none') })))), { class: 'differences' });
}

customElements.define('hp-compare', HangingProtocolComparison);
