// Which protocols apply to a study, and why; what falls into the image boxes of one of them.

import { element, explained, term } from './dom.js';
import { language, say } from './i18n.js';
import { address, announce, entitle, loading, problem } from './page.js';
import { levelName } from './terms.js';

const STUDY_INSTANCE_UID = '0020000D';
const STUDY_DATE = '00080020';
const STUDY_DESCRIPTION = '00081030';
const OUTCOMES = { MATCHES: '✓', DOES_NOT_MATCH: '✗', NOT_EVALUABLE: '?' };

function first(dataset, tag) {
  return dataset[tag]?.Value?.[0] ?? '';
}

/** YYYYMMDD as the reader writes it. */
function date(text) {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? '');
  return parts ? new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(parts[1], parts[2] - 1, parts[3])) : text ?? '';
}

class ApplicableProtocols extends HTMLElement {
  connectedCallback() {
    entitle(say('applicable.title'));
    this.metadata = [];
    this.results = element('div');
    this.replaceChildren(element('h1', { text: say('applicable.title') }), element('p', { text: say('applicable.help') }), this.form(), this.results);
    announce('');
  }

  form() {
    const input = name => element('input', { name, autocomplete: 'off', maxlength: 640 });
    const field = (name, made = input(name)) => explained(say(`applicable.${name}`), say(`applicable.${name}Help`), made);
    this.files = element('input', { type: 'file', name: 'files', multiple: true, accept: '.json,application/dicom+json,application/json', onchange: () => this.read([...this.files.files]) });
    this.current = element('select', { name: 'current' });
    this.choice = element('div', { hidden: true }, field('current', this.current));
    const submit = event => {
      event.preventDefault();
      this.ask(Object.fromEntries(new FormData(event.target)), this.uid);
    };
    return element('form', { class: 'filters', onsubmit: submit,
      ondragover: event => event.preventDefault(),
      ondrop: event => {
        event.preventDefault();
        this.read([...event.dataTransfer.files]);
      } },
    field('files', this.files), this.choice, field('study'), field('user'), field('groups'), field('screens'),
    element('div', { class: 'actions' }, element('button', { type: 'submit', text: say('applicable.apply') })));
  }

  /** Takes the metadata of studies out of files; of several studies, the newest is the current one until another is chosen. */
  async read(files) {
    this.metadata = [];
    try {
      for (const file of files)
        this.metadata.push(...[JSON.parse(await file.text())].flat());
    } catch {
      this.metadata = [];
    }
    const studies = new Map();
    for (const dataset of this.metadata)
      if (typeof dataset === 'object' && first(dataset, STUDY_INSTANCE_UID))
        studies.set(first(dataset, STUDY_INSTANCE_UID), dataset);
    const newest = [...studies].sort(([, one], [, other]) => first(other, STUDY_DATE).localeCompare(first(one, STUDY_DATE)));
    this.current.replaceChildren(...newest.map(([uid, dataset]) => element('option', { value: uid,
      text: [date(first(dataset, STUDY_DATE)), first(dataset, STUDY_DESCRIPTION), uid].filter(Boolean).join(', ') })));
    this.choice.hidden = studies.size < 2;
    announce(this.metadata.length > 0 ? say('applicable.read', { images: this.metadata.length, studies: studies.size }) : say('applicable.unreadable'));
  }

  /** @param protocol the one whose image boxes are filled; null for the best */
  async ask(fields, protocol) {
    const sent = this.metadata.length > 0;
    const list = text => text.split(',').map(part => part.trim()).filter(Boolean);
    const query = [['StudyInstanceUID', sent ? fields.current : fields.study.trim()], ['user', fields.user.trim()],
      ...list(fields.groups).map(group => ['group', group]), ...list(fields.screens.replaceAll(' ', ',')).map(screen => ['screen', screen]),
      ['protocol', protocol], ['picture', 'true'], ['lang', language]].filter(([, value]) => value);
    loading();
    try {
      const answer = await this.service.applicable(query, sent ? this.metadata : null);
      announce('');
      this.show(answer, uid => this.ask(fields, uid));
    } catch (e) {
      announce('');
      this.results.replaceChildren(problem(e));
    }
  }

  /** @param choose asks for the image boxes of another protocol */
  show({ selection, complete, priorStudies, layout, pictures }, choose) {
    const { applicable, undecided, notApplicable, notVisible } = selection;
    this.results.replaceChildren(
      element('h2', {}, term(say('applicable.result', { number: applicable.length, priors: priorStudies }), say('applicable.resultHelp'))),
      complete ? '' : element('p', { class: 'refused', text: say('explain.incomplete') }),
      element('ol', { class: 'candidates' }, ...applicable.map(candidate => this.candidate(candidate, choose))),
      layout ? this.layout(layout, pictures ?? []) : '',
      ...Object.entries({ undecided, notApplicable, notVisible }).filter(([, list]) => list.length > 0).map(([name, list]) =>
        element('details', {}, element('summary', { text: say(`applicable.${name}`, { number: list.length }) }),
          element('p', { class: 'note', text: say(`applicable.${name}Help`) }),
          element('ul', { class: 'candidates' }, ...list.map(candidate => this.candidate(candidate, choose))))));
  }

  candidate({ rank, tied, sopInstanceUid, name, level, reasons }, choose) {
    return element('li', { value: rank || null },
      element('p', {}, element('a', { href: address({ aet: this.aeTitle, uid: sopInstanceUid }), text: name || sopInstanceUid }),
        level ? ` (${levelName(level)})` : '', tied ? ` ${say('applicable.tied')}` : '', ' ',
        element('button', { type: 'button', class: 'plain', text: say('applicable.fill'), 'aria-label': `${say('applicable.fill')}: ${name || sopInstanceUid}`,
          onclick: async () => {
            await choose(sopInstanceUid);
            this.querySelector('.filled')?.scrollIntoView();
          } })),
      sentences(reasons));
  }

  layout({ name, sopInstanceUid, displaySets, emptyBoxes, imageSets, reasons }, pictures) {
    const box = ({ number, images }) => element('li', { class: images === 0 ? 'refused' : '',
      text: say(images === 0 ? 'applicable.emptyBox' : 'applicable.box', { number, images }) });
    const series = ({ description, modality, seriesNumber, studyDate, current, images }) => element('li', {
      text: say(current ? 'applicable.currentSeries' : 'applicable.priorSeries', { images, date: date(studyDate),
        series: description || [modality, seriesNumber].filter(Boolean).join(' ') || '?' }) });
    const set = ({ number, label, series: parts, boxes, reasons: why }) => element('section', {},
      element('h4', { text: say('applicable.displaySet', { number, label: label ?? '' }) }),
      element('ul', {}, ...parts.map(series)), element('ul', {}, ...boxes.map(box)), sentences(why));
    return element('section', { class: 'filled' },
      element('h3', {}, term(say('applicable.shows', { name: name || sopInstanceUid }), say('applicable.showsHelp'))),
      element('p', { text: emptyBoxes.length ? say('applicable.empty', { number: emptyBoxes.length }) : say('applicable.full') }),
      ...pictures.map(({ svg }) => picture(svg)), sentences(reasons), ...displaySets.map(set),
      element('details', {}, element('summary', { text: say('applicable.imageSets') }), element('p', { class: 'note', text: say('imageSetsHelp') }), ...imageSets.map(({ number, label, reasons: why }) =>
        element('section', {}, element('h4', { text: say('applicable.imageSet', { number, label: label ?? '' }) }), sentences(why)))));
  }
}

/** Reasons as the server says them, in English. */
function sentences(reasons) {
  return element('ul', { class: 'reasons' }, ...reasons.map(({ outcome, sentence }) => element('li', { class: outcome, lang: 'en' },
    element('span', { 'aria-hidden': 'true', text: `${OUTCOMES[outcome]} ` }), sentence)));
}

/** A picture in the page: its names would be those of other elements, so they go, and what they say stays. */
function picture(text) {
  const svg = document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
  svg.setAttribute('aria-label', [...svg.children].filter(child => ['title', 'desc'].includes(child.localName)).map(child => child.textContent).join('. '));
  svg.removeAttribute('aria-labelledby');
  svg.querySelectorAll('[id]').forEach(named => named.removeAttribute('id'));
  svg.classList.add('layout');
  return element('figure', {}, svg);
}

customElements.define('hp-applicable', ApplicableProtocols);
