// What became of a protocol: who stored, retired or restored it and when, what it was made from, what was made from it.

import { element, heading, table, term } from './dom.js';
import { language, say } from './i18n.js';
import { address, attempt, go, report } from './page.js';

/** Path of one of the contents that a protocol has or had. */
export function version(number) {
  return `/history/${number}`;
}

export function time(value) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value));
}

/** A section with the history of a protocol. */
export class History {
  /**
   * @param detail  the view: service, aeTitle, uid, name, permissions
   * @param history of the service
   */
  constructor(detail, history, dataset, etag) {
    this.detail = detail;
    this.etag = etag;
    this.mayChange = detail.permissions.mayChange(dataset);
    this.current = history.current;
    this.hasPast = history.events.some(event => this.isPast(event));
    const columns = ['time', 'event', 'who', ...this.hasPast ? ['actions'] : []];
    this.section = element('section', { class: 'history' }, element('h2', {}, term(say('history.title'), say('history.help'))),
      table(columns.map(name => heading(say(`history.${name}`))), history.events.map(event => this.row(event))),
      this.others('sources', history.sources), this.others('copies', history.copies));
  }

  /** It brought a content that is not the one that is stored now. */
  isPast(event) {
    return event.content && event.number !== this.current;
  }

  row(event) {
    const cell = (name, ...content) => element('td', { 'data-label': say(`history.${name}`) }, ...content);
    const who = [event.user, event.aeTitle, event.address].filter(Boolean).join(', ');
    return element('tr', {},
      cell('time', element('time', { datetime: event.time, text: time(event.time) })),
      cell('event', event.number === this.current ? say('history.current', { event: say(`history.${event.event}`) }) : say(`history.${event.event}`)),
      cell('who', who || say('history.unknown')),
      !this.hasPast ? null : cell('actions', this.isPast(event) ? element('div', { class: 'actions' }, this.comparison(event), this.mayChange ? this.undo(event) : null) : ''));
  }

  comparison(event) {
    return element('a', { class: 'button plain', text: say('history.compare'), 'aria-label': `${say('history.compare')}: ${time(event.time)}`,
      href: address({ aet: this.detail.aeTitle, view: 'compare', uid: this.detail.uid, left: event.number, right: this.current }) });
  }

  undo(event) {
    return element('button', { type: 'button', class: 'plain', onclick: () => this.restore(event.number, this.etag),
      text: say('history.restore'), 'aria-label': `${say('history.restore')}: ${time(event.time)}` });
  }

  restore(number, etag) {
    const { service, aeTitle, uid, name } = this.detail;
    const before = this.current;
    return attempt(async () => {
      await service.change(uid, `${version(number).slice(1)}/restore`, etag);
      go(address({ aet: aeTitle, uid }));
      const undo = element('button', { type: 'button', class: 'plain', onclick: () => this.restore(before, '*'), text: say('undo') });
      report(say('history.done', { name }), ' ', undo);
    });
  }

  others(kind, protocols) {
    if (!protocols.length)
      return '';
    return element('div', {}, element('h3', { text: say(`history.${kind}`) }), element('ul', {}, ...protocols.map(({ sopInstanceUid, name }) =>
      element('li', {}, name ? element('a', { href: address({ aet: this.detail.aeTitle, uid: sopInstanceUid }), text: name }) : sopInstanceUid))));
  }
}
