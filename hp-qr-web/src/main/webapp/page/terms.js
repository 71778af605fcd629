// Terms of DICOM in the reader's words: names of attributes, coded values. A value that is not known stays as it is.

import { element } from './dom.js';
import { say, sayOr } from './i18n.js';

/** Hanging Protocol Level (0072,0006). */
const LEVELS = ['MANUFACTURER', 'SITE', 'USER_GROUP', 'SINGLE_USER'];

export function levelName(value) {
  return LEVELS.includes(value) ? say(`levels.${value}`) : value;
}

/** A choice of one of them, or of any. */
export function levelChoice(chosen) {
  const option = (value, label) => element('option', { value, selected: chosen === value, text: label });
  return element('select', { name: 'level' }, option('', say('anyLevel')), ...LEVELS.map(level => option(level, levelName(level))));
}

/** Laterality (0020,0060). */
export function lateralityName(value) {
  return sayOr(`lateralities.${value}`, value);
}

const SMALL_WORD = /(?<= )(And|By|For|In|Of|Or|The|To|With)(?= )/g;

/** The name of an attribute (PS3.6 chapter 6), made of its keyword. */
export function attributeName(keyword) {
  return keyword.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').replace(SMALL_WORD, word => word.toLowerCase())
    .replace('Date Time', 'DateTime').replace('Pseudo Color', 'Pseudo-Color').replace('Real Time', 'Real-Time')
    .replace('Three D ', '3D ').replace(/^(Filter|Sort) by /, '$1-by ');
}

/** A tag as DICOM writes it. */
export function tagName(tag) {
  return `(${tag.slice(0, 4)},${tag.slice(4)})`;
}
