// The language of the page: the one asked for in the URL (lang=), or else the browser's, or else English.

import en from './texts/en.js';
import de from './texts/de.js';

const LANGUAGES = { en, de };

function choose() {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
  return asked.map(tag => tag?.slice(0, 2).toLowerCase()).find(tag => tag in LANGUAGES) ?? 'en';
}

export const language = choose();

/** The other languages, each with its own name. */
export const otherLanguages = Object.entries({ en: 'English', de: 'Deutsch' }).filter(([tag]) => tag !== language);

/** As say, or another text where there is none of this name. */
export function sayOr(name, other) {
  return typeof find(name) === 'string' ? say(name) : other;
}

function find(name) {
  return name.split('.').reduce((texts, part) => texts?.[part], LANGUAGES[language]);
}

/** The text of this name; a dot leads into a group of texts. */
export function say(name, places = {}) {
  const pattern = find(name);
  if (typeof pattern !== 'string')
    throw new Error(`no text ${name}`);
  return pattern.replace(/\{(\w+)\}/g, (_, place) => places[place]);
}
