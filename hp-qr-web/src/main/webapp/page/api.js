// Calls of the web service (PS3.18 chapter 12 and what is added to it). Nothing else on the page makes requests.

import { TAGS, text, values } from './attributes.js';

const JSON_TYPE = 'application/dicom+json';

/** What went wrong, by a name that the texts know: offline, login, forbidden, missing, conflict, tooLarge, busy,
 * invalid, unsupported, failed. */
export class ServiceError extends Error {
  constructor(reason, status, detail = '') {
    super(detail || reason);
    this.reason = reason;
    this.status = status;
    this.detail = detail;
  }
}

const REASONS = { 400: 'invalid', 401: 'login', 403: 'forbidden', 404: 'missing', 409: 'conflict', 412: 'conflict', 413: 'tooLarge', 501: 'unsupported', 503: 'busy' };

async function call(url, options = {}) {
  let response;
  try {
    response = await fetch(url, { cache: 'no-store', ...options });
  } catch (e) {
    if (e.name === 'AbortError')
      throw e;
    throw new ServiceError('offline', 0);
  }
  if (response.ok)
    return response;
  const type = response.headers.get('content-type') ?? '';
  const detail = type.startsWith('text/plain') ? (await response.text()).slice(0, 300) : '';
  throw Object.assign(new ServiceError(REASONS[response.status] ?? 'failed', response.status, detail), { response });
}

/** The body of an answer, as json, text or blob; what breaks off on the way has the reason of what never came. */
async function body(answer, form = 'json') {
  const response = await answer;
  try {
    return await response[form]();
  } catch (e) {
    if (e.name === 'AbortError')
      throw e;
    throw new ServiceError(e instanceof SyntaxError ? 'failed' : 'offline', response.status);
  }
}

/** What a GET answers in JSON. */
function json(url, options = {}) {
  return body(call(url, { headers: { Accept: 'application/json' }, ...options }));
}

/** Pairs of name and value as the query of an address. */
function query(pairs) {
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** The AE titles that are served. */
export async function aeTitles() {
  return (await json('aets')).map(ae => ae.dicomAETitle);
}

/** The web service of one AE title. */
export class Service {
  constructor(aeTitle) {
    this.base = `aets/${encodeURIComponent(aeTitle)}/rs`;
  }

  url(uid, suffix = '', parameters = {}) {
    const pairs = Object.entries(parameters);
    return `${this.base}/hanging-protocols/${encodeURIComponent(uid)}${suffix}${pairs.length ? `?${query(pairs)}` : ''}`;
  }

  /**
   * The address of a search.
   * @param retired of the retired protocols instead of the others
   * @param keys attribute names and values
   */
  searchUrl(retired, keys, more = {}) {
    return `${this.base}/${retired ? 'retired-' : ''}hanging-protocols?${query(Object.entries({ ...keys, ...more }))}`;
  }

  /**
   * Searches.
   * @param sort attribute to sort by, with - before it from high to low; '' for the order of names
   * @returns {{protocols: object[], total: number}} total is the number of all that match
   */
  async search(retired, keys, sort, offset, limit, signal) {
    const url = this.searchUrl(retired, keys, { includefield: 'HangingProtocolUserGroupName', ...(sort ? { orderby: sort } : {}), offset, limit: limit + 1 });
    const response = await call(url, { headers: { Accept: JSON_TYPE }, signal });
    const found = response.status === 204 ? [] : await body(response);
    const left = /There are (\d+) additional results/.exec(response.headers.get('warning') ?? '');
    return { protocols: found.slice(0, limit), total: found.length ? offset + found.length + Number(left?.[1] ?? 0) : 0 };
  }

  /** Events, sources, copies, and the number of the content that is stored. */
  async history(uid) {
    return json(this.url(uid, '/history'));
  }

  /**
   * One protocol, with the ETag that names its content.
   * @param version path of one of its contents, '' for the one that is stored
   */
  async protocol(uid, version = '') {
    const response = await call(this.url(uid, version), { headers: { Accept: JSON_TYPE } });
    return { dataset: (await body(response))[0], etag: response.headers.get('etag') };
  }

  /** Who is logged in, and what that user may do. */
  async user() {
    return json(`${this.base.slice(0, -'/rs'.length)}/user`);
  }

  /** The rules of the IOD that it breaks. */
  async validation(uid) {
    return json(this.url(uid, '/validation'));
  }

  /** Presentation groups, their titles and sentences, image sets, screens. */
  async layout(uid, language, version = '', signal = null) {
    return json(this.url(uid, `${version}/layout`, { lang: language }), { signal });
  }

  /** The data set as Native DICOM Model (PS3.19 A.1), which names attributes. */
  async model(uid, version = '') {
    return new DOMParser().parseFromString(await this.xml(uid, version), 'application/xml').documentElement;
  }

  /** The same as the text of an XML document: the one part of a multipart answer. */
  async xml(uid, version) {
    const answer = await body(call(this.url(uid, version), { headers: { Accept: 'multipart/related; type="application/dicom+xml"' } }), 'text');
    const end = '</NativeDicomModel>';
    return answer.slice(answer.indexOf('<NativeDicomModel'), answer.indexOf(end) + end.length);
  }

  /** The protocol as a file: dcm, json, xml (Native DICOM Model) or ohif (the viewer's form, with what is lost in it). */
  async file(uid, version, form) {
    if (form === 'xml')
      return new Blob([await this.xml(uid, version)], { type: 'application/xml' });
    const type = { dcm: 'application/dicom', json: JSON_TYPE, ohif: 'application/vnd.ohif.hanging-protocol+json' }[form];
    return body(call(this.url(uid, version), { headers: { Accept: type } }), 'blob');
  }

  /** The zip of the sample protocols. */
  async samples() {
    return Object.assign(await body(call('page/library.zip'), 'blob'), { name: 'library.zip' });
  }

  /** Stores one file; answers with a line for each object in it: its UID and '' or a failure reason of four hex digits. */
  async store(file) {
    const type = file.name.toLowerCase().endsWith('.zip') ? 'application/zip' : 'application/dicom';
    let response;
    try {
      response = await call(`${this.base}/hanging-protocols`, {
        method: 'POST', body: file, headers: { 'Content-Type': type, Accept: JSON_TYPE },
      });
    } catch (e) {
      // refused objects are named in a body of the same form
      if (!e.response?.headers.get('content-type')?.startsWith(JSON_TYPE))
        throw e;
      response = e.response;
    }
    const answer = await body(response);
    const result = Array.isArray(answer) ? answer[0] : answer;
    const line = item => ({
      uid: text(item, 'ReferencedSOPInstanceUID'),
      failure: item[TAGS.FailureReason] ? Number(text(item, 'FailureReason')).toString(16).toUpperCase().padStart(4, '0') : '',
    });
    return [...values(result, 'ReferencedSOPSequence'), ...values(result, 'FailedSOPSequence')].map(line);
  }

  /** retire, restore: changes the state of the content that `etag` names; `*` stands for any. */
  async change(uid, action, etag) {
    await call(this.url(uid, `/${action}`), { method: 'POST', headers: { 'If-Match': etag } });
  }

  /** The names, UIDs and digests of the sample protocols. */
  async sampleList() {
    return body(call('page/library.json'));
  }

  /** Deletes for good what is retired, if it has the content that `etag` names. */
  async remove(uid, etag) {
    await call(this.url(uid), { method: 'DELETE', headers: { 'If-Match': etag } });
  }

  /** Says of every protocol whether it matches these keys, a data set of the DICOM JSON Model, and why not. */
  async explain(keys) {
    return body(call(`${this.base}/explain`, {
      method: 'POST', body: JSON.stringify(keys), headers: { 'Content-Type': JSON_TYPE, Accept: 'application/json' },
    }));
  }

  /** The last C-FIND requests. */
  async recentFinds() {
    return json(`${this.base}/explain/recent`);
  }

  /**
   * Applies the protocols to a study.
   * @param parameters pairs of name and value
   * @param metadata data sets of the study and its priors; null if the server has the study
   */
  async applicable(parameters, metadata) {
    return body(call(`${this.base}/applicable?${query(parameters)}`, { method: 'POST', headers: {
      Accept: 'application/json', ...metadata ? { 'Content-Type': JSON_TYPE } : {},
    }, body: metadata ? JSON.stringify(metadata) : null }));
  }

  /** Stores a copy with other values; answers with its UID. */
  async copy(uid, dataset) {
    const response = await call(this.url(uid, '/copy'), {
      method: 'POST', body: JSON.stringify(dataset), headers: { 'Content-Type': JSON_TYPE, Accept: JSON_TYPE },
    });
    return response.headers.get('location').split('/').pop();
  }
}
