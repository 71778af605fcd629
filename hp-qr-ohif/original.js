/**
 * The protocol of OHIF that a data set was made of, which the server keeps in one private element. The server does the same in
 * org.hpqr.ohif.OriginalProtocol; their tests compare them.
 */
import mapping from './mapping.js';

export const CREATOR = 'HPQR OHIF';
/** Specific Character Set says how text was encoded; here it no longer is. */
const CHARACTER_SET = '00080005';
const GROUP = '0073';

/** Is this an element that it is kept in? */
export function isOriginal(tag, dataset) {
  return tag.startsWith(GROUP) && String(dataset[`${GROUP}00${tag.slice(4, 6)}`]?.Value?.[0]).trim() === CREATOR;
}

/** The private element; undefined if there is none. */
export function originalElement(dataset) {
  return dataset[Object.keys(dataset).find(tag => tag.endsWith('01') && isOriginal(tag, dataset))];
}

/**
 * The protocol that a data set was made of.
 *
 * @param {object} dataset of the DICOM JSON Model
 * @returns {object | undefined} undefined if it was made of none, or was changed since
 */
export function originalProtocol(dataset) {
  try {
    const { Value, InlineBinary } = originalElement(dataset) ?? {};
    const text = Value?.[0] ?? new TextDecoder().decode(bytes(InlineBinary));
    const kept = JSON.parse(text.replaceAll('\0', ''));
    return kept.digest === digest(dataset) ? kept.protocol : undefined;
  } catch {
    // there is none, or somebody has written something else there
    return undefined;
  }
}

const bytes = base64 => Uint8Array.from(atob(base64), character => character.charCodeAt(0));

/** FNV-1a with 64 bits (RFC 9923): tells whether something was changed, not by whom. */
function digest(dataset) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(written(dataset)))
    hash = (hash ^ BigInt(byte)) * 0x100000001b3n & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

/** What the standard attributes say, whatever transfer syntax they came in. */
function written(item) {
  return Object.keys(item).sort().filter(tag => tag !== CHARACTER_SET && !tag.startsWith(GROUP)).map(tag => {
    const { vr, Value = [] } = item[tag];
    if (vr === 'SQ')
      return `${tag}[${Value.map(nested => `{${written(nested)}}`).join('')}]\n`;
    if (mapping.numbers.includes(vr))
      return `${tag}=${Value.map(value => bits(Number(value))).join('\\')}\n`;
    if (mapping.texts.includes(vr) || vr === 'AT')
      return `${tag}=${Value.map(value => String(value ?? '').trim()).join('\\')}\n`;
    throw new TypeError(`${tag} is not of OHIF`);
  }).join('');
}

/** Of a double: how many decimals are written is of no matter. */
function bits(number) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return view.getBigUint64(0).toString(16);
}
