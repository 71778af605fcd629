// The list of protocols: filters, a page of matches with small pictures, in the order of their names.

import { dateTime, meanings, text, values } from './attributes.js';
import { element, explained } from './dom.js';
import { language, say } from './i18n.js';
import { address, announce, ask, attempt, go, loading, parameters, problem, report } from './page.js';
import { samples } from './samples.js';

const PAGE = 25;
/** Columns that can be sorted by, and their attributes. */
const SORTABLE = {
  name: 'HangingProtocolName',
  forWhat: 'HangingProtocolDefinitionSequence.Modality',
  level: 'HangingProtocolLevel',
  screens: 'NumberOfScreens',
  priors: 'NumberOfPriorsReferenced',
  created: 'HangingProtocolCreationDateTime',
};
const LEVELS = ['MANUFACTURER', 'SITE', 'USER_GROUP', 'SINGLE_USER'];

/** Name in the address, and the key of the search. Names and groups match anywhere in the text. */
const FILTERS = {
  name: value => ({ HangingProtocolName: anywhere(value) }),
  level: value => ({ HangingProtocolLevel: value }),
  modality: value => ({ 'HangingProtocolDefinitionSequence.Modality': value.toUpperCase() }),
  region: value => ({ 'HangingProtocolDefinitionSequence.AnatomicRegionSequence.CodeValue': value }),
  user: value => ({ 'HangingProtocolUserIdentificationCodeSequence.CodeValue': value }),
  group: value => ({ HangingProtocolUserGroupName: anywhere(value) }),
};

function anywhere(value) {
  return /[*?]/.test(value) ? value : `*${value}*`;
}

class HangingProtocolList extends HTMLElement {
  connectedCallback() {
    const asked = parameters();
    this.sort = asked.get('sort') ?? '';
    this.filters = Object.fromEntries(Object.keys(FILTERS).map(name => [name, asked.get(name)?.trim() ?? '']));
    this.offset = Math.max(0, Number.parseInt(asked.get('offset') ?? '0', 10) || 0);
    this.results = element('div', { class: 'results' });
    this.retired = asked.get('view') === 'retired';
    this.replaceChildren(element('h1', { text: say(this.retired ? 'retiredList' : 'list') }), this.form(), this.results);
    this.load();
  }

  disconnectedCallback() {
    this.request?.abort();
  }

  /** The address of this list with other parameters. */
  here(changes) {
    return address({ aet: this.aeTitle, view: this.retired ? 'retired' : null, ...changes });
  }

  form() {
    const field = name => explained(say(name), say(`${name}Help`),
      name === 'level' ? this.levels() : element('input', { name, value: this.filters[name], autocomplete: 'off', maxlength: 64 }));
    const submit = event => {
      event.preventDefault();
      go(this.here({ sort: this.sort, ...Object.fromEntries(new FormData(event.target)) }));
    };
    return element('form', { class: 'filters', role: 'search', onsubmit: submit }, ...Object.keys(FILTERS).map(field),
      element('div', { class: 'actions' },
        element('button', { type: 'submit', text: say('filter') }),
        element('a', { class: 'button plain', href: this.here({}), text: say('clear') })));
  }

  levels() {
    const option = (value, label) => element('option', { value, selected: this.filters.level === value, text: label });
    return element('select', { name: 'level' }, option('', say('anyLevel')), ...LEVELS.map(level => option(level, say(level))));
  }

  keys() {
    return Object.assign({}, ...Object.entries(this.filters).filter(([, value]) => value).map(([name, value]) => FILTERS[name](value)));
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    loading();
    try {
      const { protocols, more } = await this.service.search(this.retired, this.keys(), this.sortedBy(), this.offset, PAGE, this.request.signal);
      this.show(protocols, more);
    } catch (e) {
      if (e.name === 'AbortError')
        return;
      announce('');
      this.results.replaceChildren(problem(e, () => this.load()));
    }
  }

  show(protocols, more) {
    if (!protocols.length) {
      const filtered = Object.values(this.filters).some(Boolean);
      announce(say('foundNone'));
      this.results.replaceChildren(element('div', { class: 'empty' },
        element('p', { text: say(filtered ? 'noneWithFilter' : this.retired ? 'noneRetired' : 'none') }),
        filtered || this.retired || !this.permissions.mayStore ? null : this.begin()));
      return;
    }
    announce(say('found', { from: this.offset + 1, to: this.offset + protocols.length }));
    const header = name => Object.hasOwn(SORTABLE, name) ? this.sortable(name) : element('th', { scope: 'col', text: say(name) });
    const columns = [this.retired ? 'actions' : 'picture', 'name', 'forWhat', 'level', 'forWhom', 'screens', 'priors', 'created'];
    this.results.replaceChildren(
      element('table', {},
        element('thead', {}, element('tr', {}, ...columns.map(header))),
        element('tbody', {}, ...protocols.map(protocol => this.row(protocol)))),
      this.pages(more),
      this.retired ? '' : element('a', { class: 'button plain', download: 'hanging-protocols.zip',
        href: this.service.searchUrl(false, this.keys(), { accept: 'application/zip' }), text: say('export') }));
  }

  /** How to get protocols where there are none. */
  begin() {
    return element('div', { class: 'actions' },
      this.permissions.administrator ? samples(this.service, () => this.load()) : null,
      element('a', { class: 'button plain', href: address({ aet: this.aeTitle, view: 'import' }), text: say('importFirst') }));
  }

  /** The attribute of the service's parameter orderby; '' for the order of names, which is the service's own. */
  sortedBy() {
    const name = this.sort.replace(/^-/, '');
    return Object.hasOwn(SORTABLE, name) && this.sort !== 'name' ? this.sort.replace(name, SORTABLE[name]) : '';
  }

  /** A head of a column whose link sorts by it, in the other direction if it is sorted by it already. */
  sortable(name) {
    const current = this.sort || 'name';
    const direction = current === name ? 'ascending' : current === `-${name}` ? 'descending' : null;
    return element('th', { scope: 'col', 'aria-sort': direction },
      element('a', { href: this.here({ ...this.filters, sort: direction === 'ascending' ? `-${name}` : name }), text: say(name), title: say('sort') }));
  }

  row(protocol) {
    const uid = text(protocol, 'SOPInstanceUID');
    const href = address({ aet: this.aeTitle, uid });
    const cell = (name, ...content) => element('td', { 'data-label': say(name) }, ...content);
    const user = meanings(protocol, 'HangingProtocolUserIdentificationCodeSequence')[0] ?? '';
    const level = text(protocol, 'HangingProtocolLevel');
    const name = text(protocol, 'HangingProtocolName') || uid;
    return element('tr', {},
      this.retired ? cell('actions', this.permissions.mayChange(protocol) ? this.actions(uid, name) : '') : cell('picture', element('a', { href, tabindex: -1, 'aria-hidden': 'true' }, element('img', {
        src: this.service.url(uid, '/layout.svg', { thumbnail: true, lang: language }), alt: '', loading: 'lazy', class: 'thumbnail',
      }))),
      element('th', { scope: 'row' }, this.retired ? name : element('a', { href, text: name }),
        element('p', { class: 'note', text: text(protocol, 'HangingProtocolDescription') })),
      cell('forWhat', studies(protocol)),
      element('td', { class: 'whole', 'data-label': say('level'), text: LEVELS.includes(level) ? say(level) : level }),
      cell('forWhom', user || text(protocol, 'HangingProtocolUserGroupName')),
      cell('screens', text(protocol, 'NumberOfScreens')),
      cell('priors', text(protocol, 'NumberOfPriorsReferenced')),
      cell('created', dateTime(text(protocol, 'HangingProtocolCreationDateTime'), language)));
  }

  actions(uid, name) {
    const button = (action, work) => element('button', { type: 'button', class: 'plain', onclick: work, text: say(action), 'aria-label': `${say(action)}: ${name}` });
    const done = text => {
      report(text);
      this.load();
    };
    return element('div', { class: 'actions' },
      button('restore', () => attempt(async () => {
        await this.service.change(uid, 'restore', '*');
        done(say('restored', { name }));
      })),
      button('delete', async () => {
        if (await ask('delete', () => true, element('p', { text: say('deleteQuestion', { name }) })))
          await attempt(async () => {
            await this.service.remove(uid);
            done(say('deleted', { name }));
          });
      }));
  }

  pages(more) {
    const { filters, offset } = this;
    const link = (name, at, there) => there
      ? element('a', { class: 'button plain', href: this.here({ ...filters, sort: this.sort, offset: at || null }), text: say(name) }) : null;
    return element('nav', { class: 'pages', 'aria-label': say('pages') },
      link('previous', Math.max(0, offset - PAGE), offset > 0), link('next', offset + PAGE, more));
  }
}

/** What studies a protocol is for, in a few words: modality and region of each definition, each once. */
function studies(protocol) {
  const definitions = values(protocol, 'HangingProtocolDefinitionSequence')
    .map(item => [text(item, 'Modality'), meanings(item, 'AnatomicRegionSequence').join(', ')].filter(Boolean).join(' '));
  return [...new Set(definitions)].filter(Boolean).join('; ');
}

customElements.define('hp-list', HangingProtocolList);
