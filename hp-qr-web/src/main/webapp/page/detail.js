// One protocol: pictures and words of all its presentation groups, the studies it is for, facts, all attributes, actions.

import { dateTime, meaning, meanings, TAGS, text, values } from './attributes.js';
import { element, heading, table, term } from './dom.js';
import { History, version } from './history.js';
import { language, say } from './i18n.js';
import { address, announce, ask, attempt, entitle, go, lastList, loading, problem, report } from './page.js';
import { retiredActions } from './retired.js';
import { lateralityName, levelName } from './terms.js';
import { tree } from './tree.js';
import { validation } from './validation.js';

/** Most sentences about one picture that are shown at first. */
const MAX_SENTENCES = 40;

class HangingProtocolDetail extends HTMLElement {
  connectedCallback() {
    this.load();
  }

  async load() {
    loading();
    try {
      await this.read();
      if (this.isConnected)
        announce('');
    } catch (e) {
      if (!this.isConnected)
        return;
      announce('');
      this.replaceChildren(this.back(), element('h1', { text: this.uid }), problem(e, () => this.load()));
    }
  }

  /** Reads all parts and then shows them at once, so that nothing moves any more under the reader's pointer. */
  async read() {
    const past = await this.service.history(this.uid);
    // what is retired is in its history only
    this.retired = past.state === 'retired';
    this.version = this.retired ? version(past.current) : '';
    const { dataset, etag } = await this.service.protocol(this.uid, this.version);
    this.name = text(dataset, 'HangingProtocolName') || this.uid;
    const layout = await this.service.layout(this.uid, language, this.version);
    const history = new History(this, past, dataset, etag);
    const rules = this.retired ? null : validation(this.service, this.uid);
    const groups = layout.groups.map(group => this.group(group, layout.groups.length > 1));
    await Promise.all([rules?.loaded, ...groups.flatMap(group => [...group.querySelectorAll('img')].map(image => image.decode().catch(() => {})))]);
    if (this.isConnected)
      this.show(dataset, etag, layout, groups, [history.section, rules?.section]);
  }

  back() {
    return element('p', {}, element('a', { href: lastList(this.aeTitle), text: say('back') }));
  }

  show(dataset, etag, layout, groups, later) {
    entitle(this.name);
    const section = (name, ...content) => element('section', {}, element('h2', {}, term(say(name), say(`${name}Help`))), ...content);
    this.replaceChildren(this.back(),
      element('h1', { text: this.name }),
      element('p', { text: text(dataset, 'HangingProtocolDescription') }),
      ...this.retired ? [element('p', { class: 'refused', text: say('isRetired') })] : [],
      this.actions(dataset, etag),
      section('layout', ...groups),
      section('definitions', definitions(dataset)),
      section('imageSets', parts('imageSet', layout.imageSets)),
      section('displaySets', parts('displaySet', layout.groups.flatMap(group => group.displaySets))),
      layout.screens.length ? section('screens', element('ul', {}, ...layout.screens.map(screen => element('li', { text: screen })))) : '',
      element('section', {}, element('h2', { text: say('facts') }), this.facts(dataset, layout)),
      ...later.filter(Boolean),
      section('dataset', this.attributes()));
  }

  actions(dataset, etag) {
    const button = (name, action, kind = '') => element('button', { type: 'button', class: kind, onclick: action, text: say(name) });
    return element('div', { class: 'actions' },
      button('download.dcm', () => this.download('dcm')), ...['json', 'xml', 'ohif'].map(form => button(`download.${form}`, () => this.download(form), 'plain')),
      ...this.retired ? [this.permissions.mayChange(dataset) ? retiredActions(this.service, this.uid, this.name, etag, () => this.changed()) : null]
        : this.otherActions(button, dataset, etag));
  }

  otherActions(button, dataset, etag) {
    return [
      ...['explain', 'applicable'].map(view => element('a', { class: 'button plain', href: address({ aet: this.aeTitle, view, uid: this.uid }),
        text: say(`${view}.navigation`) })),
      this.permissions.mayStore ? button('copy', () => this.copy(dataset), 'plain') : null,
      this.permissions.mayChange(dataset) ? button('retire', () => this.retire(etag), 'plain') : null];
  }

  /** After a retired protocol is restored or deleted. */
  changed() {
    go(address({ aet: this.aeTitle, view: 'retired' }));
  }

  /** @param form as of Service.file */
  download(form) {
    return attempt(async () => {
      const link = element('a', { href: URL.createObjectURL(await this.service.file(this.uid, this.version, form)),
        download: `${this.uid}.${form === 'ohif' ? 'ohif.json' : form}` });
      link.click();
      // browsers may read it after the click only
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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

  /** For another user, group or site, or with another name only: the level decides which fields there are. */
  async copy(dataset) {
    const field = (name, input) => element('label', {}, say(name), input);
    const input = (name, value) => field(name, element('input', { name, value, maxlength: name === 'group' ? 64 : 16, autocomplete: 'off', required: true }));
    const choice = (name, values, label = value => value) => field(name, element('select', { name }, ...values.map(value =>
      element('option', { value, text: label(value), selected: value === text(dataset, 'HangingProtocolLevel') }))));
    const { administrator, levels, groups, user } = this.permissions;
    const code = administrator ? null : user.code;
    const owner = values(dataset, 'HangingProtocolUserIdentificationCodeSequence')[0];
    const parts = {
      SINGLE_USER: element('fieldset', {}, ...code ? [choice('user', [code.value]), choice('scheme', [code.scheme ?? '99HPQR'])]
        : [input('user', text(owner, 'CodeValue')), input('scheme', text(owner, 'CodingSchemeDesignator') || '99HPQR')]),
      USER_GROUP: element('fieldset', {}, groups ? choice('group', groups) : input('group', text(dataset, 'HangingProtocolUserGroupName'))),
    };
    const level = choice('level', levels, levelName);
    const choose = () => Object.entries(parts).forEach(([name, part]) => {
      part.hidden = part.disabled = level.querySelector('select').value !== name;
    });
    level.addEventListener('change', choose);
    choose();
    const form = await ask('copy', dialog => Object.fromEntries(new FormData(dialog.querySelector('form'))),
      element('p', { text: say('copyQuestion') }), input('name', text(dataset, 'HangingProtocolName')), level, ...Object.values(parts));
    if (!form)
      return;
    const value = (vr, ...values) => ({ vr, Value: values });
    const changes = { [TAGS.HangingProtocolName]: value('SH', form.name), [TAGS.HangingProtocolLevel]: value('CS', form.level) };
    if (form.user)
      changes[TAGS.HangingProtocolUserIdentificationCodeSequence] = value('SQ', {
        [TAGS.CodeValue]: value('SH', form.user), [TAGS.CodingSchemeDesignator]: value('SH', form.scheme), [TAGS.CodeMeaning]: value('LO', form.user),
      });
    if (form.group)
      changes[TAGS.HangingProtocolUserGroupName] = value('LO', form.group);
    await attempt(async () => {
      go(address({ aet: this.aeTitle, uid: await this.service.copy(this.uid, changes) }));
      report(say('copied', { name: form.name }));
    });
  }

  group({ number, title, sentences }, several) {
    const picture = this.service.url(this.uid, `${this.version}/layout.svg`, { group: number, lang: language });
    return element('figure', {},
      several ? element('h3', { text: title || say('presentationGroup', { number }) }) : null,
      element('img', { src: picture, alt: sentences.join(' '), class: 'layout' }),
      element('figcaption', {}, inWords(sentences)));
  }

  facts(dataset, layout) {
    const user = values(dataset, 'HangingProtocolUserIdentificationCodeSequence')[0];
    const rows = [
      ['level', levelName(text(dataset, 'HangingProtocolLevel'))],
      ['user', user ? `${meaning(user)} (${text(user, 'CodeValue')}, ${text(user, 'CodingSchemeDesignator')})` : ''],
      ['group', text(dataset, 'HangingProtocolUserGroupName')],
      ['screens', text(dataset, 'NumberOfScreens')],
      ['priors', text(dataset, 'NumberOfPriorsReferenced')],
      ['partialData', layout.partialData],
      ['creator', text(dataset, 'HangingProtocolCreator')],
      ['created', dateTime(text(dataset, 'HangingProtocolCreationDateTime'), language)],
      ['uid', this.uid],
    ];
    return element('dl', {}, ...rows.filter(([, value]) => value)
      .flatMap(([name, value]) => [element('dt', {}, term(say(name), say(`fact.${name}`))),
        element('dd', { text: value })]));
  }

  attributes() {
    const details = element('details', {}, element('summary', { text: say('showDataset') }));
    details.addEventListener('toggle', async () => {
      try {
        details.append(tree(await this.service.model(this.uid, this.version)));
      } catch (e) {
        details.append(problem(e));
      }
    }, { once: true });
    return details;
  }
}

/** Sentences; where there are very many, the reader asks for the rest. */
function inWords(sentences) {
  const list = part => element('ul', {}, ...part.map(sentence => element('li', { text: sentence })));
  return sentences.length <= MAX_SENTENCES ? list(sentences) : element('div', {}, list(sentences.slice(0, MAX_SENTENCES)),
    element('details', {}, element('summary', { text: say('moreSentences', { number: sentences.length - MAX_SENTENCES }) }), list(sentences.slice(MAX_SENTENCES))));
}

/** Image sets or display sets, in words. */
function parts(kind, rows) {
  const columns = [heading(say('number'), say(`column.${kind}.number`)), heading(say('label'), say(`column.${kind}.label`)), heading(say(kind))];
  return table(columns, rows.map(({ number, label, sentences }) => element('tr', {},
    element('td', { 'data-label': say('number'), text: number }),
    element('td', { 'data-label': say('label'), text: label || '–' }),
    element('td', { 'data-label': say(kind) }, sentences.length > 1 ? inWords(sentences) : sentences[0] ?? '–'))));
}

function definitions(dataset) {
  const columns = [['modality', item => text(item, 'Modality')],
    ['region1', item => meanings(item, 'AnatomicRegionSequence').join(', ')],
    ['laterality', item => lateralityName(text(item, 'Laterality'))],
    ['procedure', item => meanings(item, 'ProcedureCodeSequence').join(', ')],
    ['reason', item => meanings(item, 'ReasonForRequestedProcedureCodeSequence').join(', ')]];
  return table(columns.map(([name]) => heading(say(name), say(`definition.${name}`))), values(dataset, 'HangingProtocolDefinitionSequence').map(item =>
    element('tr', {}, ...columns.map(([name, value]) => element('td', { 'data-label': say(name), text: value(item) || '–' })))), { class: 'definitions' });
}

customElements.define('hp-detail', HangingProtocolDetail);
