// The sample protocols, which come with the page: they are stored as if their zip was imported, at level SITE.

import { element } from './dom.js';
import { say } from './i18n.js';
import { announce, attempt, report } from './page.js';

/** A button that stores them. @param done what to do then */
export function samples(service, done) {
  const progress = element('progress', { hidden: true, 'aria-label': say('loadSamples') });
  const button = element('button', { type: 'button', onclick: load, text: say('loadSamples') });

  async function load() {
    button.disabled = true;
    progress.hidden = false;
    announce(say('loadingSamples'));
    await attempt(async () => {
      const results = await service.store(await service.samples());
      const failed = results.filter(result => result.failure).length;
      report(say('imported', { stored: results.length - failed, failed }));
      await done();
    });
    button.disabled = false;
    progress.hidden = true;
  }

  return element('div', {}, button, progress);
}
