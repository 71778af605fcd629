/**
 * OHIF extension that takes hanging protocols from a server: hp-qr, or any that has the Non-Patient Instance Service of DICOMweb
 * (PS3.18 chapter 12). docs/viewers.md of hp-qr describes its configuration.
 */
import { currentLayout } from './layout.js';
import { Server } from './server.js';

const ID = 'hp-qr-ohif';
/** Rules on Study Description are asked of this attribute instead, which knows Body Part Examined as well. */
const STUDY_TEXT = 'hpqrStudyText';
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
    const loaded = await server.load();
    for (const { protocols, diagnostics } of loaded) {
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

function add(hangingProtocolService, protocol) {
  hangingProtocolService.addProtocol(protocol.id, {
    ...protocol,
    protocolMatchingRules: (protocol.protocolMatchingRules ?? []).map(rule =>
      rule.attribute === 'StudyDescription' ? { ...rule, attribute: STUDY_TEXT } : rule),
  });
  added.push(protocol.id);
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
