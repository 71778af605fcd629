// One protocol: pictures and words of all its presentation groups, the studies it is for, facts, all attributes, actions.

import { dateTime, meaning, meanings, TAGS, text, values } from './attributes.js';
import { element, term } from './dom.js';
import { History } from './history.js';
import { language, say } from './i18n.js';
import { address, announce, ask, attempt, go, loading, problem, report } from './page.js';
import { tree } from './tree.js';
import { validation } from './validation.js';

/** Facts that have an explanation. */
const EXPLAINED = ['level', 'user', 'group', 'screens', 'priors'];

class HangingProtocolDetail extends HTMLElement {
  connectedCallback() {
    this.load();
  }

  async load() {
    loading();
    try {
      const [{ dataset, etag }, layout] = await Promise.all([
        this.service.protocol(this.uid), this.service.layout(this.uid, language)]);
      if (!this.isConnected)
        return;
      announce('');
      this.show(dataset, etag, layout);
    } catch (e) {
      announce('');
      this.replaceChildren(this.back(), problem(e, () => this.load()));
    }
  }

  back() {
    return element('p', {}, element('a', { href: address({ aet: this.aeTitle }), text: say('back') }));
  }

  show(dataset, etag, layout) {
    this.name = text(dataset, 'HangingProtocolName') || this.uid;
    document.title = `${this.name} – ${say('title')}`;
    this.replaceChildren(this.back(),
      element('h1', { text: this.name }),
      element('p', { text: text(dataset, 'HangingProtocolDescription') }),
      this.actions(dataset, etag),
      element('section', {}, element('h2', { text: say('layout') }),
        ...layout.groups.map(group => this.group(group, layout.groups.length > 1))),
      element('section', {}, element('h2', {}, term(say('definitions'), say('definitionsHelp'))), definitions(dataset)),
      element('section', {}, element('h2', {}, term(say('imageSets'), say('imageSetsHelp'))), parts('imageSet', layout.imageSets)),
      element('section', {}, element('h2', {}, term(say('displaySets'), say('displaySetsHelp'))),
        parts('displaySet', layout.groups.flatMap(group => group.displaySets))),
      layout.screens.length ? element('section', {}, element('h2', {}, term(say('screens'), say('screensHelp'))),
        element('ul', {}, ...layout.screens.map(screen => element('li', { text: screen })))) : '',
      element('section', {}, element('h2', { text: say('facts') }), this.facts(dataset)),
      new History(this, dataset, etag).section,
      validation(this.service, this.uid),
      this.attributes());
  }

  actions(dataset, etag) {
    const button = (name, action, kind = '') => element('button', { type: 'button', class: kind, onclick: action, text: say(name) });
    return element('div', { class: 'actions' },
      button('download', () => this.download()),
      element('a', { class: 'button plain', href: this.service.url(this.uid, '', { accept: 'application/dicom+json' }), text: say('downloadJson') }),
      ...['explain', 'applicable'].map(view => element('a', { class: 'button plain', href: address({ aet: this.aeTitle, view, uid: this.uid }),
        text: say(`${view}.navigation`) })),
      this.permissions.mayStore ? button('copy', () => this.copy(dataset), 'plain') : null,
      this.permissions.mayChange(dataset) ? button('retire', () => this.retire(etag), 'plain') : null);
  }

  download() {
    return attempt(async () => {
      const link = element('a', { href: URL.createObjectURL(await this.service.file(this.uid)), download: `${this.uid}.dcm` });
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  async retire(etag) {
    const yes = await ask('retire', () => true, element('p', { text: say('retireQuestion', { name: this.name }) }));
    if (yes)
      await this.change('retire', 'retired', etag);
  }

  change(action, done, etag) {
    return attempt(async () => {
      await this.service.change(this.uid, action, etag);
      go(address({ aet: this.aeTitle }));
      const undo = element('button', { type: 'button', class: 'plain', onclick: () => this.change('restore', 'restored', etag), text: say('undo') });
      report(say(done, { name: this.name }), ' ', action === 'retire' ? undo : '');
    });
  }

  /** For another user, group or site: the level decides which of the fields count. */
  async copy(dataset) {
    const field = (name, value) => element('label', {}, say(name), element('input', { name, value, maxlength: 64, autocomplete: 'off' }));
    const { levels, groups, user } = this.permissions;
    const own = this.permissions.administrator ? null : user.code;
    const choice = (name, values, label = value => value) => element('label', {}, say(name),
      element('select', { name }, ...values.map(value => element('option', { value, text: label(value) }))));
    const form = await ask('copy', dialog => Object.fromEntries(new FormData(dialog.querySelector('form'))),
      element('p', { text: say('copyQuestion') }),
      field('name', text(dataset, 'HangingProtocolName')),
      choice('level', levels, say),
      ...own ? [choice('user', [own.value]), choice('scheme', [own.scheme ?? '99HPQR'])] : [field('user', ''), field('scheme', '99HPQR')],
      groups ? choice('group', groups) : field('group', ''));
    if (!form)
      return;
    const value = (vr, ...values) => ({ vr, Value: values });
    const changes = { [TAGS.HangingProtocolName]: value('SH', form.name), [TAGS.HangingProtocolLevel]: value('CS', form.level) };
    // of what belongs to another level than the chosen one, nothing is sent
    if (form.user && (form.level === 'SINGLE_USER' || !own))
      changes[TAGS.HangingProtocolUserIdentificationCodeSequence] = value('SQ', {
        [TAGS.CodeValue]: value('SH', form.user), [TAGS.CodingSchemeDesignator]: value('SH', form.scheme), [TAGS.CodeMeaning]: value('LO', form.user),
      });
    if (form.group && (form.level === 'USER_GROUP' || !groups))
      changes[TAGS.HangingProtocolUserGroupName] = value('LO', form.group);
    await attempt(async () => {
      go(address({ aet: this.aeTitle, uid: await this.service.copy(this.uid, changes) }));
      report(say('copied', { name: form.name }));
    });
  }

  group({ number, title, sentences }, several) {
    const picture = this.service.url(this.uid, '/layout.svg', { group: number, lang: language });
    return element('figure', {},
      several ? element('h3', { text: title || say('presentationGroup', { number }) }) : null,
      element('img', { src: picture, alt: sentences.join(' '), class: 'layout' }),
      element('figcaption', {}, element('ul', {}, ...sentences.map(sentence => element('li', { text: sentence })))));
  }

  facts(dataset) {
    const level = text(dataset, 'HangingProtocolLevel');
    const user = values(dataset, 'HangingProtocolUserIdentificationCodeSequence')[0];
    const rows = [
      ['level', level],
      ['user', user ? `${meaning(user)} (${text(user, 'CodeValue')}, ${text(user, 'CodingSchemeDesignator')})` : ''],
      ['group', text(dataset, 'HangingProtocolUserGroupName')],
      ['screens', text(dataset, 'NumberOfScreens')],
      ['priors', text(dataset, 'NumberOfPriorsReferenced')],
      ['creator', text(dataset, 'HangingProtocolCreator')],
      ['created', dateTime(text(dataset, 'HangingProtocolCreationDateTime'), language)],
      ['uid', this.uid],
    ];
    return element('dl', {}, ...rows.filter(([, value]) => value)
      .flatMap(([name, value]) => [element('dt', {}, EXPLAINED.includes(name) ? term(say(name), say(`${name}Help`)) : say(name)),
        element('dd', { text: value })]));
  }

  attributes() {
    const details = element('details', {}, element('summary', { text: say('showDataset') }));
    details.addEventListener('toggle', async () => {
      try {
        details.append(tree(await this.service.model(this.uid)));
      } catch (e) {
        details.append(problem(e));
      }
    }, { once: true });
    return element('section', {}, element('h2', { text: say('dataset') }), details);
  }
}

/** Image sets or display sets, in words. */
function parts(kind, rows) {
  return element('table', {},
    element('thead', {}, element('tr', {}, ...['number', 'label', kind].map(name => element('th', { scope: 'col', text: say(name) })))),
    element('tbody', {}, ...rows.map(({ number, label, sentences }) => element('tr', {},
      element('td', { 'data-label': say('number'), text: number }),
      element('td', { 'data-label': say('label'), text: label || '–' }),
      element('td', { 'data-label': say(kind) }, ...sentences.map(sentence => element('p', { class: 'sentence', text: sentence })))))));
}

function definitions(dataset) {
  const columns = [['modality', item => text(item, 'Modality')],
    ['region1', item => meanings(item, 'AnatomicRegionSequence').join(', ')],
    ['laterality', item => text(item, 'Laterality')],
    ['procedure', item => meanings(item, 'ProcedureCodeSequence').join(', ')],
    ['reason', item => meanings(item, 'ReasonForRequestedProcedureCodeSequence').join(', ')]];
  return element('table', {},
    element('thead', {}, element('tr', {}, ...columns.map(([name]) => element('th', { scope: 'col', text: say(name) })))),
    element('tbody', {}, ...values(dataset, 'HangingProtocolDefinitionSequence').map(item =>
      element('tr', {}, ...columns.map(([name, value]) => element('td', { 'data-label': say(name), text: value(item) || '–' }))))));
}

customElements.define('hp-detail', HangingProtocolDetail);
