// The rules of the IOD (PS3.3 A.44) that a protocol breaks.

import { element, heading, table, term } from './dom.js';
import { say, sayOr } from './i18n.js';
import { problem } from './page.js';
import { attributeName, tagName } from './terms.js';

/** A section with all of them, which fills itself; `loaded` when it has. */
export function validation(service, uid) {
  const content = element('div', {}, element('p', { text: say('validating') }));
  const load = async () => {
    try {
      content.replaceChildren(...report(await service.validation(uid)));
    } catch (e) {
      content.replaceChildren(problem(e, load));
    }
  };
  return { loaded: load(), section: element('section', { class: 'validation' }, element('h2', {}, term(say('validation'), say('validationHelp'))), content) };
}

function report({ violations, more }) {
  if (!violations.length)
    return [element('p', { text: say('valid') })];
  const name = ({ tag, keyword }) => `${attributeName(keyword)} ${tagName(tag)}`;
  const columns = ['rule', 'attribute', 'place', 'clause'];
  const row = ({ rule, clause, items, elements }) => [sayOr(`rules.${rule}`, rule), elements.map(name).join(', '),
    items.map(item => `${name(item)} ${say('item', { number: item.number })}`).join(' › ') || say('top'), clause];
  return [element('p', { text: say('invalid', { number: violations.length + more }) }),
    table(columns.map(column => heading(say(column), sayOr(`column.${column}`, null))), violations.map(violation => element('tr', {},
      ...row(violation).map((cell, index) => element('td', { 'data-label': say(columns[index]), text: cell })))))];
}
