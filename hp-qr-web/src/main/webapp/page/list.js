// The list of protocols: filters, a page of matches with small pictures and words, in the order that was asked for.

import { dateTime, meanings, text, values } from './attributes.js';
import { element, explained, explanationBeside, table, term } from './dom.js';
import { language, say } from './i18n.js';
import { address, announce, entitle, go, loading, parameters, problem, rememberList, report } from './page.js';
import { retiredActions } from './retired.js';
import { samples } from './samples.js';
import { lateralityName, levelChoice, levelName } from './terms.js';

const PAGE = 25;
/** Most protocols that can be marked: their UIDs are the address of the export. */
const MAX_MARKED = 500;
/** Columns whose terms are explained. */
const EXPLAINED = ['forWhat', 'shows', 'level', 'forWhom', 'screens', 'priors', 'created'];
/** SOP Instance UIDs of the marked protocols by AE title; they stay marked on other pages of the list. */
const MARKED = new Map();
/** Columns that can be sorted by, and their attributes. */
const SORTABLE = {
  name: 'HangingProtocolName',
  forWhat: 'HangingProtocolDefinitionSequence.Modality',
  level: 'HangingProtocolLevel',
  screens: 'NumberOfScreens',
  priors: 'NumberOfPriorsReferenced',
  created: 'HangingProtocolCreationDateTime',
};

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
    rememberList(this.aeTitle);
    if (this.retired)
      entitle(say('retiredList'));
    MARKED.has(this.aeTitle) || MARKED.set(this.aeTitle, new Set());
    this.marked = MARKED.get(this.aeTitle);
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
      name === 'level' ? levelChoice(this.filters.level) : element('input', { name, value: this.filters[name], autocomplete: 'off', maxlength: 64 }));
    const submit = event => {
      event.preventDefault();
      go(this.here({ sort: this.sort, ...Object.fromEntries(new FormData(event.target)) }));
    };
    return element('form', { class: 'filters', role: 'search', onsubmit: submit }, ...Object.keys(FILTERS).map(field),
      element('div', { class: 'actions' },
        element('button', { type: 'submit', text: say('filter') }),
        element('a', { class: 'button plain', href: this.here({}), text: say('clear') })));
  }

  keys() {
    return Object.assign({}, ...Object.entries(this.filters).filter(([, value]) => value).map(([name, value]) => FILTERS[name](value)));
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    loading();
    try {
      const { protocols, total } = await this.service.search(this.retired, this.keys(), this.sortedBy(), this.offset, PAGE, this.request.signal);
      this.show(protocols, total);
    } catch (e) {
      if (e.name === 'AbortError')
        return;
      announce('');
      this.results.replaceChildren(problem(e, () => this.load()));
    }
  }

  show(protocols, total) {
    if (!protocols.length) {
      const filtered = Object.values(this.filters).some(Boolean);
      announce(say('foundNone'));
      this.results.replaceChildren(element('div', { class: 'empty' },
        element('p', { text: say(filtered ? 'noneWithFilter' : this.retired ? 'noneRetired' : 'none') }),
        filtered || this.retired || !this.permissions.mayStore ? null : this.begin()));
      return;
    }
    const number = value => new Intl.NumberFormat(language).format(value);
    announce(say('found', { from: number(this.offset + 1), to: number(this.offset + protocols.length), total: number(total) }));
    const header = name => Object.hasOwn(SORTABLE, name) ? this.sortable(name)
      : element('th', { scope: 'col' }, name === 'mark' ? this.markAll() : EXPLAINED.includes(name) ? term(say(name), say(`column.${name}`)) : say(name));
    const columns = [...this.retired ? ['actions'] : ['mark', 'picture'], 'name', 'forWhat', ...this.retired ? [] : ['shows'], 'level', 'forWhom', 'screens', 'priors', 'created'];
    this.results.replaceChildren(
      table(columns.map(header), protocols.map(protocol => this.row(protocol)), { class: 'protocols' }),
      this.pages(this.offset + protocols.length < total),
      this.retired ? '' : this.exports());
    if (!this.retired)
      this.updateMarks();
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
    const link = element('a', { href: this.here({ ...this.filters, sort: direction === 'ascending' ? `-${name}` : name }), text: say(name), title: say('sort') });
    return element('th', { scope: 'col', 'aria-sort': direction, class: 'sortable' },
      EXPLAINED.includes(name) ? explanationBeside(link, say(name), say(`column.${name}`)) : link);
  }

  /** Marks all protocols that are shown, or takes their marks away. */
  markAll() {
    this.all = element('input', { type: 'checkbox', 'aria-label': say('markAll'), onchange: () => {
      this.boxes().forEach(box => this.mark(box.value, this.all.checked));
      this.updateMarks();
    } });
    return this.all;
  }

  boxes() {
    return [...this.results.querySelectorAll('tbody input[type=checkbox]')];
  }

  mark(uid, on) {
    if (!on)
      this.marked.delete(uid);
    else if (this.marked.size < MAX_MARKED || this.marked.has(uid))
      this.marked.add(uid);
    else
      report(say('markLimit', { number: MAX_MARKED }));
  }

  /** Export of all that matches, and of what is marked. */
  exports() {
    const link = (text, href) => element('a', { class: 'button plain', download: 'hanging-protocols.zip', href, text });
    this.ofMarked = element('div', { class: 'actions', role: 'group', 'aria-label': say('marked') });
    this.showMarked = () => this.ofMarked.replaceChildren(...this.marked.size === 0 ? [] : [
      element('span', { role: 'status', text: say('numberMarked', { number: this.marked.size }) }),
      link(say('exportMarked'), this.service.searchUrl(false, { SOPInstanceUID: [...this.marked].join(',') }, { accept: 'application/zip' })),
      element('button', { type: 'button', class: 'plain', text: say('unmark'), onclick: () => {
        this.marked.clear();
        this.updateMarks();
        this.all.focus();
      } })]);
    return element('div', { class: 'actions exports' },
      link(say('export'), this.service.searchUrl(false, this.keys(), { accept: 'application/zip' })), this.ofMarked);
  }

  updateMarks() {
    const boxes = this.boxes();
    boxes.forEach(box => { box.checked = this.marked.has(box.value); });
    const checked = boxes.filter(box => box.checked).length;
    this.all.checked = checked === boxes.length;
    this.all.indeterminate = checked > 0 && checked < boxes.length;
    this.showMarked();
  }

  row(protocol) {
    const uid = text(protocol, 'SOPInstanceUID');
    const href = address({ aet: this.aeTitle, uid });
    const cell = (name, ...content) => element('td', { 'data-label': say(name) }, ...content);
    const user = meanings(protocol, 'HangingProtocolUserIdentificationCodeSequence')[0] ?? '';
    const name = text(protocol, 'HangingProtocolName') || uid;
    return element('tr', {},
      ...this.retired ? [cell('actions', this.permissions.mayChange(protocol) ? retiredActions(this.service, uid, name, '*', () => this.load()) : '')]
        : [element('td', { class: 'mark' }, this.box(uid, name)), element('td', { class: 'picture' }, this.thumbnail(uid, href))],
      element('th', { scope: 'row' }, element('a', { href, text: name }),
        element('p', { class: 'note', text: text(protocol, 'HangingProtocolDescription') })),
      element('td', { class: 'what', 'data-label': say('forWhat'), text: studies(protocol) }),
      this.retired ? null : cell('shows', this.words(uid)),
      element('td', { class: 'whole', 'data-label': say('level'), text: levelName(text(protocol, 'HangingProtocolLevel')) }),
      element('td', { class: 'whom', 'data-label': say('forWhom'), text: user || text(protocol, 'HangingProtocolUserGroupName') }),
      cell('screens', text(protocol, 'NumberOfScreens')),
      cell('priors', text(protocol, 'NumberOfPriorsReferenced')),
      element('td', { class: 'whole', 'data-label': say('created'), text: dateTime(text(protocol, 'HangingProtocolCreationDateTime'), language) }));
  }

  box(uid, name) {
    return element('input', { type: 'checkbox', value: uid, 'aria-label': say('mark', { name }), onchange: event => {
      this.mark(uid, event.target.checked);
      this.updateMarks();
    } });
  }

  thumbnail(uid, href) {
    return element('a', { href, tabindex: -1, 'aria-hidden': 'true' }, element('img', {
      src: this.service.url(uid, '/layout.svg', { thumbnail: true, lang: language }), alt: '', loading: 'lazy', class: 'thumbnail',
    }));
  }

  /** What is shown where, in words; they come when the row is there already, so there is room for them from the beginning. */
  words(uid) {
    const words = element('p', { class: 'words' });
    this.service.layout(uid, language, '', this.request.signal).then(({ groups }) => {
      words.textContent = groups.flatMap(group => group.sentences).join(' ');
      words.title = words.textContent;
    }, () => {
      // the protocol is gone, or the network: its own page says which
      words.textContent = '–';
    });
    return words;
  }

  pages(more) {
    const { filters, offset } = this;
    const link = (name, at, there) => there
      ? element('a', { class: 'button plain', href: this.here({ ...filters, sort: this.sort, offset: at || null }), text: say(name) }) : null;
    return element('nav', { class: 'pages', 'aria-label': say('pages') },
      link('previous', Math.max(0, offset - PAGE), offset > 0), link('next', offset + PAGE, more));
  }
}

/** What studies a protocol is for, in a few words: modality, region and laterality of each definition, each once. */
function studies(protocol) {
  const definitions = values(protocol, 'HangingProtocolDefinitionSequence')
    .map(item => [text(item, 'Modality'), meanings(item, 'AnatomicRegionSequence').join(', '), lateralityName(text(item, 'Laterality'))].filter(Boolean).join(' '));
  return [...new Set(definitions)].filter(Boolean).join('; ');
}

customElements.define('hp-list', HangingProtocolList);
