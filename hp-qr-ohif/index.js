/**
 * OHIF extension that takes hanging protocols from a server: hp-qr, or any that has the Non-Patient Instance Service of DICOMweb
 * (PS3.18 chapter 12). docs/viewers.md of hp-qr describes its configuration.
 */
import { currentLayout } from './layout.js';
import mapping from './mapping.js';
import { Server } from './server.js';

const ID = 'hp-qr-ohif';
/** Rules on Study Description are asked of this attribute instead, which knows Body Part Examined as well. */
const STUDY_TEXT = 'hpqrStudyText';
/** How many prior studies are open. */
const OPEN_PRIORS = 'hpqrPriorStudies';
/** What a protocol is made for counts most, then how exactly it names that, then the prior studies: each up to 9 times. */
const SCALE = 100;
const EXACT = 10;
const MOST = 9;
/** How near the direction of an image has to be to that of an axis. */
const THRESHOLD = 0.9;

let server;
let config;
/** Ids of the protocols that were added. */
let added = [];

export default { id: ID, preRegistration, onModeEnter, getCommandsModule };

/** OHIF waits for it: the protocols are there before a study is shown. With OIDC nobody has logged in yet; then onModeEnter loads. */
async function preRegistration({ servicesManager, appConfig }) {
  config = appConfig?.hangingProtocolServer;
  if (!config?.url) {
    console.error(`${ID}: hangingProtocolServer.url is missing in the app-config`);
    return;
  }
  const { services } = servicesManager;
  added = [];
  server = new Server(config, () => services.userAuthenticationService.getAuthorizationHeader() ?? {});
  services.hangingProtocolService.addCustomAttribute('imagePlane', 'Plane of the images', imagePlane);
  services.hangingProtocolService.addCustomAttribute(STUDY_TEXT, 'Description and body parts of the study', studyText);
  services.hangingProtocolService.addCustomAttribute(OPEN_PRIORS, 'Number of prior studies', (study, options) => (options?.studies?.length ?? 1) - 1);
  await load(services);
}

/** A mode that names a hanging protocol takes no others for candidates, so these are added to it. */
async function onModeEnter({ servicesManager }) {
  const { services } = servicesManager;
  activate(services);
  if (!server || added.length > 0 || !await load(services))
    return;
  activate(services);
  // the study may have been shown meanwhile, by a protocol for everything
  const { hangingProtocolService, displaySetService } = services;
  const { protocol, activeStudy } = hangingProtocolService.getActiveProtocol();
  if (protocol?.id === 'default')
    hangingProtocolService.run({ studies: hangingProtocolService.studies, activeStudy, displaySets: displaySetService.getActiveDisplaySets() });
}

/** @returns {Promise<boolean>} whether there are any */
async function load({ hangingProtocolService }) {
  try {
    // of protocols that are equal in all else, OHIF takes the one that was added last
    const loaded = (await server.load()).sort(byMerit);
    for (const { sopInstanceUID, protocols, diagnostics, error } of loaded) {
      if (error)
        console.error(`${ID}: ${sopInstanceUID} was not loaded`, error);
      for (const protocol of protocols)
        add(hangingProtocolService, protocol);
      tell(protocols[0]?.name, diagnostics);
    }
    console.info(`${ID}: ${added.length} hanging protocols from ${server.url}`);
  } catch (e) {
    // OHIF goes on with its own
    console.error(`${ID}: the hanging protocols were not loaded`, e);
  }
  return added.length > 0;
}

/** Those for one screen last, as OHIF has one; then the newer ones; of one time, the smaller UID, as the server ranks them. */
function byMerit(a, b) {
  const several = ({ diagnostics }) => Number(diagnostics?.some(({ code }) => code === 'screens') ?? false);
  const created = ({ protocols: [protocol] }) => Date.parse(protocol?.createdDate) || 0;
  return several(b) - several(a) || created(a) - created(b) || (a.sopInstanceUID < b.sopInstanceUID ? 1 : -1);
}

function add(hangingProtocolService, protocol) {
  const rules = (protocol.protocolMatchingRules ?? []).map(rule =>
    rule.attribute === 'StudyDescription' ? { ...rule, attribute: STUDY_TEXT } : rule);
  hangingProtocolService.addProtocol(protocol.id, { ...protocol, protocolMatchingRules: withPriors(protocol, rules) });
  added.push(protocol.id);
}

/**
 * Of protocols that fit equally well, one whose prior studies are open goes before others, and one for more of them first.
 * Protocols with weights of their own keep them.
 */
function withPriors({ availableTo, numberOfPriorsReferenced }, rules) {
  if (!rules.length || rules[0].weight !== mapping.weights[availableTo?.level] || !numberOfPriorsReferenced)
    return rules;
  const priors = Math.max(0, numberOfPriorsReferenced);
  return [...rules.map(rule => ({ ...rule, weight: SCALE * rule.weight + EXACT * exactness(rule) })),
    { attribute: OPEN_PRIORS, weight: Math.min(priors + 1, MOST), required: false, constraint: { greaterThan: { value: priors } } }];
}

/** Who asks for "Chest" finds "Chest, Abdomen and Pelvis", too; who asks for all of these words goes first. */
function exactness({ attribute, constraint }) {
  const texts = attribute === STUDY_TEXT ? constraint.containsI ?? [] : [];
  return texts.length ? Math.min(MOST, ...texts.map(text => text.split(/\s+/).length)) : 0;
}

function activate({ hangingProtocolService }) {
  // without a list all protocols are active; adding to none would make a list
  const active = hangingProtocolService.activeProtocolIds;
  if (active?.length)
    added.filter(id => !active.includes(id)).forEach(id => hangingProtocolService.addActiveProtocolId(id));
}

function tell(name, diagnostics) {
  if (!diagnostics?.length)
    return;
  console.groupCollapsed(`${ID}: ${name}: ${diagnostics.length} differences`);
  diagnostics.forEach(({ path, code, message }) => console.info(`${path}: ${message} (${code})`));
  console.groupEnd();
}

function getCommandsModule({ servicesManager, commandsManager }) {
  const { services } = servicesManager;

  /** Saves what is on the screen; asks for a name if none is given. */
  async function saveHangingProtocol({ name, description } = {}) {
    const chosen = name ?? globalThis.prompt('Name of the hanging protocol (up to 16 characters)');
    if (!chosen)
      return undefined;
    const { user, group } = config;
    const protocol = currentLayout(services, { name: chosen, description, availableTo: user ? { level: 'SINGLE_USER', users: [user] }
      : group ? { level: 'USER_GROUP', group } : { level: 'SITE' } });
    try {
      tell(chosen, await server.save(protocol));
    } catch (e) {
      services.uiNotificationService?.show({ title: 'Hanging protocol', message: `${chosen} was not saved: ${e.message}`, type: 'error' });
      throw e;
    }
    add(services.hangingProtocolService, protocol);
    activate(services);
    services.uiNotificationService?.show({ title: 'Hanging protocol', message: `${chosen} was saved`, type: 'success' });
    return protocol.id;
  }

  /** Applies a protocol; shows a list of all if none is given. */
  async function chooseHangingProtocol({ protocolId } = {}) {
    const id = protocolId ?? await choose(services.hangingProtocolService.getProtocols());
    if (id && commandsManager.getCommand?.('setHangingProtocol'))
      commandsManager.runCommand('setHangingProtocol', { protocolId: id });
    else if (id)
      services.hangingProtocolService.setProtocol(id);
    return id;
  }

  return {
    definitions: { saveHangingProtocol: { commandFn: saveHangingProtocol }, chooseHangingProtocol: { commandFn: chooseHangingProtocol } },
    defaultContext: 'DEFAULT',
  };
}

/** A list in a dialog of the browser; the id, or undefined if it was closed. */
function choose(protocols) {
  const dialog = document.createElement('dialog');
  const form = document.createElement('form');
  form.method = 'dialog';
  form.style.cssText = 'display: flex; flex-direction: column; gap: 4px; max-height: 80vh; overflow: auto';
  for (const { id, name, description } of protocols) {
    const button = document.createElement('button');
    button.value = id;
    button.title = description ?? '';
    button.textContent = name;
    form.append(button);
  }
  dialog.append(form);
  document.body.append(dialog);
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue || undefined);
    });
    dialog.showModal();
  });
}

/** TRANSVERSE, SAGITTAL, CORONAL or OBLIQUE (PS3.3 C.23.3.1), by the first image. */
function imagePlane(displaySet) {
  const image = displaySet.instances?.[0] ?? displaySet.images?.[0];
  const groups = image?.SharedFunctionalGroupsSequence ?? image?.PerFrameFunctionalGroupsSequence;
  const orientation = image?.ImageOrientationPatient
    ?? [[groups].flat()[0]?.PlaneOrientationSequence].flat()[0]?.ImageOrientationPatient;
  if (orientation?.length !== 6)
    return undefined;
  const [a, b, c, d, e, f] = orientation.map(Number);
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return ['SAGITTAL', 'CORONAL', 'TRANSVERSE'].find((plane, axis) => Math.abs(normal[axis]) >= THRESHOLD * length) ?? 'OBLIQUE';
}

function studyText(study, options) {
  const parts = (options?.displaySets ?? []).filter(({ StudyInstanceUID }) => StudyInstanceUID === study.StudyInstanceUID)
    .map(displaySet => displaySet.instances?.[0]?.BodyPartExamined);
  return [study.StudyDescription, ...new Set(parts)].filter(text => typeof text === 'string');
}
