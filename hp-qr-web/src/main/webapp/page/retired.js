// What can be done with a retired protocol: it is restored, or deleted for good.

import { element } from './dom.js';
import { say } from './i18n.js';
import { ask, attempt, report } from './page.js';

/**
 * Buttons for both.
 * @param etag names the content that the user has seen; `*` stands for any
 * @param done what to do then
 */
export function retiredActions(service, uid, name, etag, done) {
  const button = (action, work) => element('button', { type: 'button', class: 'plain', onclick: work, text: say(action), 'aria-label': `${say(action)}: ${name}` });
  const change = (work, text) => attempt(async () => {
    await work();
    done();
    report(say(text, { name }));
  });
  return element('div', { class: 'actions' },
    button('restore', () => change(() => service.change(uid, 'restore', etag), 'restored')),
    button('delete', async () => {
      if (await ask('delete', () => true, element('p', { text: say('deleteQuestion', { name }) })))
        await change(() => service.remove(uid, etag), 'deleted');
    }));
}
