/**
 * DICOM Hanging Protocols (PS3.3 A.44, as DICOM JSON) become protocols of OHIF. The server does the same in org.hpqr.ohif.ToOhif;
 * mapping.js has what both know, and their tests compare them.
 */
import mapping from './mapping.js';
import { CREATOR, isOriginal, originalElement, originalProtocol } from './original.js';

const TAGS = Object.fromEntries(Object.entries(mapping.keywords).map(([tag, keyword]) => [keyword, tag]));
/** More prior studies than anybody opens. */
const ALL_PRIORS = 1000;

const values = (item, keyword) => item[TAGS[keyword]]?.Value ?? [];
const items = values;
const texts = (item, keyword) => values(item, keyword).map(value => String(value).trim());
const text = (item, keyword) => texts(item, keyword)[0] || undefined;
const number = (item, keyword) => (values(item, keyword).length ? Number(values(item, keyword)[0]) : undefined);
const keywordOf = tag => mapping.keywords[tag] ?? mapping.attributes[tag]?.keyword ?? tag;
const rounded = value => Math.round(value * 1e9) / 1e9;

/**
 * Converts one data set. One that was made of a protocol of OHIF, and not changed since, becomes that protocol again.
 *
 * @param {object} dataset of the DICOM JSON Model (PS3.18 Annex F)
 * @returns {{protocols: object[], diagnostics: {path: string, code: string, message: string}[]}} one protocol, or several if its
 *     definitions ask for different codes; and what OHIF cannot do of it
 */
export function toOhif(dataset) {
  const original = originalProtocol(dataset);
  return original ? { protocols: [original], diagnostics: [] } : new Conversion(dataset).run();
}

class Conversion {
  constructor(dataset) {
    this.dataset = dataset;
    this.diagnostics = [];
    this.selectors = {};
    this.priors = number(dataset, 'NumberOfPriorsReferenced') ?? 0;
  }

  report(path, code, detail = '') {
    this.diagnostics.push({ path, code, message: mapping.messages[code].replace('{}', () => detail) });
  }

  /** Everything that has a value and is not treated is reported. */
  reportOthers(item, level, path) {
    const treated = mapping.treated[level];
    for (const tag of Object.keys(item).sort()) {
      const group = tag.slice(0, 4);
      const isPrivate = parseInt(group, 16) % 2 === 1;
      // group 0008 of the protocol itself says which object it is, not what is shown
      if (!item[tag].Value?.length && !item[tag].InlineBinary || level === 'protocol' && (group === '0008' || isOriginal(tag, item))
          || isPrivate && parseInt(tag.slice(4), 16) < 0x100 || treated.includes(keywordOf(tag)))
        continue;
      this.report(path + keywordOf(tag), 'unsupported', keywordOf(tag));
    }
  }

  run() {
    const { dataset } = this;
    if (originalElement(dataset))
      this.report(CREATOR, 'original');
    this.reportOthers(dataset, 'protocol', '');
    const definitions = this.definitions();
    const imageSets = this.imageSets();
    const stages = this.stages(imageSets);
    const screens = number(dataset, 'NumberOfScreens');
    if (screens > 1)
      this.report('NumberOfScreens', 'screens', String(screens));
    const level = text(dataset, 'HangingProtocolLevel');
    const users = items(dataset, 'HangingProtocolUserIdentificationCodeSequence').map((user, i) => {
      this.reportOthers(user, 'user', `HangingProtocolUserIdentificationCodeSequence[${i + 1}].`);
      return { value: text(user, 'CodeValue'), scheme: text(user, 'CodingSchemeDesignator'), meaning: text(user, 'CodeMeaning') };
    });
    const id = text(dataset, 'SOPInstanceUID');
    const protocols = definitions.map((rules, i) => withoutUndefined({
      id: i === 0 ? id : `${id}#${i + 1}`,
      name: text(dataset, 'HangingProtocolName'),
      description: text(dataset, 'HangingProtocolDescription'),
      createdDate: isoDate(text(dataset, 'HangingProtocolCreationDateTime')),
      availableTo: withoutUndefined({
        level,
        group: text(dataset, 'HangingProtocolUserGroupName'),
        users: users.length ? users.map(withoutUndefined) : undefined,
      }),
      editableBy: {},
      protocolMatchingRules: rules.map((rule, r) => ({ ...rule, weight: r === 0 ? mapping.weights[level] ?? 1 : 1 })),
      numberOfPriorsReferenced: this.priors === 0 ? -1 : this.priors,
      displaySetSelectors: this.selectors,
      stages,
    }));
    return { protocols, diagnostics: this.diagnostics };
  }

  /** For each set of codes that definitions ask for, the rules; the modalities are alternatives. */
  definitions() {
    const groups = new Map();
    items(this.dataset, 'HangingProtocolDefinitionSequence').forEach((item, i) => {
      const path = `HangingProtocolDefinitionSequence[${i + 1}].`;
      this.reportOthers(item, 'definition', path);
      const modality = text(item, 'Modality');
      const meanings = [];
      for (const keyword of mapping.definitionTexts) {
        const wanted = items(item, keyword).map(code => text(code, 'CodeMeaning')).filter(Boolean);
        if (wanted.length) {
          meanings.push(wanted);
          this.report(path + keyword, 'definition-code', wanted.join(', '));
        } else if (items(item, keyword).length) {
          this.report(path + keyword, 'unsupported', keyword);
        }
      }
      if (!modality && !meanings.length)
        this.report(path.slice(0, -1), 'never-chosen');
      const key = JSON.stringify([Boolean(modality), meanings]);
      if (!groups.has(key))
        groups.set(key, { modalities: [], meanings });
      if (modality)
        groups.get(key).modalities.push(modality);
    });
    if (groups.size > 1)
      this.report('HangingProtocolDefinitionSequence', 'several-protocols', String(groups.size));
    return [...groups.values()].map(({ modalities, meanings }) => [
      ...(modalities.length ? [{ attribute: 'ModalitiesInStudy', required: true, constraint: { includes: modalities } }] : []),
      ...meanings.map(wanted => ({ attribute: 'StudyDescription', required: true, constraint: { containsI: wanted } })),
    ]);
  }

  /** By Image Set Number: the rules of each image set; none if OHIF cannot find its images. */
  imageSets() {
    const sets = new Map();
    this.report('ImageSetsSequence', 'one-series');
    items(this.dataset, 'ImageSetsSequence').forEach((item, i) => {
      const path = `ImageSetsSequence[${i + 1}].`;
      this.reportOthers(item, 'imageSet', path);
      const rules = items(item, 'ImageSetSelectorSequence')
        .map((selector, s) => this.selectorRule(selector, `${path}ImageSetSelectorSequence[${s + 1}]`)).filter(Boolean);
      if (!rules.length)
        this.report(`${path}ImageSetSelectorSequence`, 'no-selector');
      items(item, 'TimeBasedImageSetsSequence').forEach((frame, f) => {
        const framePath = `${path}TimeBasedImageSetsSequence[${f + 1}]`;
        this.reportOthers(frame, 'timeFrame', `${framePath}.`);
        const studyRules = this.studyRules(frame, framePath);
        const setNumber = number(frame, 'ImageSetNumber');
        if (!sets.has(setNumber))
          sets.set(setNumber, {
            label: text(frame, 'ImageSetLabel') ?? `Image set ${setNumber}`,
            studyRules,
            rules: studyRules ? rules : [],
          });
      });
    });
    return sets;
  }

  selectorRule(item, path) {
    const rule = this.valueRule(item, 'includes');
    if (!rule) {
      this.report(path, 'selector', text(item, 'SelectorAttribute') ? keywordOf(text(item, 'SelectorAttribute')) : 'no attribute');
      return undefined;
    }
    this.reportOthers(item, 'selector', `${path}.`);
    this.reportNumber(item, path);
    if (!rule.required)
      this.report(path, 'usage-flag', rule.attribute);
    return rule;
  }

  reportNumber(item, path) {
    const tag = text(item, 'SelectorAttribute');
    const valueNumber = number(item, 'SelectorValueNumber') ?? 0;
    if (valueNumber > 1 || valueNumber > 0 && mapping.attributes[tag].severalValues)
      this.report(path, 'selector-value-number', keywordOf(tag));
  }

  /** The attribute, if OHIF can test it. */
  attribute(item) {
    const nested = values(item, 'SelectorSequencePointer').length || values(item, 'FunctionalGroupPointer').length;
    return nested ? undefined : mapping.attributes[text(item, 'SelectorAttribute')]?.keyword;
  }

  valueRule(item, validator) {
    const attribute = this.attribute(item);
    const vr = text(item, 'SelectorAttributeVR');
    const wanted = mapping.numbers.includes(vr) ? values(item, `Selector${vr}Value`).map(Number)
      : mapping.texts.includes(vr) ? texts(item, `Selector${vr}Value`) : [];
    const limit = validator === 'greaterThan' || validator === 'lessThan';
    if (!attribute || !wanted.length
        || (limit || validator === 'range') && (!mapping.numbers.includes(vr) || wanted.length !== (limit ? 1 : 2)))
      return undefined;
    // a filter without the flag takes images without the attribute (PS3.3 Table C.23.3-1)
    const flag = text(item, 'ImageSetSelectorUsageFlag') ?? (text(item, 'FilterByOperator') ? 'MATCH' : 'NO_MATCH');
    return { attribute, weight: 1, required: flag === 'NO_MATCH',
      constraint: { [validator]: limit ? { value: wanted[0] } : wanted } };
  }

  /** Which study the images are of; undefined if OHIF cannot tell. */
  studyRules(frame, path) {
    const current = this.priors === 0 ? [] : [indexRule({ equals: { value: 0 } })];
    if (text(frame, 'ImageSetSelectorCategory') === 'RELATIVE_TIME') {
      const [start, end] = values(frame, 'RelativeTime').map(Number);
      const range = `${start} to ${end} ${text(frame, 'RelativeTimeUnits')}`;
      if (start !== 0)
        return this.noStudy(path, `what was acquired ${range} before`);
      if (end !== 0)
        this.report(path, 'time-range', range);
      return current;
    }
    const [from, to] = values(frame, 'AbstractPriorValue').map(Number);
    if (from === undefined)
      return this.noStudy(path, 'a coded prior study');
    if (!(from > 0) || this.priors === 0)
      return this.noStudy(path, from > 0 ? `prior study ${from} of a protocol without prior studies` : 'the oldest prior study');
    this.report(path, 'prior-order');
    if (from === to)
      return [indexRule({ equals: { value: from } })];
    this.report(path, 'prior-range', to > 0 ? `${from} to ${to}` : `${from} and older`);
    return [indexRule({ range: [from, to > 0 ? to : ALL_PRIORS] })];
  }

  noStudy(path, detail) {
    this.report(path, 'time', detail);
    return undefined;
  }

  /** A stage for each presentation group. */
  stages(imageSets) {
    const synchronized = new Map();
    items(this.dataset, 'SynchronizedScrollingSequence').forEach((item, i) => {
      this.reportOthers(item, 'scrolling', `SynchronizedScrollingSequence[${i + 1}].`);
      for (const set of values(item, 'DisplaySetScrollingGroup'))
        synchronized.set(set, [...(synchronized.get(set) ?? []),
          { type: 'imageSlice', id: `scroll ${i + 1}`, source: true, target: true }]);
    });
    const groups = new Map();
    items(this.dataset, 'DisplaySetsSequence').forEach((item, i) => {
      const group = number(item, 'DisplaySetPresentationGroup') ?? 1;
      if (!groups.has(group))
        groups.set(group, { name: undefined, viewports: [], places: [] });
      const stage = groups.get(group);
      stage.name ??= text(item, 'DisplaySetPresentationGroupDescription');
      this.displaySet(item, `DisplaySetsSequence[${i + 1}].`, imageSets, synchronized, stage);
    });
    const adapt = text(this.dataset, 'PartialDataDisplayHandling') === 'ADAPT_LAYOUT';
    if (adapt)
      this.report('PartialDataDisplayHandling', 'partial-data');
    return [...groups].sort(([a], [b]) => a - b).map(([group, { name, viewports, places }]) => withoutUndefined({
      id: `group ${group}`,
      name: name ?? `Presentation group ${group}`,
      viewportStructure: { layoutType: 'grid', properties: { ...gridOf(places), layoutOptions: places } },
      viewports,
      stageActivation: adapt ? { enabled: { minViewportsMatched: viewports.length } } : undefined,
    }));
  }

  /** A viewport for each image box. */
  displaySet(item, path, imageSets, synchronized, stage) {
    this.reportOthers(item, 'displaySet', path);
    const imageSet = imageSets.get(number(item, 'ImageSetNumber'));
    if (!imageSet)
      this.report(`${path}ImageSetNumber`, 'image-set', String(number(item, 'ImageSetNumber') ?? 0));
    else if (text(item, 'DisplaySetLabel') && text(item, 'DisplaySetLabel') !== imageSet.label)
      this.report(`${path}DisplaySetLabel`, 'unsupported', 'DisplaySetLabel');
    const filters = this.filterRules(item, path);
    items(item, 'SortingOperationsSequence').forEach((sorting, i) => this.report(`${path}SortingOperationsSequence[${i + 1}]`,
      'sorting', text(sorting, 'SortByCategory') ?? keywordOf(text(sorting, 'SelectorAttribute') ?? 'no attribute')));
    const options = this.displayOptions(item, path);
    const viewportOptions = this.viewportOptions(item, path, options);
    const volume = viewportOptions.viewportType !== 'stack';
    const syncGroups = synchronized.get(number(item, 'DisplaySetNumber'));
    const rules = [...(imageSet?.rules ?? []), ...filters,
      ...(volume ? [{ attribute: 'isReconstructable', weight: 1, required: true, constraint: { equals: { value: true } } }] : [])];
    const id = imageSet?.rules.length ? this.selectorId(imageSet.label, withoutUndefined({
      studyMatchingRules: imageSet.studyRules.length ? imageSet.studyRules : undefined, seriesMatchingRules: rules })) : undefined;
    items(item, 'ImageBoxesSequence').forEach((box, b) => {
      const place = this.imageBox(box, `${path}ImageBoxesSequence[${b + 1}].`, b);
      stage.places.push(place);
      stage.viewports.push({
        viewportOptions: withoutUndefined({ ...viewportOptions, syncGroups }),
        displaySets: id === undefined ? [] : [{ id, ...(b ? { matchedDisplaySetsIndex: b } : {}), options }],
      });
    });
  }

  /** Selectors are shared where they are equal, and have different names where they are not. */
  selectorId(label, selector) {
    for (let i = 1; ; i++) {
      const id = i === 1 ? label : `${label} ${i}`;
      if (!(id in this.selectors))
        this.selectors[id] = selector;
      if (JSON.stringify(this.selectors[id]) === JSON.stringify(selector))
        return id;
    }
  }

  filterRules(displaySet, displaySetPath) {
    return items(displaySet, 'FilterOperationsSequence').map((item, i) => {
      const path = `${displaySetPath}FilterOperationsSequence[${i + 1}]`;
      const category = text(item, 'FilterByCategory');
      const operator = text(item, 'FilterByOperator');
      this.reportOthers(item, 'filter', `${path}.`);
      if (category === 'IMAGE_PLANE' && operator === 'MEMBER_OF') {
        this.report(path, 'plane');
        return { attribute: 'imagePlane', weight: 1, required: false, constraint: { includes: texts(item, 'SelectorCSValue') } };
      }
      const presence = text(item, 'FilterByAttributePresence');
      const rule = category ? undefined : mapping.operators[operator] ? this.valueRule(item, mapping.operators[operator])
        : !operator && presence === 'PRESENT' && this.attribute(item)
          ? { attribute: this.attribute(item), weight: 1, required: true, constraint: { notNull: true } } : undefined;
      if (!rule) {
        this.report(path, 'filter', category ?? operator ?? presence ?? 'without operator');
        return undefined;
      }
      this.report(path, 'filter-series');
      if (operator)
        this.reportNumber(item, path);
      if (!rule.required)
        this.report(path, 'usage-flag', rule.attribute);
      return rule;
    }).filter(Boolean);
  }

  displayOptions(item, path) {
    const options = {};
    const window = text(item, 'VOIType');
    if (window) {
      const known = mapping.windows[window];
      this.report(`${path}VOIType`, known ? 'window' : 'window-unknown', window);
      if (known)
        options.voi = known;
    }
    const inverted = text(item, 'ShowGrayscaleInverted');
    if (inverted)
      options.voiInverted = inverted === 'YES';
    const palette = text(item, 'PseudoColorType');
    if (palette)
      items(item, 'PseudoColorPaletteInstanceReferenceSequence').forEach((reference, i) =>
        this.reportOthers(reference, 'palette', `${path}PseudoColorPaletteInstanceReferenceSequence[${i + 1}].`));
    if (palette && mapping.colormaps[palette])
      options.colormap = { name: mapping.colormaps[palette] };
    else if (palette)
      this.report(`${path}PseudoColorType`, 'palette', palette);
    return options;
  }

  viewportOptions(item, path, options) {
    const type = text(item, 'ReformattingOperationType');
    const direction = text(item, 'ReformattingOperationInitialViewDirection');
    const orientation = mapping.orientations[direction];
    if (type === 'MPR' && orientation)
      return { toolGroupId: 'default', viewportType: 'volume', orientation };
    if (type === '3D_RENDERING') {
      const renderings = texts(item, 'ThreeDRenderingType');
      if (renderings[0] === 'MIP' && orientation) {
        Object.assign(options, { blendMode: 'MIP', slabThickness: 'fullVolume' });
        return { toolGroupId: 'default', viewportType: 'volume', orientation };
      }
      this.report(`${path}ThreeDRenderingType`, 'rendering', renderings.join(', '));
      return withoutUndefined({ toolGroupId: 'volume3d', viewportType: 'volume3d', orientation });
    }
    if (type)
      this.report(`${path}ReformattingOperationType`, 'reformatting', direction ? `${type} ${direction}` : type);
    return { toolGroupId: 'default', viewportType: 'stack' };
  }

  imageBox(item, path, index) {
    this.reportOthers(item, 'imageBox', path);
    const type = text(item, 'ImageBoxLayoutType');
    if (type === 'TILED')
      this.report(`${path}ImageBoxLayoutType`, 'tiles',
        `${number(item, 'ImageBoxTileHorizontalDimension') ?? 1}x${number(item, 'ImageBoxTileVerticalDimension') ?? 1}`);
    else if (type === 'SINGLE')
      this.report(`${path}ImageBoxLayoutType`, 'single');
    else if (type === 'CINE')
      this.report(`${path}ImageBoxLayoutType`, 'cine');
    else if (type !== 'STACK' && type !== 'PROCESSED')
      this.report(`${path}ImageBoxLayoutType`, 'layout-type', type ?? '');
    if (index > 0)
      this.report(path.slice(0, -1), 'several-boxes');
    const corners = values(item, 'DisplayEnvironmentSpatialPosition').map(Number);
    if (corners.length !== 4) {
      this.report(`${path}DisplayEnvironmentSpatialPosition`, 'unsupported', 'DisplayEnvironmentSpatialPosition');
      return { x: 0, y: 0, width: 1, height: 1 };
    }
    const [left, top, right, bottom] = corners;
    return { x: rounded(left), y: rounded(1 - top), width: rounded(right - left), height: rounded(top - bottom) };
  }
}

function indexRule(constraint) {
  return { attribute: 'studyInstanceUIDsIndex', from: 'options', weight: 1, required: true, constraint };
}

/** Rows and columns, if the places are a grid; otherwise one row, as OHIF only asks how many there are. */
function gridOf(places) {
  const columns = new Set(places.map(place => place.x)).size;
  const rows = new Set(places.map(place => place.y)).size;
  return columns * rows === places.length ? { rows, columns } : { rows: 1, columns: places.length };
}

/** DT (PS3.5 6.2) as ISO 8601, as far as it goes. */
function isoDate(dateTime) {
  const parts = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\.\d+)?([+-]\d\d)?(\d\d)?$/.exec(dateTime ?? '');
  if (!parts)
    return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone, zoneMinutes] = parts;
  return year + (month ? `-${month}` : '') + (day ? `-${day}` : '')
    + (hour ? `T${hour}:${minute ?? '00'}${second ? `:${second}${fraction ?? ''}` : ''}${zone ? `${zone}:${zoneMinutes ?? '00'}` : ''}` : '');
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
