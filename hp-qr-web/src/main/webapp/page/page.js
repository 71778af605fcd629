// Where the reader is: the address says which view is open and what it was asked for, so that it can be sent to a colleague.

import { element } from './dom.js';
import { say } from './i18n.js';

/** Milliseconds after which a reader wonders what is going on. */
const SLOW = 5_000;

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

/** Says how far the view is, in the status line, which screen readers read out. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}

/** Says that a view loads, and what can be done if that takes long. */
export function loading() {
  const text = say('loading');
  announce(text);
  setTimeout(() => {
    if (document.getElementById('status').textContent === text)
      announce(say('slow'));
  }, SLOW);
}

/** Says what became of an action, until another view is opened. Screen readers read it out. */
export function report(text, ...actions) {
  document.getElementById('message').replaceChildren(text, ...actions);
}

/** What to show instead of a view that could not be had. */
export function problem(error, again) {
  if (!error.reason)
    throw error;
  const text = say(`error.${error.reason}`);
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
    const dialog = element('dialog', {},
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

/** Does something; if that fails, says why. */
export async function attempt(work) {
  try {
    await work();
  } catch (e) {
    if (!e.reason)
      throw e;
    report(say(`error.${e.reason}`), ' ', e.detail);
  }
}
