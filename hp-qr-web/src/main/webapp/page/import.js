// Import: files are chosen or dropped, stored one after the other, and answered with a line each.

import { element, heading, table } from './dom.js';
import { say } from './i18n.js';
import { address, announce, entitle, problem } from './page.js';
import { removeSamples, samples } from './samples.js';

class HangingProtocolImport extends HTMLElement {
  connectedCallback() {
    entitle(say('importTitle'));
    this.table = table([heading(say('file')), heading(say('result'))], [], { hidden: true });
    this.progress = element('progress', { hidden: true, value: 0, 'aria-label': say('importTitle') });
    const input = element('input', { type: 'file', multiple: true, onchange: () => this.store([...input.files]) });
    const area = element('div', { class: 'drop',
      ondragover: event => event.preventDefault(),
      ondrop: event => {
        event.preventDefault();
        this.store([...event.dataTransfer.files]);
      } },
    element('p', { text: say('importHelp') }), element('label', {}, say('chooseFiles'), ' ', input));
    this.replaceChildren(element('h1', { text: say('importTitle') }), area, this.progress, this.table);
    if (this.permissions.administrator)
      this.append(element('section', {}, element('h2', { text: say('samples') }), element('p', { text: say('samplesHelp') }),
        element('div', { class: 'actions' }, samples(this.service, () => announce('')), removeSamples(this.service))));
  }

  async store(files) {
    this.table.hidden = false;
    this.progress.hidden = false;
    this.progress.max = files.length;
    let stored = 0;
    let failed = 0;
    for (const [index, file] of files.entries()) {
      this.progress.value = index;
      announce(say('importing', { done: index, all: files.length }));
      try {
        for (const { uid, failure } of await this.service.store(file)) {
          failure ? failed++ : stored++;
          this.line(file.name, failure ? element('span', { class: 'refused', text: refusal(failure) })
            : element('a', { href: address({ aet: this.aeTitle, uid }), text: say('stored') }));
        }
      } catch (e) {
        failed++;
        this.line(file.name, problem(e));
      }
    }
    this.progress.value = files.length;
    announce(say('imported', { stored, failed }));
  }

  line(name, result) {
    this.table.tBodies[0].append(element('tr', {}, element('th', { scope: 'row', text: name }), element('td', {}, result)));
  }
}

const KNOWN_FAILURES = ['0110', '0117', '0122', '0124', 'A700', 'A900', 'C000'];

function refusal(code) {
  return say('refused', { reason: KNOWN_FAILURES.includes(code) ? say(`F${code}`) : `${code}H` });
}

customElements.define('hp-import', HangingProtocolImport);
