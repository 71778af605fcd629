// Where the reader is: the address says which view is open and what it was asked for, so that it can be sent to a colleague.

import { element, visible } from './dom.js';
import { say } from './i18n.js';

/** Milliseconds after which a reader wonders what is going on. */
const SLOW = 5_000;
let slow;
let working = false;

/** The parameters of the address. */
export function parameters() {
  return new URLSearchParams(location.search);
}

/** The address of a view; parameters that are empty are left out, the language is kept. */
export function address(changes) {
  const kept = new URLSearchParams();
  const lang = parameters().get('lang');
  for (const [name, value] of Object.entries({ lang, ...changes }))
    if (value !== null && value !== undefined && value !== '')
      kept.set(name, value);
  const query = kept.toString();
  return query ? `?${query}` : './';
}

/** Goes to a view. */
export function go(url) {
  history.pushState(null, '', url);
  dispatchEvent(new PopStateEvent('popstate'));
}

/** Names the window after the view. */
export function entitle(name) {
  document.title = `${visible(name)} – ${say('title')}`;
}

/** The addresses of the lists that were looked at last, by AE title. */
const LISTS = new Map();

/** Remembers which list is looked at, what was searched, which page. */
export function rememberList(aeTitle) {
  LISTS.set(aeTitle, location.search || './');
}

/** The address of that list, or else of the list of all protocols. */
export function lastList(aeTitle) {
  return LISTS.get(aeTitle) ?? address({ aet: aeTitle });
}

/** Says how far the view is, in the status line, which screen readers read out. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}

/** Says that something is under way (loading, working), and what can be done if that takes long. */
export function loading(what = 'loading') {
  const text = say(what);
  announce(text);
  clearTimeout(slow);
  slow = setTimeout(() => {
    if (document.getElementById('status').textContent === text)
      announce(say(what === 'loading' ? 'slow' : 'slowWork'));
  }, SLOW);
}

/** Says what became of an action, until another view is opened. Screen readers read it out. */
export function report(text, ...actions) {
  document.getElementById('message').replaceChildren(...[text, ...actions].map(part => part instanceof Node ? part : visible(part)));
}

/** The reason why something failed, of which there is a text. What is no answer of the service is an error of the page itself. */
function reasonOf(error) {
  if (error.reason)
    return error.reason;
  console.error(error);
  return 'page';
}

/** What to show instead of a view that could not be had. */
export function problem(error, again) {
  const text = say(`error.${reasonOf(error)}`);
  return element('div', { class: 'problem', role: 'alert' },
    element('p', { text }), error.detail ? element('p', { text: error.detail }) : null,
    error.reason === 'login' ? element('button', { type: 'button', onclick: () => location.reload(), text: say('login') })
      : again ? element('button', { type: 'button', onclick: again, text: say('again') }) : null);
}

/**
 * Asks before something is done that others notice.
 * @param content of the question
 * @returns what `answer` makes of the dialog when it is confirmed; undefined if it is not
 */
export function ask(action, answer, ...content) {
  return new Promise(resolve => {
    const dialog = element('dialog', { 'aria-label': say(action) },
      element('form', { method: 'dialog' }, ...content,
        element('div', { class: 'actions' },
          element('button', { value: 'yes', text: say(action) }),
          element('button', { type: 'button', class: 'plain', onclick: () => dialog.close(), text: say('cancel') }))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? answer(dialog) : undefined);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Does something, and says that it is under way; if it fails, says why. While it is under way, nothing else is begun. */
export async function attempt(work) {
  if (working)
    return;
  working = true;
  report('');
  loading('working');
  try {
    await work();
  } catch (e) {
    report(say(`error.${reasonOf(e)}`), ' ', e.detail ?? '');
  } finally {
    working = false;
    if ([say('working'), say('slowWork')].includes(document.getElementById('status').textContent))
      announce('');
  }
}
