// The sample protocols, which come with the page: they are stored as if their zip was imported, at level SITE, and deleted as
// long as nobody has changed them.

import { element } from './dom.js';
import { say } from './i18n.js';
import { announce, ask, attempt, report } from './page.js';

/** A button that stores them. @param done what to do then */
export function samples(service, done) {
  return button('loadSamples', '', async () => {
    announce(say('loadingSamples'));
    const results = await service.store(await service.samples());
    const failed = results.filter(result => result.failure).length;
    report(say('imported', { stored: results.length - failed, failed }));
    await done();
  });
}

/** A button that deletes those that are stored as they came. */
export function removeSamples(service) {
  const sure = () => ask('delete', () => true, element('p', { text: say('removeSamplesQuestion') }));
  return button('removeSamples', 'plain', async progress => {
    const list = await service.sampleList();
    progress.max = list.length;
    let removed = 0;
    const changed = [];
    for (const [index, { uid, name, digest }] of list.entries()) {
      progress.value = index;
      try {
        await service.change(uid, 'retire', `"${digest}"`);
        await service.remove(uid, `"${digest}"`);
        removed++;
      } catch (e) {
        if (e.reason === 'conflict')
          changed.push(name);
        else if (e.reason !== 'missing')
          throw e;
      }
    }
    report(say('removedSamples', { removed }), changed.length ? ` ${say('changedSamples', { names: changed.join(', ') })}` : '');
  }, sure);
}

/** A button with the progress of what it does. @param sure asks before it is done */
function button(text, kind, work, sure = () => true) {
  const progress = element('progress', { hidden: true, 'aria-label': say(text) });
  const made = element('button', { type: 'button', class: kind, text: say(text), onclick: async () => {
    if (!await sure())
      return;
    made.disabled = true;
    progress.hidden = false;
    await attempt(() => work(progress));
    progress.removeAttribute('value');
    progress.hidden = true;
    made.disabled = false;
  } });
  return element('div', {}, made, progress);
}
