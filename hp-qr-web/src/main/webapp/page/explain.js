// Why a protocol is found by a query, or not: keys are typed, or taken from a recent query of a viewer.

import { TAGS } from './attributes.js';
import { element, explained, heading, table } from './dom.js';
import { language, say, sayOr } from './i18n.js';
import { address, announce, entitle, go, loading, parameters, problem } from './page.js';
import { attributeName, levelChoice, tagName } from './terms.js';

/** Rows that are shown at first: more would make the page slow. */
const FIRST_ROWS = 200;
const NAMES = Object.fromEntries(Object.entries(TAGS).map(([keyword, tag]) => [tag, attributeName(keyword)]));

function item(tag, vr, value) {
  return { [tag]: { vr, Value: [value] } };
}

function sequence(tag, content) {
  return item(tag, 'SQ', content);
}

/** Name in the address, and the key as a data set of the DICOM JSON Model (PS3.18 Annex F). */
const KEYS = {
  name: value => item(TAGS.HangingProtocolName, 'SH', value),
  level: value => item(TAGS.HangingProtocolLevel, 'CS', value),
  modality: value => sequence(TAGS.HangingProtocolDefinitionSequence, item(TAGS.Modality, 'CS', value.toUpperCase())),
  region: value => sequence(TAGS.HangingProtocolDefinitionSequence, sequence(TAGS.AnatomicRegionSequence, item(TAGS.CodeValue, 'SH', value))),
  user: value => sequence(TAGS.HangingProtocolUserIdentificationCodeSequence, item(TAGS.CodeValue, 'SH', value)),
  group: value => item(TAGS.HangingProtocolUserGroupName, 'LO', value),
  screens: value => item(TAGS.NumberOfScreens, 'US', value),
};

/** Puts keys together; those of one sequence are keys of one item. */
function merged(one, other) {
  const all = { ...one };
  for (const [tag, element] of Object.entries(other))
    all[tag] = tag in all ? { vr: 'SQ', Value: [merged(all[tag].Value[0], element.Value[0])] } : element;
  return all;
}

/** The keys of an identifier that have a value, in words. */
function inWords(dataset) {
  const words = [];
  for (const [tag, { vr, Value: values = [] }] of Object.entries(dataset ?? {})) {
    if (vr === 'SQ')
      words.push(...values.filter(Boolean).flatMap(inWords));
    else if (values.length > 0 && tag !== '00080005')
      words.push(`${NAMES[tag] ?? tagName(tag)}: ${values.map(value => value?.Alphabetic ?? value).join(', ')}`);
  }
  return words;
}

/**
 * The answer in one sentence, as the server has it in English.
 *
 * @param mismatch the first key that the protocol does not satisfy; undefined if it matches
 */
function why(mismatch) {
  if (!mismatch)
    return say('explain.reason.matches');
  if (mismatch.rule === 'NO_KEY')
    return say('explain.reason.noKey');
  const key = mismatch.key.replace(/, item (\d+) of (\d+)/g, (_, number, count) => say('explain.reason.item', { number, count }));
  if (mismatch.wanted === 'a sequence with an item that matches')
    return say('explain.reason.noItem', { key });
  const wanted = mismatch.rule === 'LIST_OF_UID' ? mismatch.wanted.replace(/^one of /, say('explain.reason.oneOf')) : mismatch.wanted;
  return mismatch.found === undefined ? say('explain.reason.noValue', { key, wanted }) : say('explain.reason.differs', { key, wanted, found: mismatch.found });
}

class HangingProtocolExplain extends HTMLElement {
  connectedCallback() {
    entitle(say('explain.title'));
    this.asked = Object.fromEntries(Object.keys(KEYS).map(name => [name, parameters().get(name)?.trim() ?? '']));
    this.results = element('div');
    this.recent = element('section');
    this.replaceChildren(element('h1', { text: say('explain.title') }), element('p', { text: say('explain.help') }),
      this.form(), this.results, this.recent);
    this.showRecent();
    const keys = Object.entries(this.asked).filter(([, value]) => value).map(([name, value]) => KEYS[name](value));
    if (keys.length > 0)
      this.explain(keys.reduce(merged, {}));
    else
      announce('');
  }

  here(changes) {
    return address({ aet: this.aeTitle, view: 'explain', uid: this.uid, ...changes });
  }

  form() {
    const field = name => explained(say(name), say(`explain.${name}Help`), name === 'level' ? levelChoice(this.asked.level)
      : element('input', { name, value: this.asked[name], autocomplete: 'off', maxlength: 64, inputmode: name === 'screens' ? 'numeric' : null }));
    const submit = event => {
      event.preventDefault();
      go(this.here(Object.fromEntries(new FormData(event.target))));
    };
    return element('form', { class: 'filters', onsubmit: submit }, ...Object.keys(KEYS).map(field),
      element('div', { class: 'actions' },
        element('button', { type: 'submit', text: say('explain.explain') }),
        element('a', { class: 'button plain', href: this.here({}), text: say('clear') })));
  }

  async explain(keys) {
    loading();
    try {
      const answer = await this.service.explain(keys);
      announce('');
      this.show(answer);
    } catch (e) {
      announce('');
      this.results.replaceChildren(problem(e, () => this.explain(keys)));
    }
  }

  show({ protocols, count, matches, complete, unsupportedKeys }) {
    const asked = this.uid ? protocols.filter(({ sopInstanceUid }) => sopInstanceUid === this.uid) : protocols;
    const shown = table(['name', 'result', 'explain.why'].map(name => heading(say(name), say(`column.${name}`))),
      asked.slice(0, FIRST_ROWS).map(protocol => this.row(protocol)));
    const all = element('button', { type: 'button', class: 'plain', text: say('explain.showAll', { count: asked.length }), onclick: () => {
      shown.tBodies[0].append(...asked.slice(FIRST_ROWS).map(protocol => this.row(protocol)));
      all.remove();
    } });
    this.results.replaceChildren(element('h2', { text: say('explain.result', { matches, count }) }),
      unsupportedKeys ? element('p', { text: say('explain.unsupported') }) : '',
      complete ? '' : element('p', { class: 'refused', text: say('explain.incomplete') }),
      this.uid ? element('p', {}, element('a', { href: address({ aet: this.aeTitle, view: 'explain', ...this.asked }), text: say('explain.everyProtocol') })) : '',
      shown,
      asked.length > FIRST_ROWS ? all : '');
  }

  row({ sopInstanceUid, name, matches, mismatch }) {
    return element('tr', { class: matches ? 'matches' : '' },
      element('th', { scope: 'row' }, element('a', { href: address({ aet: this.aeTitle, uid: sopInstanceUid }), text: name || sopInstanceUid })),
      element('td', { 'data-label': say('result'), text: say(matches ? 'explain.found' : 'explain.notFound') }),
      element('td', { 'data-label': say('explain.why'), text: why(mismatch) }));
  }

  async showRecent() {
    let answer;
    try {
      answer = await this.service.recentFinds();
    } catch (e) {
      // who may not see them is not told of them
      if (e.reason !== 'forbidden')
        this.recent.replaceChildren(problem(e, () => this.showRecent()));
      return;
    }
    const row = ({ time, callingAeTitle, matches, status, identifier }) => element('tr', {},
      element('th', { scope: 'row', text: new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(time)) }),
      element('td', { 'data-label': say('explain.callingAeTitle'), text: callingAeTitle }),
      element('td', { 'data-label': say('explain.keys'), text: inWords(identifier).join('; ') || say('explain.noKeys') }),
      element('td', { 'data-label': say('explain.matches'), text: status === '0000' ? String(matches) : `${matches} (${status}H)` }),
      element('td', {}, identifier ? element('button', { type: 'button', class: 'plain', text: say('explain.explain'), onclick: async () => {
        await this.explain(identifier);
        this.results.scrollIntoView();
      } }) : ''));
    const columns = ['time', 'callingAeTitle', 'keys', 'matches', 'action'].map(name => heading(say(`explain.${name}`), sayOr(`column.explain.${name}`, null)));
    this.recent.replaceChildren(element('h2', { text: say('explain.recent') }),
      answer.kept === 0 ? element('p', { text: say('explain.off') })
        : answer.finds.length === 0 ? element('p', { text: say('explain.noRecent') })
          : table(columns, answer.finds.map(row)));
  }
}

customElements.define('hp-explain', HangingProtocolExplain);
